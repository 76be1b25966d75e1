"""The demo's website in 2020: so many texts that the reference report's counts come out exactly.

The report tells 6,560 (portal 1,920, departments 3,676, townships 964). What other chapters publish
in the year (answers to proposals, texts of documents, interviews) counts in them as well, so
`lay` asks what stands already and writes the rest. Every text takes the whole road: drafted,
submitted with its checks, read twice, cleared, signed, released by different people.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from gongkai.demo import county as where
from gongkai.demo.road import MARK, Road, days, moment
from gongkai.demo.website_texts import (
    MATTERS,
    OFFICE_MATTERS,
    PORTAL_MATTERS,
    TOWN_MATTERS,
)
from gongkai.demo.year2020 import share_out
from gongkai.disclosure import actions
from gongkai.disclosure.models import Release
from gongkai.disclosure.queries import EntryState
from gongkai.orgs.queries import Level
from gongkai.outbox import actions as outbox
from gongkai.statute.workdays import national

TARGETS = {Level.OWN: 1920, Level.DEPARTMENTS: 3676, Level.TOWNSHIPS: 964}
NEWS, OF_DEPARTMENTS, OF_TOWNS, NOTICES = "zwdt/zwyw", "zwdt/bmdt", "zwdt/xzdt", "zwdt/tzgg"
_LAW = "zwgk/fdzdgknr/"
# Where a department publishes besides its news and notices.
_OWN_SECTION: Mapping[str, str] = {
    "fgw": "zdxm", "jtj": "jyxx", "gaj": "zagl", "mzj": "shbz", "czj": "czyjs", "rsj": "jycy",
    "zjj": "szjs", "slj": "ntsl", "nyncj": "snzc", "wjw": "ylws", "yjj": "yjgl", "sjj": "sjgk",
    "scjg": "jdjc", "tjj": "tjxx", "xzsp": "xzxk", "fpb": "fpgz",
}  # fmt: skip
_TOGETHER = 40  # texts in one transaction: a commit for each would wait for the disk


@dataclass(frozen=True, slots=True)
class Text:
    """One text of the year: whose, where, its title and paragraphs, the day of its release."""

    organ: str
    section: str
    title: str
    body: tuple[str, ...]
    on: date


def workdays_of_the_year() -> list[date]:
    """Return the working days of 2020 but the first week's, on which nothing can be released."""
    calendar = national()
    every = (date(where.YEAR, 1, 8) + days(number) for number in range(358))
    return [day for day in every if calendar.is_workday(day)]


def plan(numbers: Mapping[str, int]) -> list[Text]:
    """Return so many texts of each organ (by code), by day."""
    calendar = workdays_of_the_year()
    found = [
        text
        for code, number in numbers.items()
        for text in _texts_of(code, [calendar[i * len(calendar) // number] for i in range(number)])
    ]
    return sorted(found, key=lambda text: (text.on, text.organ, text.title))


def shares(standing: Mapping[str, int]) -> dict[str, int]:
    """Return how many texts each organ still has to write, given what stands by organ."""
    levels: tuple[tuple[Level, dict[str, int]], ...] = (
        (Level.OWN, {where.COUNTY_CODE: 1, where.OFFICE_CODE: 1}),
        (Level.DEPARTMENTS, {each.code: each.share + 6 for each in where.DEPARTMENTS}),
        (Level.TOWNSHIPS, {each.code: 1 for each in where.TOWNSHIPS}),
    )
    found: dict[str, int] = {}
    for level, weights in levels:
        left = TARGETS[level] - sum(standing.get(code, 0) for code in weights)
        found |= dict(zip(weights, share_out(left, list(weights.values())), strict=True))
    return found


def standing_by_organ(codes: Mapping[int, str]) -> Counter[str]:
    """Return how many texts each organ released for the first time in the year already."""
    rows = Release.objects.filter(first=True, released_on__year=where.YEAR)
    return Counter(codes[organ_id] for organ_id in rows.values_list("organ_id", flat=True))


def lay(road: Road, tell: Callable[[str], object], planned: Collection[Text] | None = None) -> int:
    """Publish what the year still lacks, or `planned`; return how many texts were made."""
    if planned is None:
        codes = {organ.pk: code for code, organ in road.organs.items()}
        planned = plan(shares(standing_by_organ(codes)))
    texts = list(planned)
    for start in range(0, len(texts), _TOGETHER):
        with transaction.atomic():
            for text in texts[start : start + _TOGETHER]:
                _publish(road, text)
        # What the jobs of a publication would write is written whole when the demo is ready.
        outbox.forget(at=moment(date(where.YEAR + 1, 1, 1), 0))
        done = min(start + _TOGETHER, len(texts))
        if done % 800 < _TOGETHER:
            tell(f"  网站信息：{done}/{len(texts)}")
    return len(texts)


def _publish(road: Road, text: Text) -> None:
    by, begun = road.clerk(text.organ), text.on - days(3)
    entry = actions.create(
        road.organs[text.organ],
        section=road.sections[text.section],
        told=actions.Told(
            title=text.title,
            formed_on=text.on - days(4),
            body="".join(f"<p>{paragraph}</p>" for paragraph in text.body),
        ),
        by=by,
        at=moment(begun, 9),
    )
    entry = actions.submit(entry, by=by, at=moment(begun, 10))
    road.forward(entry, EntryState.PUBLISHED, text.on)


def _texts_of(code: str, on: list[date]) -> Iterator[Text]:
    if code == where.COUNTY_CODE:
        return _portal_texts(code, NEWS, PORTAL_MATTERS, on)
    if code == where.OFFICE_CODE:
        return _portal_texts(code, NOTICES, OFFICE_MATTERS, on)
    return _organ_texts(code, on)


def _portal_texts(
    code: str, section: str, matters: tuple[tuple[str, str], ...], on: list[date]
) -> Iterator[Text]:
    towns = where.TOWNSHIPS
    for place, day in enumerate(on):
        matter, more = matters[place % len(matters)]
        town = towns[place // len(matters) % len(towns)].short_name
        yield Text(
            code,
            section,
            f"{matter}（{town}，{day.month}月{day.day}日）{MARK}",
            (f"{day.month}月{day.day}日，{matter}，涉及{town}。", more),
            day,
        )


def _organ_texts(code: str, on: list[date]) -> Iterator[Text]:
    town = next((each for each in where.TOWNSHIPS if each.code == code), None)
    organ = town or next(each for each in where.DEPARTMENTS if each.code == code)
    matters = TOWN_MATTERS if town else MATTERS[code]
    for place, day in enumerate(on):
        matter, more = matters[place % len(matters)]
        round_of = place // len(matters)
        around = where.TOWNSHIPS[(round_of + len(code)) % len(where.TOWNSHIPS)].short_name
        at = f"{organ.short_name}各村" if town else around
        yield Text(
            code,
            _section(code, place, town=town is not None),
            f"{organ.short_name}{matter}（{day.month}月{day.day}日）{MARK}",
            (f"{day.month}月{day.day}日，{organ.full_name}办理{matter}，范围为{at}。", more),
            day,
        )


def _section(code: str, place: int, *, town: bool) -> str:
    if place % 4 == 3:
        return NOTICES
    if town:
        return OF_TOWNS
    own = _OWN_SECTION.get(code)
    return f"{_LAW}{own}" if own and place % 2 else OF_DEPARTMENTS
