"""Under which indicator a rule counts: our own checks, the national ones, what people typed."""

from dataclasses import dataclass

from gongkai.inspections.rules.inside import INSIDE


@dataclass(frozen=True, slots=True)
class Named:
    """The indicators of a rule on two levels and the standard it rests on."""

    indicator: str
    item: str = ""
    standard: str = ""


def named(rule: str) -> Named:
    """Return under which indicator a rule counts."""
    if found := INSIDE.get(rule):
        return Named(found.indicator, found.item or found.label, found.standard)
    return Named("政府网站", rule)
