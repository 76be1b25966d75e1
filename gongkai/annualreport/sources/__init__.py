"""The chapters' statistics as one: the only door through which the report counts records.

Each chapter tells its facts by organ and the records behind each measure; channels of
requests and replies in time are told beside them for the prose (Art. 50).
"""

from collections import Counter
from collections.abc import Collection, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Protocol, cast

from gongkai.annualreport.rules.figures import Figure, rate
from gongkai.annualreport.sources.named import named_figures
from gongkai.inforequests import statistics as inforequests
from gongkai.policy import statistics as policy
from gongkai.registers import statistics as registers
from gongkai.remedies import statistics as remedies
from gongkai.tables.facts import Measure, Period, Record


class Chapter(Protocol):
    """What every chapter's statistics offer."""

    def facts_by_organ(
        self, period: Period, organ_ids: Collection[int]
    ) -> dict[int, dict[Measure, Decimal]]:
        """Return the chapter's measures of each organ."""

    def records_behind(
        self, measure: Measure, period: Period, organ_ids: Collection[int]
    ) -> list[Record]:
        """Return the records that add up to a measure."""


class RequestRegister(Chapter, Protocol):
    """What the chapter of requests offers besides: its results counted anew from the acts."""

    def outcomes_by_acts(
        self, period: Period, organ_ids: Collection[int]
    ) -> dict[int, Counter[Measure]]:
        """Return how many results of each organ the acts give, by measure (V11)."""


# By the first word of the measure's subject.
CHAPTERS: dict[str, Chapter] = {
    "documents": policy,
    "register": registers,
    "requests": inforequests,
    "remedies": remedies,
}
_CHANNELS: Mapping[str, str] = MappingProxyType(
    {"当面": "in_person", "信函": "post", "网络": "online", "传真": "fax"}
)


def facts_by_organ(period: Period, organ_ids: Collection[int]) -> dict[int, dict[Measure, Decimal]]:
    """Return every measure of every chapter for each organ; a handful of queries in all."""
    facts: dict[int, dict[Measure, Decimal]] = {organ_id: {} for organ_id in organ_ids}
    for chapter in CHAPTERS.values():
        for organ_id, told in chapter.facts_by_organ(period, organ_ids).items():
            facts[organ_id] |= told
    return facts


def records_behind(measure: Measure, period: Period, organ_ids: Collection[int]) -> list[Record]:
    """Return the records that add up to a measure, from the chapter that counts it."""
    chapter = CHAPTERS[measure.subject.partition(".")[0]]
    return chapter.records_behind(measure, period, organ_ids)


def outcomes_by_acts(period: Period, organ_ids: Collection[int]) -> dict[int, Counter[Measure]]:
    """Return the results of requests by organ as their acts give them, for V11 alone."""
    register = cast("RequestRegister", CHAPTERS["requests"])
    return register.outcomes_by_acts(period, organ_ids)


def further_figures(period: Period, organ_ids: Collection[int]) -> dict[int, dict[str, Figure]]:
    """Return for each organ the figures of prose that no table has: channels, replies in time.

    And what section one tells of the website, the accounts, the hotline, the hall (`named`).
    """
    figures: dict[int, dict[str, Figure]] = named_figures(period, organ_ids)
    for organ_id, counts in inforequests.channel_counts(period, organ_ids).items():
        by_word = dict.fromkeys(_CHANNELS.values(), Decimal(0))
        for channel, number in counts.items():
            by_word[_CHANNELS[channel.told_as]] += number
        figures[organ_id] |= {
            f"requests.received.{name}": Figure(value, "件") for name, value in by_word.items()
        }
    for organ_id, (on_time, answered) in inforequests.on_time_counts(period, organ_ids).items():
        if answered:
            on_time_rate = rate(Decimal(on_time), Decimal(answered))
            figures[organ_id]["requests.on_time_rate"] = on_time_rate
    return figures
