"""What the public reads: pages, lists with stable numbers, attachments."""

from datetime import timedelta

import pytest

from gongkai.disclosure import queries
from gongkai.disclosure.tests import factories as make

pytestmark = pytest.mark.django_db


def test_page_and_list_of_a_published_entry(django_assert_num_queries) -> None:
    home = make.county()
    bureau = make.department(home)
    where = make.section(home, "zwgk/tjxx")
    entry = make.published(bureau, where)
    assert entry.address == f"/zwgk/tjxx/202609/{entry.pk}.html"
    with django_assert_num_queries(1):
        page = queries.page_of(home.pk, "zwgk/tjxx/202609", entry.pk)
    assert page is not None
    assert page.title == entry.title
    assert page.content.organ == bureau.name
    assert page.content.told.source == bureau.short_name
    assert page.published_at == make.NOON
    assert queries.page_of(home.pk, "zwgk/tjxx/202608", entry.pk) is None
    with django_assert_num_queries(1):
        found = queries.list_of(where.pk)
    assert [row.id for row in found.rows] == [entry.pk]
    assert [row.id for row in queries.list_of(where.parent_id).rows] == [entry.pk]
    assert [row.id for row in queries.list_of(where.pk, organ_id=bureau.pk).rows] == [entry.pk]
    assert queries.list_of(where.pk, organ_id=home.pk).rows == ()
    assert queries.newest([where.pk, where.parent_id])[where.pk][0].id == entry.pk
    assert queries.years_of(where.pk) == [(2026, 1)]
    assert queries.list_of(where.pk, year=2026, page=1).rows == found.rows


def test_numbered_pages_never_move() -> None:
    home = make.county()
    where = make.section(home, "zwgk/tjxx")
    entries = [make.published(home, where, at=make.NOON + timedelta(hours=n)) for n in range(7)]
    first = queries.list_of(where.pk, page=1, size=3)
    assert [row.id for row in first.rows] == [entry.pk for entry in reversed(entries[:3])]
    assert (first.last, first.newer, first.older) == (3, 2, None)
    newest = queries.list_of(where.pk, size=3)
    assert [row.id for row in newest.rows] == [entry.pk for entry in reversed(entries[4:])]
    assert newest.older == 2
    make.actions.withdraw(
        entries[1],
        reason="IN_ERROR",
        note="误发",
        by=make.LEADER,
        at=make.NOON + timedelta(days=1),
    )
    after = queries.list_of(where.pk, page=2, size=3)
    assert [row.id for row in after.rows] == [entry.pk for entry in reversed(entries[3:6])]
    assert [row.id for row in queries.list_of(where.pk, page=1, size=3).rows] == [
        entries[2].pk,
        entries[0].pk,
    ]
    assert queries.list_of(where.pk, page=9, size=3).rows == ()
    assert queries.list_of(where.pk, page=0).rows == ()
