"""Keys kept in files that only the service can read, and keys told by the environment."""

import base64
import secrets
from pathlib import Path


def secret_key_file(path: Path) -> str:
    """Return the key in `path`, made at first use with mode 0600."""
    return _kept(path, secrets.token_urlsafe(64))


def field_key_file(path: Path) -> str:
    """Return the 32-byte key in `path` as base64, made at first use with mode 0600."""
    return _kept(path, base64.b64encode(secrets.token_bytes(32)).decode("ascii"))


def named_keys(text: str) -> dict[str, str]:
    """Return the keys of "k1:base64,k2:base64" by name."""
    pairs = (part.partition(":") for part in text.split(",") if part.strip())
    return {name.strip(): key.strip() for name, _, key in pairs}


def _kept(path: Path, fresh: str) -> str:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(fresh, encoding="ascii")
    return path.read_text(encoding="ascii").strip()
