"""The key that signs sessions, kept in a file that only the service can read."""

import secrets
from pathlib import Path


def secret_key_file(path: Path) -> str:
    """Return the key in `path`, made at first use with mode 0600."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(64), encoding="ascii")
    return path.read_text(encoding="ascii").strip()
