"""Verbs on what belongs to a case: parties, papers, the list of evidence (Art. 51)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from gongkai.audit import Actor
from gongkai.audit.actions import record
from gongkai.files.actions import FileRefused, store
from gongkai.files.models import Purpose
from gongkai.remedies.actions.steps import in_order, not_empty, not_later
from gongkai.remedies.lifecycle import BadCase, Refused, State
from gongkai.remedies.models import CasePaper, Evidence, PaperKind, Party, PartyRole
from gongkai.remedies.queries import Remedy, evidence_of, of_case, parties_of

MOST_EVIDENCE = 200


@dataclass(frozen=True, slots=True)
class PartyShown:
    """A party in full, as shown to one person on one occasion that is logged."""

    role: str
    name: str
    contact: str


@transaction.atomic
def add_party(
    remedy: Remedy,
    *,
    role: PartyRole,
    name: str,
    natural: bool,
    contact: str = "",
    by: Actor,
    at: datetime,
) -> Party:
    """Add a party of a case; the log keeps the role and the masked name alone."""
    _not_struck(remedy)
    not_empty(name, "姓名（名称）", "name")
    name = name.strip()
    masked = name[0] + "*" * min(max(len(name) - 1, 1), 3) if natural else name[:60]
    party = Party(role=role, natural=natural, masked=masked, added_at=at, **of_case(remedy))
    party.seal(name=name, contact=contact.strip())
    party.save(force_insert=True)
    _record(remedy, "add_party", str(party), by=by, at=at)
    return party


@transaction.atomic
def drop_party(remedy: Remedy, party: Party, *, by: Actor, at: datetime) -> None:
    """Take out a party that was entered wrongly."""
    _own(remedy, party)
    label = str(party)
    party.delete()
    _record(remedy, "drop_party", label, by=by, at=at)


@transaction.atomic
def show_parties(remedy: Remedy, *, by: Actor, at: datetime) -> list[PartyShown]:
    """Return the parties in full, and log that they were shown, and to whom."""
    found = parties_of(remedy)
    _record(remedy, "show_parties", f"{len(found)}名当事人", by=by, at=at)
    return [
        PartyShown(party.get_role_display(), party.unseal("name"), party.unseal("contact"))
        for party in found
    ]


@transaction.atomic
def file_paper(
    remedy: Remedy,
    *,
    kind: PaperKind,
    on: date,
    number: str = "",
    note: str = "",
    upload: tuple[str, bytes] | None = None,
    by: Actor,
    at: datetime,
) -> CasePaper:
    """Put a paper to a case, with its file (name, bytes) where there is one."""
    _not_struck(remedy)
    not_later(on, at, "日期", "on")
    in_order(remedy.filed_on, "提出之日", on, "日期", "on")
    file = None
    if upload is not None:
        try:
            file = store(
                organ=remedy.organ,
                about=remedy.typed_id,
                purpose=Purpose.OTHER,
                name=upload[0],
                content=upload[1],
                by=by,
                at=at,
            )
        except FileRefused as why:
            raise BadCase(str(why), "file") from None
    paper = CasePaper.objects.create(
        kind=kind,
        on=on,
        number=number.strip(),
        note=note.strip(),
        file=file,
        added_by=by.name,
        added_at=at,
        **of_case(remedy),
    )
    _record(remedy, "file_paper", str(paper), by=by, at=at)
    return paper


@transaction.atomic
def add_evidence(
    remedy: Remedy, *, name: str, proves: str, pages: str = "", by: Actor, at: datetime
) -> Evidence:
    """Add a line to the list of evidence, at its end."""
    _not_struck(remedy)
    not_empty(name, "证据（依据）名称", "name")
    not_empty(proves, "证明内容", "proves")
    if len(evidence_of(remedy)) >= MOST_EVIDENCE:
        raise Refused(f"证据目录最多{MOST_EVIDENCE}项，其余的请合并为一项。")
    last = Evidence.objects.filter(**of_case(remedy)).aggregate(last=Max("order"))["last"] or 0
    line = Evidence.objects.create(
        order=last + 1,
        name=name.strip(),
        proves=proves.strip(),
        pages=pages.strip(),
        **of_case(remedy),
    )
    _record(remedy, "add_evidence", line.name, by=by, at=at)
    return line


@transaction.atomic
def drop_evidence(remedy: Remedy, line: Evidence, *, by: Actor, at: datetime) -> None:
    """Take a line out of the list of evidence."""
    _own(remedy, line)
    label = line.name
    line.delete()
    _record(remedy, "drop_evidence", label, by=by, at=at)


def _own(remedy: Remedy, row: Party | Evidence) -> None:
    if row.case != remedy:
        raise Refused("这一项不属于本案。")


def _not_struck(remedy: Remedy) -> None:
    if remedy.state == State.STRUCK:
        raise Refused("这件登记已经作废，不能再添加。")


def _record(remedy: Remedy, verb: str, what: str, *, by: Actor, at: datetime) -> None:
    record(
        f"remedies.{verb}",
        remedy.typed_id,
        chain=remedy.organ.code,
        by=by,
        at=at,
        label=f"{remedy}：{what}"[:200],
    )
