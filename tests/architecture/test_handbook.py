"""Documents keep their word: links lead somewhere, and screens say what the handbook quotes."""

import re
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.utils import translation
from django.utils.translation import gettext

ROOT = Path(__file__).resolve().parents[2]
HIDDEN = {".git", ".venv", "var", "node_modules"}
PAGES = sorted(
    path for path in ROOT.rglob("*.md") if not HIDDEN & set(path.relative_to(ROOT).parts)
)
HANDBOOK = sorted((ROOT / "docs" / "handbook").glob("*.md"))
MOST_BYTES = 150_000  # of a picture: a county office opens these pages on a slow line
_LINK = re.compile(r"!?\[[^\]\n]*\]\(([^)\s]+)\)")
_ABROAD = re.compile(r"[a-z][a-z0-9+.-]*:")
_FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
_SCREEN_WORD = re.compile(r"【([^】]+)】")
_MESSAGE = re.compile(r"“([^”]+)”")
_HAN = "[一-鿿]"
_WAGTAIL = ("Settings",)  # entries of its menu that our pages speak of


def _links(page: Path) -> list[str]:
    text = _FENCE.sub("", page.read_text("utf-8"))
    return [link for link in _LINK.findall(text) if not _ABROAD.match(link)]


def _target(page: Path, link: str) -> Path:
    path = unquote(link.partition("#")[0])
    return (ROOT / path.lstrip("/") if path.startswith("/") else page.parent / path).resolve()


@cache
def _sources() -> str:
    """Return all that can reach a screen: templates and Python, without tests and the demo."""
    found = [
        path.read_text("utf-8")
        for kind in ("*.py", "*.html")
        for path in sorted((ROOT / "gongkai").rglob(kind))
        if not {"tests", "migrations", "demo"} & set(path.relative_to(ROOT).parts)
    ]
    with translation.override("zh-hans"):
        found += [f'"{gettext(word)}"' for word in _WAGTAIL]
    return "\n".join(found)


def _stands_alone(word: str) -> bool:
    """Return whether a screen shows `word` by itself, `…` standing for what varies."""
    parts = [re.escape(part) for part in word.split("…") if part]
    first, *others = parts
    if others:
        return all(re.search(part, _sources()) for part in parts)
    # Looked for first and judged by its neighbour then: a pattern that begins with what must not
    # stand before is tried at each of millions of characters.
    found = re.finditer(rf"{first}(?!{_HAN})", _sources())
    return any(not re.match(_HAN, _sources()[each.start() - 1 : each.start()]) for each in found)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_within_the_repository_leads_somewhere(page: Path) -> None:
    lost = [link for link in _links(page) if not link.startswith("#")]
    lost = [link for link in lost if not _target(page, link).exists()]
    assert lost == []


@pytest.mark.parametrize("page", HANDBOOK, ids=lambda page: page.stem)
def test_the_handbook_quotes_words_that_the_screens_show(page: Path) -> None:
    text = _FENCE.sub("", page.read_text("utf-8"))
    unknown = [word for word in _SCREEN_WORD.findall(text) if not _stands_alone(word)]
    for message in _MESSAGE.findall(text):
        unknown += [part for part in message.split("…") if part not in _sources()]
    assert unknown == []


def test_the_handbook_lists_every_page_of_its_own() -> None:
    contents = (ROOT / "docs" / "handbook" / "README.md").read_text("utf-8")
    assert [page.name for page in HANDBOOK if page.name not in contents] == ["README.md"]


def test_pictures_are_small_and_every_one_is_shown() -> None:
    pictures = sorted((ROOT / "docs" / "images").glob("*.png"))
    assert pictures
    assert [picture.name for picture in pictures if picture.stat().st_size > MOST_BYTES] == []
    shown = {_target(page, link) for page in PAGES for link in _links(page)}
    assert [picture.name for picture in pictures if picture not in shown] == []
