"""Setting live entries into their sections and taking them out, with the serials of the lists.

A section's counters are locked from the top of the tree downwards, so that two releases never
wait for each other crosswise.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection
from django.db.models import Count, Q
from django.db.models.functions import ExtractYear
from django.utils import timezone

from gongkai.adapters.statements import update
from gongkai.disclosure.models import Entry, Placement, PlacementKind, Section, SectionCount

_Key = tuple[int, int | None, int]  # section, organ or None, year or 0


@dataclass
class Counters:
    """The counters of some sections held under lock."""

    rows: dict[_Key, SectionCount]
    changed: set[_Key] = field(default_factory=set)

    @classmethod
    def hold(
        cls, section_ids: Collection[int], organ_id: int, years: Collection[int]
    ) -> "Counters":
        """Lock the counters of sections, whole and of one organ; make those not there yet."""
        wanted = [
            (section_id, owner, year)
            for section_id in section_ids
            for owner in (None, organ_id)
            for year in (0, *sorted(set(years)))
        ]
        rows = cls._locked(section_ids, organ_id, years)
        missing = [key for key in wanted if key not in rows]
        if missing:
            SectionCount.objects.bulk_create(
                (SectionCount(section_id=key[0], organ_id=key[1], year=key[2]) for key in missing),
                ignore_conflicts=True,
            )
            rows = cls._locked(section_ids, organ_id, years)
            for key in missing:  # a year begins after what was given before it
                row = rows[key]
                if row.last == 0:
                    row.before = row.last = rows[key[0], key[1], 0].last
        return cls(rows, {key for key in missing if key[2]})

    @staticmethod
    def _locked(
        section_ids: Collection[int], organ_id: int, years: Collection[int]
    ) -> dict[_Key, SectionCount]:
        rows = (
            SectionCount.objects.select_for_update(of=("self",))
            .filter(Q(organ__isnull=True) | Q(organ_id=organ_id))
            .filter(section_id__in=section_ids, year__in=[0, *years])
            .order_by("section__path", "pk")
        )
        return {(row.section_id, row.organ_id, row.year): row for row in rows}

    def give(self, section_id: int, organ_id: int | None, year: int) -> int:
        """Return the next serial."""
        whole, own = self.rows[section_id, organ_id, 0], self.rows[section_id, organ_id, year]
        whole.last += 1
        own.last = whole.last
        self._count(section_id, organ_id, year, 1)
        return whole.last

    def take_off(self, section_id: int, organ_id: int, year: int) -> None:
        """Count one less; its serials stay given."""
        for owner in (None, organ_id):
            self._count(section_id, owner, year, -1)

    def _count(self, section_id: int, organ_id: int | None, year: int, by: int) -> None:
        for key in ((section_id, organ_id, 0), (section_id, organ_id, year)):
            self.rows[key].live = max(self.rows[key].live + by, 0)
            self.changed.add(key)

    def save(self) -> None:
        """Write what was changed."""
        for key in self.changed:
            update(self.rows[key], ("before", "last", "live"))


def place(entry: Entry, extra: Iterable[int], at: datetime) -> None:
    """Let a live entry stand in its own section, in others and in all above them.

    Where it stands already it keeps its place and its time.
    """
    wanted = wanted_places(entry.section_id, extra, parents_of(entry.section.county_id))
    standing = {row.section_id: row for row in entry.placements.all()}
    gone = [row for pk, row in standing.items() if pk not in wanted]
    fresh = [pk for pk in wanted if pk not in standing]
    if not gone and not fresh:
        return
    year = year_of(at)
    sections = {*fresh, *(row.section_id for row in gone)}
    years = {year, *(year_of(row.published_at) for row in gone)}
    counters = Counters.hold(sections, entry.organ_id, years)
    _take_away(gone, counters)
    Placement.objects.bulk_create(
        Placement(
            entry=entry,
            section_id=pk,
            organ_id=entry.organ_id,
            kind=wanted[pk],
            published_at=at,
            serial=counters.give(pk, None, year),
            organ_serial=counters.give(pk, entry.organ_id, year),
        )
        for pk in fresh
    )
    counters.save()


def lift(entry: Entry) -> None:
    """Take a withdrawn entry out of every section."""
    rows = list(entry.placements.all())
    if not rows:
        return
    years = {year_of(row.published_at) for row in rows}
    counters = Counters.hold({row.section_id for row in rows}, entry.organ_id, years)
    _take_away(rows, counters)
    counters.save()


def _take_away(rows: Collection[Placement], counters: Counters) -> None:
    for row in rows:
        counters.take_off(row.section_id, row.organ_id, year_of(row.published_at))
    if rows:
        Placement.objects.filter(pk__in=[row.pk for row in rows]).delete()


def wanted_places(
    own: int, extra: Iterable[int], parents: Mapping[int, int | None]
) -> dict[int, PlacementKind]:
    """Return every section in which an entry stands, and why."""
    wanted = {own: PlacementKind.OWN}
    for pk in extra:
        if pk in parents:  # closed since it was reviewed: it is left out
            wanted.setdefault(pk, PlacementKind.EXTRA)
    for pk in tuple(wanted):
        above = parents.get(pk)
        while above is not None:
            wanted.setdefault(above, PlacementKind.ABOVE)
            above = parents.get(above)
    return wanted


def parents_of(county_id: int) -> dict[int, int | None]:
    """Return the section above each open section of a county. One query."""
    return dict(Section.objects.open().filter(county_id=county_id).values_list("pk", "parent_id"))


def year_of(at: datetime) -> int:
    """Return the year of a moment in the county."""
    return timezone.localtime(at).year


_RENUMBER = """
    UPDATE disclosure_placement SET serial = told.whole, organ_serial = told.own
    FROM (
        SELECT id,
            row_number() OVER (ORDER BY published_at, entry_id) AS whole,
            row_number() OVER (PARTITION BY organ_id ORDER BY published_at, entry_id) AS own
        FROM disclosure_placement WHERE section_id = %s
    ) AS told
    WHERE disclosure_placement.id = told.id
"""  # window functions with UPDATE ... FROM: the same on both databases


def renumber(section_id: int) -> None:
    """Give the serials of a section anew, in the order of release: after an import of old texts.

    The only act that moves entries from one page of a list to another.
    """
    with connection.cursor() as cursor:
        cursor.execute(_RENUMBER, [section_id])
    SectionCount.objects.filter(section_id=section_id).delete()
    zone = timezone.get_current_timezone()
    counted = (
        Placement.objects.filter(section_id=section_id)
        .annotate(year=ExtractYear("published_at", tzinfo=zone))
        .order_by()
        .values_list("organ_id", "year")
        .annotate(number=Count("pk"))
    )
    live: dict[int | None, dict[int, int]] = {}
    for organ_id, year, number in counted:
        for owner in (None, organ_id):
            years = live.setdefault(owner, {})
            years[year] = years.get(year, 0) + number
    SectionCount.objects.bulk_create(
        row for owner, years in live.items() for row in _counts(section_id, owner, years)
    )


def _counts(section_id: int, organ_id: int | None, years: Mapping[int, int]) -> list[SectionCount]:
    rows, last = [], 0
    for year, number in sorted(years.items()):
        values = {"year": year, "before": last, "last": last + number, "live": number}
        rows.append(SectionCount(section_id=section_id, organ_id=organ_id, **values))
        last += number
    rows.append(SectionCount(section_id=section_id, organ_id=organ_id, last=last, live=last))
    return rows
