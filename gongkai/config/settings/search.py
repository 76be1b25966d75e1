"""GONGKAI_SEARCH from the environment of a server."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any


def search_from(environment: Mapping[str, str], data: Path) -> Mapping[str, Any]:
    """Return the setting: a cluster at GONGKAI_SEARCH_URL, else an index under the data folder.

    GONGKAI_SEARCH_USER, GONGKAI_SEARCH_PASSWORD, GONGKAI_SEARCH_CA, GONGKAI_SEARCH_PREFIX tell
    the rest of a cluster.
    """
    url = environment.get("GONGKAI_SEARCH_URL", "")
    if not url:
        return {"engine": "tantivy", "path": data / "search"}
    return {
        "engine": "opensearch",
        "url": url,
        "user": environment.get("GONGKAI_SEARCH_USER", ""),
        "password": environment.get("GONGKAI_SEARCH_PASSWORD", ""),
        "ca_file": environment.get("GONGKAI_SEARCH_CA", ""),
        "prefix": environment.get("GONGKAI_SEARCH_PREFIX", "gongkai"),
    }
