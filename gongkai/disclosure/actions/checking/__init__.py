"""The checks before review and again before release: who looks, at what, and what may pass.

A checker looks at a `Subject` and yields what it finds; this room marks each finding and holds it
against what two persons have let pass (`overriding`). While a text is under review its frozen
version is looked at, by the rules of the moment; otherwise the text in hand.
"""

from collections.abc import Sequence
from datetime import date

from gongkai.adapters.cipher import keyring
from gongkai.disclosure import queries
from gongkai.disclosure.actions.checking.attached import attachments
from gongkai.disclosure.actions.checking.links import alternatives, links
from gongkai.disclosure.actions.checking.listed import listed
from gongkai.disclosure.actions.checking.subject import Checker, Raw, Subject
from gongkai.disclosure.actions.checking.words import own_words, words_by_rules
from gongkai.disclosure.models import Entry, OrganPage
from gongkai.disclosure.rules import ChecksStand, Content, Found
from gongkai.disclosure.rules.body import read_body
from gongkai.disclosure.rules.findings import fingerprint
from gongkai.text.levels import Level

CHECKERS: tuple[Checker, ...] = (own_words, listed, links, alternatives, attachments)
# What is public is looked at again for what harms; the model's guesses were weighed before release.
AGAIN: tuple[Checker, ...] = (words_by_rules, listed, attachments)


def check(entry: Entry, *, on: date | None = None) -> tuple[Found, ...]:
    """Return what the checks find in an entry, blocking ones first; nothing is written.

    `on` is the day for whose lists of words and links it is checked; without it, for all of them.

    Looks at the version in review, else at the text in hand, else at the public version.
    """
    if entry.in_review_id is not None and entry.in_review is not None:
        return look(entry, queries.content_of(entry.in_review), entry.in_review.body, on=on)
    text = queries.told_of(entry)
    if text is not None:
        files = queries.files_in_hand(entry)
        content = Content(text.told, entry.index_number, entry.organ.name, text.section_id, files)
        return look(entry, content, text.told.body, on=on)
    if entry.published is not None:
        return look(entry, queries.content_of(entry.published), entry.published.body, on=on)
    return ()


def look_again(entry: Entry, *, on: date | None = None) -> tuple[Found, ...]:
    """Return what is found in the public version without what two persons have let pass."""
    if entry.published is None:
        return ()
    content = queries.content_of(entry.published)
    found = look(entry, content, entry.published.body, checkers=AGAIN, on=on)
    passed = _passed(entry)
    return tuple(one for one in found if one.fingerprint not in passed)


def look(
    entry: Entry,
    content: Content,
    body: str,
    *,
    checkers: Sequence[Checker] | None = None,
    on: date | None = None,
) -> tuple[Found, ...]:
    """Return what the checkers find in a content, each finding once, blocking ones first."""
    county = queries.county_of(entry.organ)
    subject = Subject(
        entry,
        content,
        read_body(body),
        _public_numbers(entry),
        queries.allowed_words(county),
        queries.lists_of(county, on),
    )
    found: dict[str, Found] = {}
    for checker in CHECKERS if checkers is None else checkers:
        for raw in checker(subject):
            one = _marked(raw)
            found.setdefault(one.fingerprint, one)
    return tuple(sorted(found.values(), key=lambda one: not one.blocking))


def refuse_standing(entry: Entry, findings: Sequence[Found]) -> None:
    """Refuse blocking findings that no second person has let pass; raises ChecksStand."""
    blocking = [found for found in findings if found.blocking]
    if not blocking:
        return
    passed = _passed(entry)
    standing = [found for found in blocking if found.fingerprint not in passed]
    if standing:
        raise ChecksStand(standing)


def _passed(entry: Entry) -> set[str]:
    granted = entry.overrides.filter(refused=False, granted_at__isnull=False)
    return set(granted.values_list("fingerprint", flat=True))


def _marked(raw: Raw) -> Found:
    digest = keyring().blind_index(raw.what, "disclosure.finding") if raw.what else ""
    return Found(
        rule=raw.rule,
        blocking=raw.level is Level.BLOCKING,
        place=raw.place,
        message=raw.message,
        found=raw.found,
        suggestion=raw.suggestion,
        fingerprint=fingerprint(raw.rule, raw.place, digest),
    )


def _public_numbers(entry: Entry) -> tuple[str, ...]:
    """Return the numbers and mailboxes that the organ itself has made public."""
    organ = entry.organ
    page = OrganPage.objects.filter(organ_id=organ.pk).values_list(
        "ogi_phone", "ogi_fax", "ogi_email"
    )
    told = (organ.phone, *(page.first() or ()))
    return tuple(number for each in told for number in _split(each))


def _split(numbers: str) -> list[str]:
    for mark in "、，,；;/":
        numbers = numbers.replace(mark, " ")
    return numbers.split()
