"""The Chinese admin: nothing of Wagtail's stays untranslated, placeholders agree, .mo is fresh."""

import re
from pathlib import Path

import pytest
import wagtail
from django.utils import translation
from django.views.i18n import JavaScriptCatalog

from gongkai.config.messages import LOCALE, Message, compile_mo, read_po

WAGTAIL = Path(wagtail.__file__).parent
DOMAINS = ["django", "djangojs"]
MISSING_AT_MOST = 0
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
_TAG = re.compile(r"</?[a-z]+")


def catalogues(language: str, domain: str) -> list[dict]:
    """Read Wagtail's own catalogues of one language, app by app."""
    paths = [WAGTAIL / "locale", *sorted(WAGTAIL.glob("*/locale"))]
    sources = [path / language / "LC_MESSAGES" / f"{domain}.po" for path in paths]
    return [read_po(source) for source in sources if source.exists()]


def missing(domain: str, *given: dict) -> list[str]:
    """Return what Wagtail says in English and none of `given` says in Chinese."""
    said = {key for one in given for key, entry in one.items() if entry.is_translated}
    asked = {key for one in catalogues("en", domain) for key in one}
    return sorted(text for context, text in asked - said)


@pytest.mark.parametrize("domain", DOMAINS)
def test_untranslated_strings_are_counted_down(domain: str) -> None:
    ours = read_po(LOCALE / f"{domain}.po")
    left = missing(domain, ours, *catalogues("zh_Hans", domain))
    assert len(left) <= MISSING_AT_MOST, left


@pytest.mark.parametrize("domain", DOMAINS)
def test_ours_holds_nothing_that_wagtail_does_not_ask_for(domain: str) -> None:
    asked = {key for one in catalogues("en", domain) for key in one}
    assert not read_po(LOCALE / f"{domain}.po").keys() - asked


def placeholders(text: str) -> set[str]:
    return set(_PLACEHOLDER.findall(text))


@pytest.mark.parametrize("domain", DOMAINS)
def test_placeholders_and_tags_agree(domain: str) -> None:
    for entry in read_po(LOCALE / f"{domain}.po").values():
        forms = [entry.text, *([entry.plural] if entry.plural else [])]
        needed = set.intersection(*map(placeholders, forms))
        allowed = set.union(*map(placeholders, forms))
        for said in entry.said.values():
            assert needed <= placeholders(said) <= allowed, entry.text
            tags = set(_TAG.findall(said))
            assert tags == set(_TAG.findall(forms[-1])), entry.text


@pytest.mark.parametrize("domain", DOMAINS)
def test_what_is_compiled_is_what_is_written(domain: str) -> None:
    source = LOCALE / f"{domain}.po"
    assert source.with_suffix(".mo").read_bytes() == compile_mo(read_po(source)), (
        "run: python -m gongkai.config.messages"
    )


def test_django_speaks_our_words() -> None:
    with translation.override("zh-hans"):
        assert translation.gettext("Locked by you") == "由您锁定"
        counted = translation.ngettext("%(num_pages)d page", "%(num_pages)d pages", 2)
        assert counted % {"num_pages": 2} == "2 个页面"


def test_the_browser_speaks_our_words(rf) -> None:
    view = JavaScriptCatalog.as_view(packages=["wagtail.admin"])
    with translation.override("zh-hans"):
        answer = view(rf.get("/")).content.decode()
    assert "正在自动保存…".encode("unicode_escape").decode() in answer or "正在自动保存…" in answer


def test_a_po_file_is_read_with_its_contexts_plurals_and_doubts(tmp_path: Path) -> None:
    source = tmp_path / "x.po"
    source.write_text(
        'msgid ""\nmsgstr "Language: zh\\n"\n\n'
        '# note\n#, fuzzy\nmsgctxt "verb"\nmsgid ""\n"Lo"\n"ck"\nmsgstr "锁"\n\n'
        'msgid "page"\nmsgid_plural "pages"\nmsgstr[0] "页"\n\n'
        '#~ msgid "old"\n#~ msgstr "旧"\n',
        encoding="utf-8",
    )
    entries = read_po(source)
    assert entries == {
        ("verb", "Lock"): Message("verb", "Lock", None, {0: "锁"}, fuzzy=True),
        (None, "page"): Message(None, "page", "pages", {0: "页"}),
    }
    assert not entries["verb", "Lock"].is_translated
    source.write_text("msgid page\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"not a line of a \.po file"):
        read_po(source)
