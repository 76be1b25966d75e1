"""Finding texts: one interface (`types.Index`), an index on disk, a server's, or none.

GONGKAI_SEARCH says which: `{"engine": "tantivy", "path": folder}`, `{"engine": "none"}` or
`{"engine": "opensearch", "url": ...}` with `user`, `password`, `ca_file`, `seconds`, `prefix` as
need be. The public's index and the staff's are two: what is not public never lies in the
public's.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from gongkai.adapters.searchindex.nothing import NoIndex
from gongkai.adapters.searchindex.types import Index, IndexFailed

PUBLIC, STAFF = "public", "staff"


def public_index() -> Index:
    """Return the index that holds only what is public."""
    return index_of(settings.GONGKAI_SEARCH, PUBLIC)


def staff_index() -> Index:
    """Return the index of what officials may see."""
    return index_of(settings.GONGKAI_SEARCH, STAFF)


def index_of(config: Mapping[str, Any], name: str) -> Index:
    """Return the index of that name as a setting describes it, the same one each time.

    Raises:
        IndexFailed: the setting names no engine that there is, or lacks a field.
    """
    engine = config.get("engine")
    if engine == "none":
        return NoIndex()
    if engine == "tantivy":
        if not config.get("path"):
            raise IndexFailed("GONGKAI_SEARCH 缺少 path（检索索引所在目录）。")
        return _on_disk(Path(config["path"]) / name)
    if engine == "opensearch":
        return _on_server(name, **{each: config[each] for each in config if each != "engine"})
    raise IndexFailed(
        f"GONGKAI_SEARCH 的 engine 不认识：{engine}，应为 tantivy、opensearch 或 none。"
    )


@cache
def _on_disk(folder: Path) -> Index:
    from gongkai.adapters.searchindex.tantivy_index import TantivyIndex

    return TantivyIndex(folder)


@cache
def _on_server(name: str, *, url: str = "", prefix: str = "gongkai", **more: Any) -> Index:
    from gongkai.adapters.searchindex.opensearch_http import Server
    from gongkai.adapters.searchindex.opensearch_index import OpenSearchIndex

    address = urlsplit(url)
    near = address.hostname in ("127.0.0.1", "localhost", "::1")
    safe = address.scheme == "https" or (address.scheme == "http" and near)
    if not address.hostname or not safe or address.username is not None:
        raise IndexFailed("GONGKAI_SEARCH 的 url 应当以 https:// 开头，不带用户名和密码。")
    unknown = set(more) - {"user", "password", "ca_file", "seconds"}
    if unknown:
        raise IndexFailed(f"GONGKAI_SEARCH 中有不认识的项：{'、'.join(sorted(unknown))}。")
    return OpenSearchIndex(Server(url, **more), prefix, name)
