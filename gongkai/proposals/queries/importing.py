"""Reading tables of proposals against what is registered: whose organs they name, what is known."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from gongkai.orgs.models import Organ
from gongkai.orgs.queries import organs_of
from gongkai.proposals.lifecycle import RowFault
from gongkai.proposals.models import Proposal
from gongkai.proposals.rules.told import Contact, Told
from gongkai.proposals.rules.worksheet import HEADS, Line, Written, read_line


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One row of a table, read; `known` when it is registered already."""

    row: int
    told: Told
    contact: Contact
    lead: Organ | None
    joint: tuple[Organ, ...]
    assigned_on: date | None
    known: bool


def import_rows(
    lines: Iterable[Line], county: Organ, today: date
) -> tuple[list[ImportRow], list[RowFault]]:
    """Read rows of proposals of a county. Two queries."""
    organs: dict[str, Organ] = {}
    for organ in organs_of(county).order_by("-order", "-code"):
        organs[organ.name] = organs[organ.short_name] = organ
    keys = Proposal.objects.filter(county=county).values_list("kind", "session", "number")
    standing = set(keys)
    rows: list[ImportRow] = []
    faults: list[RowFault] = []
    seen: dict[tuple[str, str, str], int] = {}
    for line in lines:
        written = read_line(line, today=today)
        if isinstance(written, list):
            faults += written
            continue
        told = written.told
        key = (told.kind.value, told.session, told.number)
        if key in seen:
            said = f"与第{seen[key]}行的届次和编号相同，请删去其中一行"
            faults.append(RowFault(line.row, HEADS["number"][0], said))
        seen.setdefault(key, line.row)
        row = _row(written, organs, key in standing, faults)
        if row is not None:
            rows.append(row)
    return rows, faults


def _row(
    written: Written, organs: dict[str, Organ], known: bool, faults: list[RowFault]
) -> ImportRow | None:
    found: dict[str, Organ] = {}
    for column, names in (("lead", (written.lead,)), ("joint", written.joint)):
        for name in filter(None, names):
            organ = organs.get(name)
            if organ is None:
                said = f"“{name[:30]}”不是本县机关，请填写全称或者简称"
                faults.append(RowFault(written.row, HEADS[column][0], said))
                return None
            found[name] = organ
    return ImportRow(
        row=written.row,
        told=written.told,
        contact=written.contact,
        lead=found.get(written.lead),
        joint=tuple(found[name] for name in written.joint),
        assigned_on=written.assigned_on,
        known=known,
    )
