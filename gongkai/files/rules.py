"""Names and sizes of files: plain text rules."""

import re

MOST_BYTES = 50 * 1024 * 1024  # nginx lets 60 MB through (deploy/nginx.conf)
_LONGEST = 120
# Signs that turn the direction of writing make "gpj.exe" read as a picture.
_UNSEEN = re.compile("[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_NOT_IN_NAMES = re.compile(r'[<>:"|?*]')


def clean_name(name: str) -> str:
    """Return a file's name without folders, unseen signs and what file systems refuse."""
    last = _UNSEEN.sub("", name).replace("\\", "/").rsplit("/", 1)[-1]
    last = _NOT_IN_NAMES.sub("_", last).strip(" .")
    stem, suffix = split_name(last)
    return f"{stem[:_LONGEST] or '文件'}{suffix}"


def split_name(name: str) -> tuple[str, str]:
    """Return a name's stem and its suffix with the dot; no suffix longer than five letters."""
    dot = name.rfind(".")
    if dot < 0 or not 1 < len(name) - dot <= 6:
        return name, ""
    return name[:dot], name[dot:].lower()


def derived_name(name: str, mark: str, suffix: str = ".pdf") -> str:
    """Return the name of what is made from a file: "清单.xlsx", "遮盖" -> "清单（遮盖）.pdf"."""
    stem = re.sub(r"（(遮盖|压平|公开)）$", "", split_name(name)[0])
    return f"{stem}（{mark}）{suffix}" if mark else f"{stem}{suffix}"


def said_size(size: int) -> str:
    """Return a size as people read it: 812 字节, 24 KB, 3.1 MB."""
    if size < 1024:
        return f"{size} 字节"
    return f"{size / 1024:.0f} KB" if size < 1024**2 else f"{size / 1024**2:.1f} MB"
