"""Lists under any course of releases and withdrawals: serials, pages and counters hold."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db.models import Max
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from gongkai.disclosure import queries
from gongkai.disclosure.actions import placing
from gongkai.disclosure.models import Entry, Placement, SectionCount, Version
from gongkai.disclosure.tests import factories as make

START = datetime(2024, 12, 20, 4, tzinfo=UTC)
STEPS = st.lists(
    st.tuples(st.sampled_from(["in", "out"]), st.integers(0, 1), st.integers(0, 2)), max_size=25
)


def live_entry(organ, section, at) -> Entry:
    """Return an entry that is public, without the road that leads there."""
    entry = Entry.objects.create(
        organ=organ,
        section=section,
        title="标题",
        formed_on=at.date(),
        created_at=at,
        moved_at=at,
        created_by="x",
        created_by_account="x",
    )
    version = Version.objects.create(
        entry=entry, number=1, title="标题", content={}, body="", text="", sha256="", made_at=at
    )
    Entry.objects.filter(pk=entry.pk).update(
        live=True,
        published=version,
        published_at=at,
        address=f"/x/{entry.pk}.html",
        index_number=str(entry.pk),
    )
    entry.refresh_from_db()
    return entry


class ListsHold(TestCase):
    """Any course of placing and lifting leaves whole lists."""

    def setUp(self) -> None:
        self.home = make.county()
        self.bureau = make.department(self.home)
        self.top = make.section(self.home, "zwgk/tjxx")
        self.group = self.top.parent
        self.other = make.section(self.home, "zwgk/tzgg")

    @settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
    @given(STEPS)
    def test_any_course(self, steps) -> None:
        at = START
        live: list[Entry] = []
        for act, whose, which in steps:
            at += timedelta(days=2)
            if act == "in":
                entry = live_entry((self.home, self.bureau)[whose], self.top, at)
                extra = [(), (self.other.pk,), (self.other.pk, self.group.pk)][which]
                placing.place(entry, extra, at)
                live.append(entry)
            elif live:
                placing.lift(live.pop(which % len(live)))
        self._check(live)
        for section in (self.top, self.group, self.other):
            placing.renumber(section.pk)
        self._check(live)

    def _check(self, live: list[Entry]) -> None:
        for section in (self.top, self.group, self.other):
            rows = Placement.objects.filter(section=section)
            serials = list(rows.order_by("published_at", "pk").values_list("serial", flat=True))
            assert serials == sorted(set(serials))
            shown = []
            page = queries.list_of(section.pk, page=1, size=3)
            for number in range(1, page.last + 1):
                shown += reversed(queries.list_of(section.pk, page=number, size=3).rows)
            expected = list(rows.order_by("serial").values_list("entry_id", flat=True))
            assert [row.id for row in shown] == expected
            newest = [row.id for row in queries.list_of(section.pk, size=3).rows]
            assert newest == expected[::-1][:3]
            for organ_id in (None, self.home.pk, self.bureau.pk):
                self._check_counts(section, organ_id)
        assert set(Placement.objects.values_list("entry_id", flat=True)) == {one.pk for one in live}

    def _check_counts(self, section, organ_id) -> None:
        rows = Placement.objects.filter(section=section)
        serial = "serial"
        if organ_id is not None:
            rows, serial = rows.filter(organ_id=organ_id), "organ_serial"
        counts = SectionCount.objects.filter(section=section, organ_id=organ_id)
        assert sum(counts.filter(year=0).values_list("live", flat=True)) == rows.count()
        last = rows.aggregate(last=Max(serial))["last"] or 0
        assert max(counts.values_list("last", flat=True), default=0) >= last
        for year, number in queries.years_of(section.pk, organ_id):
            first = queries.list_of(section.pk, organ_id=organ_id, year=year, page=1, size=3)
            told = [
                row
                for page in range(1, first.last + 1)
                for row in queries.list_of(
                    section.pk, organ_id=organ_id, year=year, page=page, size=3
                ).rows
            ]
            assert len(told) == number
            assert all(row.published_at.astimezone().year in (year, year) for row in told)


@pytest.mark.django_db
def test_a_closed_section_takes_no_more_and_keeps_its_list() -> None:
    home = make.county()
    own, extra = make.section(home, "zwgk/tjxx"), make.section(home, "zwgk/tzgg")
    entry = make.published(home, own, extra_sections=(extra.pk,))
    assert [row.id for row in queries.list_of(extra.pk).rows] == [entry.pk]
    kinds = dict(entry.placements.values_list("section_id", "kind"))
    assert kinds == {own.pk: "OWN", extra.pk: "EXTRA", own.parent_id: "ABOVE"}
    make.actions.close_section(extra, on=make.NOON.date(), by=make.LEADER, at=make.NOON)
    assert [row.id for row in queries.list_of(extra.pk).rows] == [entry.pk]
    assert [node.closed for node in queries.tree_of(home.pk) if node.id == extra.pk] == [True]
