"""Dossiers along the road, made through the real verbs by people who are all different."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from gongkai.disclosure import actions as disclosure
from gongkai.disclosure.lifecycle import EntryState
from gongkai.disclosure.models import Entry, Section
from gongkai.disclosure.queries import told_of
from gongkai.disclosure.rules import Told
from gongkai.disclosure.tests import factories as released
from gongkai.orgs.models import Organ
from gongkai.policy import actions
from gongkai.policy.models import Interpretation, PolicyDocument
from gongkai.policy.rules import DocumentKind
from gongkai.policy.rules.dossiers import InterpretationForm

NOON, AUTHOR, PUBLISHER = released.NOON, released.AUTHOR, released.PUBLISHER
SAID = {"by": AUTHOR, "at": NOON}
EXPLAINED = "<p>本办法的制定背景是规范资金管理，主要内容包括适用范围、执行标准和注意事项。</p>"
_numbers = iter(range(1, 10_000))


def site() -> tuple[Organ, Organ]:
    """Return a county with its usual sections of documents, and a department."""
    home = released.county()
    for slug in ("gfxwj", "bmwj", "zcjd", "qljg"):
        path = f"zwgk/fdzdgknr/zcwj/{slug}"
        kind = "INTERPRETATION" if slug == "zcjd" else "POLICY"
        released.section(home, path, kind=kind)
    return home, released.department(home)


def where(home: Organ, slug: str = "gfxwj") -> Section:
    """Return a section of documents."""
    return Section.objects.get(county=home, path=f"zwgk/fdzdgknr/zcwj/{slug}")


def told(**fields: Any) -> Told:
    """Return a document's text without fault; each has its own number."""
    number = next(_numbers)
    values: dict[str, Any] = {
        "title": f"靖安县财政局关于第{number}号资金管理办法的通知",
        "document_number": f"靖财字〔2026〕{number}号",
        "formed_on": date(2026, 9, 18),
        "genre": "NOTICE",
        "subject": "0401",
        "body": "<p>各乡镇人民政府：现将办法印发给你们，请遵照执行。</p>",
        **fields,
    }
    return Told(**values)


def drafted(organ: Organ, at: datetime = NOON, **fields: Any) -> PolicyDocument:
    """Return a dossier whose document is in hand, without an interpretation."""
    values: dict[str, Any] = {"kind": DocumentKind.NORMATIVE, "effective_on": None, "ends_on": None}
    values |= {name: fields.pop(name) for name in tuple(values) if name in fields}
    return actions.draft_dossier(
        organ,
        section=where(organ.county or organ),
        told=told(**fields),
        by=AUTHOR,
        at=at,
        **values,
    )


def explained(
    document: PolicyDocument,
    form: InterpretationForm = InterpretationForm.TEXT,
    at: datetime = NOON,
    **fields: Any,
) -> Interpretation:
    """Return an interpretation in hand."""
    pairs = fields.pop("pairs", ())
    values = {"title": f"{document.title}的解读", "formed_on": document.formed_on}
    text = Told(**{**values, "body": EXPLAINED, "subject": "0401", **fields})
    return actions.add_interpretation(document, form=form, told=text, pairs=pairs, by=AUTHOR, at=at)


def signed(document: PolicyDocument, at: datetime = NOON) -> list[Entry]:
    """Lead every text of a dossier to the signature; return the entries, the document's last."""
    entries = actions.submit_dossier(document, by=AUTHOR, at=at)
    return [released.forward(entry, EntryState.SIGNED, at) for entry in entries]


def published(organ: Organ, at: datetime = NOON, **fields: Any) -> PolicyDocument:
    """Return a public document with a public interpretation."""
    document = drafted(organ, at, **fields)
    explained(document, at=at)
    signed(document, at)
    actions.publish_dossier(document, by=PUBLISHER, at=at)
    document.refresh_from_db()
    return document


def revised(document: PolicyDocument, at: datetime, **fields: Any) -> PolicyDocument:
    """Release a revision of a public document's text."""
    entry = disclosure.revise(document.entry, by=AUTHOR, at=at)
    hand = told_of(entry)
    entry = disclosure.edit(
        entry, told=replace(hand.told, **fields), revision=hand.revision, by=AUTHOR, at=at
    )
    released.forward(entry, EntryState.PUBLISHED, at)
    document.refresh_from_db()
    return document
