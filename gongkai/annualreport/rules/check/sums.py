"""Sums told in prose (P3): a total and the parts told with it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise, takewhile

from gongkai.annualreport.rules.check.claims import Claim, Scope, Told
from gongkai.tables.discrepancy import Discrepancy, Severity
from gongkai.text.quantities import Quantity

_OPENS_PARTS = ("其中", "包括", "分别", "含")
_GATHERS = ("合计", "总计", "共计", "总共")
_TOGETHER = re.compile("^(?:以上|上述|各项|[两三四五]项)?(?:一?共|总共|总数为?|总量为?)(?:有|是)?$")
_NEAR_MISS = Decimal("0.8")


@dataclass(frozen=True, slots=True)
class SumTold:
    """A total and the parts told with it."""

    total: Claim
    parts: tuple[Claim, ...]
    gathered: bool = False

    @property
    def value(self) -> Decimal:
        """What the parts add up to."""
        return sum((part.quantity.value for part in self.parts), Decimal(0))

    @property
    def text(self) -> str:
        """The sum as arithmetic."""
        terms = "＋".join(f"{part.quantity.value:f}" for part in self.parts)
        return f"{terms}＝{self.value:f}"


def sums_of(told: Told) -> Iterator[SumTold]:
    """Yield the sums a sentence tells: a total, then its parts of the same unit in a row.

    A new family of parts (by channel, then by requester) is a new sum of the same total.
    """
    yield from _brackets(told)
    for clause in _clauses(told):
        total: Claim | None = None
        run: list[Claim] = []
        row: list[Claim] = []
        for claim in clause:
            quantity = claim.quantity
            if row and quantity.unit != row[-1].quantity.unit:
                row = []
            if len(row) > 1 and _gathers(quantity.before):
                yield SumTold(claim, tuple(row), gathered=True)
                total, run, row = claim, [], []
                continue
            row.append(claim)
            if total is None or quantity.unit != total.quantity.unit or _is_new_total(claim):
                yield from _finished(total, run)
                total, run = claim, []
                continue
            opens = any(word in quantity.opening + quantity.before for word in _OPENS_PARTS)
            if run and (opens or claim.family != run[-1].family):
                yield from _finished(total, run)
                run = []
            run.append(claim)
        yield from _finished(total, run)


def _gathers(before: str) -> bool:
    """Say whether a figure tells the sum of those before it."""
    return any(word in before for word in _GATHERS) or bool(_TOGETHER.match(before))


def _finished(total: Claim | None, run: Sequence[Claim]) -> Iterator[SumTold]:
    if total is not None and len(run) > 1:
        yield SumTold(total, tuple(run))


def _clauses(told: Told) -> Iterator[list[Claim]]:
    """Part the counts of a sentence at semicolons, but for lists; brackets are told apart."""
    clause: list[Claim] = []
    for claim in told.claims:
        quantity = claim.quantity
        listed = bool(clause and claim.family and claim.family == clause[-1].family)
        if any(mark in quantity.opening for mark in ";；") and clause and not listed:
            yield clause
            clause = []
        if quantity.is_rate or quantity.depth or quantity.start == quantity.end:
            continue
        clause.append(claim)
    if clause:
        yield clause


_NO_PARTS = ("requests.done", "requests.carried_in", "requests.carried_out")


def _brackets(told: Told) -> Iterator[SumTold]:
    """Yield each count with the counts that the bracket right behind it lists."""
    counts = [c for c in told.claims if c.quantity.start != c.quantity.end]
    for number, (total, opening) in enumerate(pairwise(counts), 1):
        start = opening.quantity
        if start.depth != total.quantity.depth + 1 or not re.match("[（(]", start.opening):
            continue
        if re.match("含|较|比|同比", start.before):
            continue
        within = takewhile(lambda each, deep=start.depth: each.quantity.depth >= deep,
                           counts[number:])  # fmt: skip
        parts = [each for each in within if not each.quantity.is_rate]
        same = all(each.quantity.unit == total.quantity.unit for each in parts)
        if len(parts) > 1 and same and not any(each.measure in _NO_PARTS for each in parts):
            yield SumTold(total, tuple(parts), gathered=True)


_VERBS = (
    "收到",
    "受理",
    "办结",
    "答复",
    "结转",
    "发布",
    "承接",
    "办理",
    "开展",
    "公开信息",
    "制发",
)


def _is_new_total(claim: Claim) -> bool:
    """Say whether a figure starts a new statement instead of going on with the parts."""
    before = claim.quantity.before
    if any(word in claim.quantity.opening + before for word in _OPENS_PARTS):
        return False
    if claim.family:
        return False
    return any(verb in before for verb in _VERBS)


def wrong_sum(made: SumTold, agreed: dict[int, bool | None]) -> Discrepancy | None:
    """Return P3 when a sum told as complete does not add up.

    Parts that fall far short of the total may simply not be all of it, and parts the
    tables confirm are not wrong; only a near miss, an excess or a full list is.
    """
    total, parts = made.total.quantity, made.parts
    if made.value == total.value:
        return None
    families = {part.family for part in parts}
    kinds = {part.measure for part in parts}
    full_list = (
        families == {"kind"}
        and any(kind and kind.endswith(".NATURAL_PERSON") for kind in kinds)
        and any(kind and kind.endswith(".ORGANISATION") for kind in kinds)
    )
    if families == {"outcome"} and _overlapping(kinds):
        return None
    if not full_list:
        told = [agreed.get(id(claim)) for claim in (made.total, *parts)]
        if all(answer is True for answer in told):
            return None
        near = total.value * _NEAR_MISS <= made.value
        if made.gathered:
            near = near and made.value * _NEAR_MISS <= total.value
        if not near or not (made.gathered or _told_as_parts(parts, made.value, total)):
            return None
    if total.about and total.value % 100 == 0 and made.value < total.value * Decimal("1.1"):
        return None
    return Discrepancy(
        "P3",
        Severity.WARNING,
        None,
        f"正文“{total.text}”与所列各项之和不等：{made.text}，请核对。",
        expected=made.value,
        found=total.value,
    )


def _told_as_parts(parts: Sequence[Claim], value: Decimal, total: Quantity) -> bool:
    """Say whether the figures are told as parts of the total, by words or by their family."""
    first = parts[0].quantity
    by_word = any(word in first.opening + first.before for word in (*_OPENS_PARTS, ":", "："))
    by_family = parts[0].family in ("channel", "kind") and parts[0].scope is not Scope.PART
    return by_word or by_family or value == total.value


def _overlapping(measures: set[str | None]) -> bool:
    """Say whether results told beside each other contain one another."""
    groups = {"WITHHELD", "UNAVAILABLE", "DECLINED", "OTHERWISE"}
    names = {measure.rpartition(".")[2] for measure in measures if measure}
    return bool(names & groups) and bool(names - groups - {"GRANTED", "PARTIAL"})
