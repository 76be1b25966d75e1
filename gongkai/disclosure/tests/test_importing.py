"""Taking over an old site: whole, once, numbered, searchable in lists; faulty texts are told."""

from datetime import UTC, date, datetime, timedelta

import pytest

from gongkai.disclosure import actions, queries
from gongkai.disclosure.actions import Imported, ImportedFile, numbering
from gongkai.disclosure.lifecycle import EntryState
from gongkai.disclosure.models import Entry, IndexSeries
from gongkai.disclosure.tests import factories as make
from gongkai.files.queries import content

pytestmark = pytest.mark.django_db
IMPORTER = make.Actor("import", "导入")


@pytest.fixture(autouse=True)
def kept_apart(settings, tmp_path) -> None:
    """Keep the files of a test by themselves."""
    settings.GONGKAI_FILE_DIR = tmp_path / "files"


def old(number: int, where, **fields):
    """Return a text of the old site."""
    at = datetime(2015, 1, 1, 4, tzinfo=UTC) + timedelta(days=100 * (number % 7), minutes=number)
    values = {
        "source": f"http://old.example/{number}.html",
        "section": where,
        "told": make.told(title=f"旧文{number}", formed_on=date(2014, 12, 1)),
        "published_at": at,
        **fields,
    }
    return Imported(**values)


def test_texts_come_in_whole_and_once() -> None:
    home = make.county()
    where = make.section(home, "zwgk/tjxx")
    fresh = make.published(home, where)
    rows = [old(n, where) for n in range(9)]
    result = actions.import_entries(home, rows, by=IMPORTER, at=make.NOON)
    assert (len(result.made), result.known, result.refused) == (9, (), ())
    again = actions.import_entries(home, [*rows, old(9, where)], by=IMPORTER, at=make.NOON)
    assert (len(again.made), len(again.known)) == (1, 9)
    entry = Entry.objects.get(pk=result.made[rows[0].source])
    assert (entry.state, entry.live, entry.owing) == (EntryState.PUBLISHED, True, False)
    assert entry.address == f"/zwgk/tjxx/201501/{entry.pk}.html"
    assert entry.index_number == "11360925014500815X/2015-00001"
    page = queries.page_at(home.pk, entry.address)
    assert page.first_published_at == rows[0].published_at
    listed = [row.published_at for row in queries.list_of(where.pk, size=20).rows]
    assert listed == sorted(listed, reverse=True)
    assert len(listed) == 11
    assert listed[0] == fresh.published_at
    assert [year for year, _ in queries.years_of(where.parent_id)] == [2026, 2016, 2015]
    # What comes after is numbered on.
    make.published(home, where, at=make.NOON + make.MINUTE)
    assert len(queries.list_of(where.pk, page=1, size=20).rows) == 12


def test_foreign_index_numbers_are_taken_as_they_are_and_never_given_again() -> None:
    home = make.county()
    where = make.section(home)
    rows = [
        old(1, where, index_number="014500815/2015-61836"),
        old(2, where, index_number="11360925014500815X/2026-00001"),
        old(3, where, index_number="014500815/2015-61836"),
    ]
    result = actions.import_entries(home, rows, by=IMPORTER, at=make.NOON)
    assert [refusal.source for refusal in result.refused] == [rows[2].source]
    assert make.published(home, where).index_number == "11360925014500815X/2026-00002"


def test_faulty_texts_are_left_out_and_told() -> None:
    home, elsewhere = make.county(), make.county("other")
    where, foreign = make.section(home), make.section(elsewhere)
    rows = [
        old(1, where, told=make.told(title=" ", formed_on=date(2014, 1, 1))),
        old(2, foreign),
        old(3, where, published_at=make.NOON + make.MINUTE),
        old(4, where),
    ]
    result = actions.import_entries(home, rows, by=IMPORTER, at=make.NOON)
    assert list(result.made) == [rows[3].source]
    assert {refusal.faults[0].field for refusal in result.refused} == {
        "title",
        "section",
        "published_at",
    }


def test_attachments_come_with_their_text() -> None:
    home = make.county()
    where = make.section(home)
    row = old(
        1,
        where,
        told=make.told(formed_on=date(2014, 1, 1), body='<p>见<a href="old/a.txt">附件</a></p>'),
        files=(
            ImportedFile("清单.txt", "内容".encode(), reference="old/a.txt"),
            ImportedFile("坏.exe", b"MZ"),
        ),
    )
    result = actions.import_entries(home, [row], by=IMPORTER, at=make.NOON)
    entry = Entry.objects.get(pk=result.made[row.source])
    assert "坏.exe" in result.refused[0].faults[0].message
    page = queries.page_at(home.pk, entry.address)
    assert page.address_of(page.files[0]) in page.body
    _, file = queries.attachment_of(home.pk, entry.address, page.files[0].id)
    assert content(file) == "内容".encode()
    assert file.kept_for == entry.record_id


def test_numbers_are_taken_in_order_and_passed_over() -> None:
    home = make.county()
    series = numbering.series_of(home, date(2026, 1, 1))
    assert numbering.take(series, 2) == [series.write(1), series.write(2)]
    numbering.pass_over(series, 10)
    numbering.pass_over(series, 3)
    assert numbering.take(series) == [series.write(11)]
    assert IndexSeries.objects.get().last == 11
