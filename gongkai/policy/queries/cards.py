"""What stands beside a document or an interpretation on its public page. One query each.

Written by hand: the page of a document may take 3 ms, the ORM's compiler alone takes that long.
Only what is public is told: a document not yet public is named by no relation.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from gongkai.policy.rules import DocumentKind, Life, RelationKind, Validity, validity_on
from gongkai.policy.rules.dossiers import InterpretationForm


@dataclass(frozen=True, slots=True)
class Kin:
    """A page that has to do with this one; `address` is "" where only the name is public."""

    relation: str
    title: str
    address: str
    on: date | None = None


@dataclass(frozen=True, slots=True)
class PolicyCard:
    """A document's validity on a day, its days and grounds in words, its kin."""

    validity: Validity
    facts: tuple[tuple[str, str], ...]
    kin: tuple[Kin, ...]
    texts: int


_ACTING = {
    RelationKind.REPEALS: ("废止本文件", "本文件废止"),
    RelationKind.AMENDS: ("修改本文件", "本文件修改"),
    RelationKind.INTERPRETS: ("解释本文件", "本文件解释"),
    RelationKind.IMPLEMENTS: ("落实本文件", "本文件落实"),
}
_PUBLIC = "CASE WHEN e.live THEN e.address ELSE '' END"
_OTHER = (
    "CASE WHEN d.state = 'PUBLISHED' THEN d.title ELSE '' END, "
    "CASE WHEN d.state = 'PUBLISHED' AND e.live THEN e.address ELSE '' END"
)
_STATEMENT = f"""
SELECT 'self' AS tag, d.kind, d.title, {_PUBLIC}, d.formed_on, d.published_on,
    d.effective_on, d.ends_on, d.document_number, d.id AS key
FROM policy_policydocument d LEFT JOIN disclosure_entry e ON e.id = d.entry_id
WHERE d.id = {{document}}
UNION ALL
SELECT 'on', r.kind, {_OTHER}, NULL, NULL, r.effective_on, NULL, r.basis, r.id
FROM policy_relation r LEFT JOIN policy_policydocument d ON d.id = r.source_id
LEFT JOIN disclosure_entry e ON e.id = d.entry_id
WHERE r.target_id = {{document}} AND r.cancelled_at IS NULL
UNION ALL
SELECT 'by', r.kind, {_OTHER}, NULL, NULL, r.effective_on, NULL, '', r.id
FROM policy_relation r JOIN policy_policydocument d ON d.id = r.target_id
LEFT JOIN disclosure_entry e ON e.id = d.entry_id
WHERE r.source_id = {{document}} AND r.cancelled_at IS NULL
UNION ALL
SELECT 'told', i.form, e.title, e.address, NULL, NULL, NULL, NULL, '', i.id
FROM policy_interpretation i JOIN disclosure_entry e ON e.id = i.entry_id
WHERE i.document_id = {{document}} AND e.live
UNION ALL
SELECT 'asked', CASE WHEN e.id = s.feedback_entry_id THEN '采纳情况反馈' ELSE '征求意见' END,
    e.title, e.address, NULL, NULL, NULL, NULL, '', s.id
FROM engagement_solicitation s JOIN disclosure_entry e ON e.id IN (s.entry_id, s.feedback_entry_id)
WHERE e.live
    AND s.document_id = (SELECT entry_id FROM policy_policydocument WHERE id = {{document}})
UNION ALL
SELECT 'text', '', '', '', NULL, NULL, t.valid_from, NULL, '', t.id
FROM policy_textversion t WHERE t.document_id = {{document}}
ORDER BY key
"""  # noqa: S608 -- no values
_BY_DOCUMENT = _STATEMENT.format(document="%(key)s")
_BY_INTERPRETATION = _STATEMENT.format(
    document="(SELECT document_id FROM policy_interpretation WHERE id = %(key)s)"
)


@dataclass(frozen=True, slots=True)
class _Row:
    tag: str
    kind: str
    title: str
    address: str
    formed_on: date | None
    published_on: date | None
    effective_on: date | None
    ends_on: date | None
    basis: str
    key: int


def card_of(document_id: int, day: date) -> PolicyCard | None:
    """Return the card of a document as of a day; None when there is no such document."""
    rows = _asked(_BY_DOCUMENT, document_id)
    own = next((row for row in rows if row.tag == "self"), None)
    if own is None:
        return None
    life = _life(own, rows)
    texts = [row for row in rows if row.tag == "text"]
    asked = [Kin(row.kind, row.title, row.address) for row in rows if row.tag == "asked"]
    kin = [*_told(rows, "解读"), *asked, *_acts(rows)]
    return PolicyCard(
        validity_on(life, day), tuple(_facts(own, life, rows)), tuple(kin), len(texts)
    )


def card_of_interpretation(interpretation_id: int, day: date) -> PolicyCard | None:
    """Return the card of an interpretation: its document first, then the other interpretations."""
    rows = _asked(_BY_INTERPRETATION, interpretation_id)
    own = next((row for row in rows if row.tag == "self"), None)
    if own is None:
        return None
    validity = validity_on(_life(own, rows), day)
    others = [row for row in rows if row.tag == "told" and row.key != interpretation_id]
    kin = [Kin("原文", own.title, own.address, own.formed_on)] if own.address else []
    facts = (("原文有效性", validity.label),) if own.address else ()
    return PolicyCard(validity, facts, (*kin, *_told(others, "其他解读")), 0)


def _asked(statement: str, key: int) -> list[_Row]:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"key": key})
        return [_row(values) for values in cursor.fetchall()]


def _row(values: tuple[Any, ...]) -> _Row:
    tag, kind, title, address, *days, basis, key = values
    told = (date.fromisoformat(day) if isinstance(day, str) else day for day in days)
    return _Row(tag, kind, title or "", address or "", *told, basis or "", key)


def _life(own: _Row, rows: Iterable[_Row]) -> Life:
    acts = [row for row in rows if row.tag == "on"]

    def first(kind: RelationKind) -> date | None:
        return min((row.effective_on for row in acts if row.kind == kind), default=None)

    return Life(
        kind=DocumentKind(own.kind),
        formed_on=own.formed_on,
        published_on=own.published_on,
        effective_on=own.effective_on,
        ends_on=own.ends_on,
        amended_on=first(RelationKind.AMENDS),
        repealed_on=first(RelationKind.REPEALS),
    )


def _facts(own: _Row, life: Life, rows: Iterable[_Row]) -> Iterable[tuple[str, str]]:
    yield "施行日期", own.effective_on.isoformat() if own.effective_on else "自公布之日起施行"
    if own.ends_on:
        yield "有效期至", own.ends_on.isoformat()
    if life.repealed_on:
        yield "废止日期", life.repealed_on.isoformat()
    for row in rows:
        if row.tag != "on" or row.address:
            continue
        ground = row.title or row.basis
        if ground and RelationKind(row.kind).changes_validity:
            kind = RelationKind(row.kind).label
            when = f"（自{row.effective_on.isoformat()}起）" if row.effective_on else ""
            yield f"{kind}依据", f"{ground}{when}"


def _told(rows: Iterable[_Row], relation: str) -> list[Kin]:
    return [
        Kin(f"{relation}（{InterpretationForm(row.kind).label}）", row.title, row.address)
        for row in rows
        if row.tag == "told"
    ]


def _acts(rows: Iterable[_Row]) -> list[Kin]:
    return [
        Kin(
            _ACTING[RelationKind(row.kind)][0 if row.tag == "on" else 1],
            row.title,
            row.address,
            row.effective_on,
        )
        for row in rows
        if row.tag in ("on", "by") and row.address
    ]
