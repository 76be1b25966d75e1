"""What the public sees of proposals: lines by year, and the facts beside a reply.

Nothing of what is not published is told here, not even that it exists; contacts never.
"""

from dataclasses import dataclass
from datetime import date

from gongkai.orgs.models import Organ
from gongkai.proposals.lifecycle.kinds import ProposalKind, Result, Satisfaction
from gongkai.proposals.models import JointOrgan, Proposal, YearSummary
from gongkai.proposals.queries.proposals import with_last_reply


@dataclass(frozen=True, slots=True)
class PublicLine:
    """One published reply in a list."""

    kind: ProposalKind
    session: str
    number: str
    subject: str
    proposer: str
    lead: str
    replied_on: date | None
    result: str
    address: str


@dataclass(frozen=True, slots=True)
class PublicYear:
    """The published replies of a year, by kind, and the address of its summary."""

    year: int
    suggestions: tuple[PublicLine, ...]
    proposals: tuple[PublicLine, ...]
    summary: str = ""

    @property
    def count(self) -> int:
        """How many replies are public."""
        return len(self.suggestions) + len(self.proposals)


@dataclass(frozen=True, slots=True)
class Beside:
    """The facts that stand beside a published reply, as (name, value)."""

    facts: tuple[tuple[str, str], ...]
    year: int


def has_public(county_id: int) -> bool:
    """Say whether a county has published any reply or summary."""
    replies = Proposal.objects.filter(county_id=county_id, entry__live=True)
    return (
        replies.exists()
        or YearSummary.objects.filter(county_id=county_id, entry__live=True).exists()
    )


def public_years(county: Organ) -> list[PublicYear]:
    """Return what is public, by year of the session, the newest first. Two queries."""
    rows = with_last_reply(Proposal.objects.filter(county=county, entry__live=True), published=True)
    years: dict[int, list[PublicLine]] = {}
    for row in rows.select_related("entry").order_by("-year", "kind", "session", "number"):
        years.setdefault(row.year, []).append(_line(row))
    summaries = YearSummary.objects.filter(county=county, entry__live=True)
    told = dict(summaries.values_list("year", "entry__address"))
    return [
        PublicYear(
            year,
            _of(years.get(year, []), ProposalKind.SUGGESTION),
            _of(years.get(year, []), ProposalKind.PROPOSAL),
            told.get(year, ""),
        )
        for year in sorted({*years, *told}, reverse=True)
    ]


def _of(lines: list[PublicLine], kind: ProposalKind) -> tuple[PublicLine, ...]:
    """Return the lines of a kind, numbers in the order in which people count."""
    own = [line for line in lines if line.kind is kind]
    return tuple(sorted(own, key=lambda line: (line.session, *_counted(line.number))))


def _counted(number: str) -> tuple[int, str]:
    digits = "".join(each for each in number if each.isdigit() and each.isascii())
    return int(digits or 0), number


def _line(row: Proposal) -> PublicLine:
    return PublicLine(
        kind=ProposalKind(row.kind),
        session=row.session,
        number=row.number,
        subject=row.subject,
        proposer=row.proposer,
        lead=row.lead.short_name if row.lead else "",
        replied_on=row.last_replied_on,
        result=Result(row.last_result).short if row.last_result else "",
        address=row.entry.address if row.entry else "",
    )


def beside(record: str) -> Beside | None:
    """Return the facts beside "proposals:<id>". Two queries."""
    key = record.partition(":")[2]
    rows = with_last_reply(Proposal.objects.all(), published=True)
    row = rows.filter(pk=int(key)).first() if key.isdecimal() else None
    if row is None:
        return None
    kind = ProposalKind(row.kind)
    joint = JointOrgan.objects.filter(proposal=row).order_by("organ__order", "organ__code")
    names = joint.values_list("organ__short_name", flat=True)
    thought = Satisfaction(row.last_satisfaction).label if row.last_satisfaction else ""
    others = f"等{row.cosigners + 1}人" if row.cosigners else ""
    facts = (
        ("类型", kind.label),
        ("届次和编号", f"{row.session}第{row.number}号"),
        (kind.proposer, f"{row.proposer}{others}"),
        ("主办单位", row.lead.name if row.lead else ""),
        ("会办单位", "、".join(names)),
        ("交办日期", row.assigned_on.isoformat() if row.assigned_on else ""),
        ("答复日期", row.last_replied_on.isoformat() if row.last_replied_on else ""),
        ("复文编号", row.last_number or ""),
        ("结果类别", Result(row.last_result).label if row.last_result else ""),
        ("反馈意见", thought),
    )
    return Beside(tuple((name, value) for name, value in facts if value), row.year)


def summary_beside(record: str) -> int | None:
    """Return the year of "proposals.summary:<id>". One query."""
    key = record.partition(":")[2]
    if not key.isdecimal():
        return None
    return YearSummary.objects.filter(pk=int(key)).values_list("year", flat=True).first()
