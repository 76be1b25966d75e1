"""What a section may be called in addresses, and what one of the usual tree says of itself."""

import re
from dataclasses import dataclass

from gongkai.disclosure.rules.errors import EntryRefused, Fault

_SLUG = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_RESERVED = frozenset({"jg", "attachment", "static", "media", "admin", "api"})
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Planned:
    """A section of the usual tree; `path` is its address without slashes at the ends."""

    path: str
    title: str
    kind: str = "STATUTORY"
    content: str = "ENTRIES"
    legal_item: str = ""
    stage: str = ""
    max_age_days: int | None = None
    in_menu: bool = False
    on_organ_pages: bool = False


def check_slug(slug: str) -> None:
    """Refuse what cannot stand in an address for ever; raises EntryRefused."""
    if not _SLUG.fullmatch(slug) or len(slug) > _LONGEST:
        said = "地址名用小写字母开头，只含小写字母、数字和短横，如“zcwj”"
        raise EntryRefused(Fault("slug", f"{said}，不超过{_LONGEST}个字符"))
    if slug in _RESERVED:
        raise EntryRefused(Fault("slug", f"地址名“{slug}”另有用途，请换一个"))
