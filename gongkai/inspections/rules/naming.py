"""Under which indicator a rule counts: our own checks, the national ones, what people typed."""

from dataclasses import dataclass

from gongkai.inspections.rules.indicators import RULES, indicator_of
from gongkai.inspections.rules.inside import INSIDE


@dataclass(frozen=True, slots=True)
class Named:
    """The indicators of a rule on two levels and the standard it rests on."""

    indicator: str
    item: str = ""
    standard: str = ""


def named(rule: str) -> Named:
    """Return under which indicator a rule counts."""
    if own := INSIDE.get(rule):
        return Named(own.indicator, own.item, own.standard)
    if known := indicator_of(rule):
        standard = f"{known.limit}（{known.basis}）" if known.limit else known.basis
        return Named(known.group or known.part.value, known.name, standard)
    return Named("其他", rule)


def label_of(rule: str) -> str:
    """Return what a list calls the findings of a rule; "" where the rule is not known here."""
    known = INSIDE.get(rule) or RULES.get(rule)
    return known.label if known else ""
