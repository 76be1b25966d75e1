"""Verbs on catalogues: dates, the 26 fields, items that are fulfilled, import all or nothing."""

from dataclasses import replace
from datetime import date

import pytest

from gongkai.adapters.catalogue_xlsx import read_catalogue, write_catalogue
from gongkai.audit.models import Event
from gongkai.disclosure.actions.catalogue import (
    add_field,
    change_field,
    close_catalogue,
    close_field,
    found_catalogue,
)
from gongkai.disclosure.actions.catalogue_import import import_catalogue
from gongkai.disclosure.actions.catalogue_items import assign_organs, change_item, close_item
from gongkai.disclosure.models import CatalogueItem
from gongkai.disclosure.models.catalogues import CatalogueLevel
from gongkai.disclosure.queries.catalogue import (
    catalogues_of,
    fields_on,
    items_on,
    names_of_fields,
    organs_of_items,
    row_of,
    tables_of,
)
from gongkai.disclosure.rules import NotAllowedNow, ReasonMissing
from gongkai.disclosure.rules.catalogues import CatalogueRefused, ImportRefused
from gongkai.disclosure.tests import factories
from gongkai.disclosure.tests.catalogues import (
    BEGUN,
    TODAY,
    catalogue,
    field,
    item,
    plain_section,
    public,
    row,
)
from gongkai.orgs.models import OrganKind
from gongkai.tables.catalogue import FieldTable

pytestmark = pytest.mark.django_db
BY = {"by": factories.AUTHOR, "at": factories.NOON}
LATER = date(2026, 10, 1)


@pytest.fixture
def county():
    return factories.county()


@pytest.fixture
def finance(county):
    return factories.department(county, name="靖安县财政局", short_name="财政局")


@pytest.fixture
def held(county, finance):
    return catalogue(county)


def last_event() -> Event:
    return Event.objects.order_by("-pk").first()


def test_a_countys_catalogue_begins_with_26_fields_and_a_towns_with_fewer(county, held) -> None:
    assert len(fields_on(held, BEGUN)) == 26
    town = catalogue(county, CatalogueLevel.TOWNSHIP)
    assert 8 <= len(fields_on(town, BEGUN)) < 26
    assert [each.pk for each in catalogues_of(county, BEGUN)] == [held.pk, town.pk]
    assert "乡村振兴" in {each.name for each in fields_on(held, BEGUN)}
    event = last_event()
    assert (event.verb, event.chain) == ("disclosure.found_catalogue", "jingan")


def test_a_catalogue_is_a_countys_and_one_a_level(county, held, finance) -> None:
    with pytest.raises(CatalogueRefused, match="已有县级标准目录"):
        catalogue(county)
    with pytest.raises(CatalogueRefused, match="请选择县"):
        catalogue(finance)
    close_catalogue(held, on=LATER, reason="重新编制", **BY)
    again = found_catalogue(county, level=CatalogueLevel.COUNTY, on=LATER, **BY)
    assert list(catalogues_of(county, LATER)) == [again]
    assert list(catalogues_of(county, TODAY)) == [held]
    with pytest.raises(NotAllowedNow, match="已自2026-10-01停用"):
        close_catalogue(held, on=LATER, reason="再次", **BY)


def test_a_field_is_added_by_a_higher_notice_and_gets_an_address(held) -> None:
    added = add_field(held, name="旅游", on=TODAY, added_by="赣府厅发〔2020〕1号", **BY)
    assert (added.code, added.slug) == ("27", "ly")
    assert add_field(held, name="绿园", on=TODAY, **BY).slug == "ly2"
    with pytest.raises(CatalogueRefused, match="已有“旅游”"):
        add_field(held, name="旅 游", on=TODAY, **BY)
    for wrong in ({"slug": "旅游"}, {"slug": "czyjs"}, {"code": "03"}, {"name": ""}):
        with pytest.raises(CatalogueRefused):
            add_field(held, **{"name": "统计", "on": TODAY, **wrong}, **BY)
    with pytest.raises(CatalogueRefused, match="没有施行"):
        add_field(held, name="统计", on=date(2020, 1, 1), **BY)


def test_a_field_gets_a_new_name_from_a_day_and_keeps_its_items(held) -> None:
    old = field(held, "就业")
    kept = item(old)
    renamed = change_field(old, name="就业创业", on=LATER, added_by="本县调整", **BY)
    assert (renamed.code, renamed.slug) == (old.code, old.slug)
    names = {day: {each.name for each in fields_on(held, day)} for day in (TODAY, LATER)}
    assert "就业" in names[TODAY]
    assert "就业" not in names[LATER]
    assert "就业创业" in names[LATER]
    assert list(items_on(held, LATER, renamed.code)) == [kept]
    assert change_field(renamed, name="稳就业", on=LATER, **BY).pk == renamed.pk
    with pytest.raises(NotAllowedNow, match="已自"):
        change_field(old, name="再改", on=LATER, **BY)
    with pytest.raises(NotAllowedNow, match="不得早于"):
        change_field(renamed, name="再改", on=TODAY, **BY)


def test_closing_a_field_ends_its_items(held) -> None:
    where = field(held)
    item(where)
    with pytest.raises(ReasonMissing):
        close_field(where, on=LATER, reason=" ", **BY)
    close_field(where, on=LATER, reason="上级取消", **BY)
    assert not items_on(held, LATER).exists()
    assert items_on(held, TODAY).count() == 1


def test_an_item_takes_limit_interval_and_organs_from_its_words(held, finance) -> None:
    made = item(field(held), time_limit="每季度结束后15日内", organ_words="县财政局")
    assert (made.limit_value, made.limit_unit, made.update_days) == (15, "CALENDAR_DAYS", 92)
    assert organs_of_items([made.pk]) == {made.pk: ("财政局",)}
    assert last_event().after["organs"] == [finance.pk]
    told = item(field(held), time_limit="及时公开", update_days=30, organs=[finance], number="")
    assert (told.limit_value, told.update_days, told.number) == (None, 30, "2")


def test_what_an_item_lacks_is_named_by_its_column(held) -> None:
    with pytest.raises(CatalogueRefused) as refused:
        item(field(held), content="", channels=(), proactive=False)
    assert {fault.field for fault in refused.value.faults} == {"content", "channels", "means"}
    with pytest.raises(CatalogueRefused, match="更新间隔"):
        item(field(held), update_days=0)
    assert CatalogueItem.objects.count() == 0


def test_an_item_without_entries_is_changed_in_place(held) -> None:
    made = item(field(held))
    changed = change_item(made, row=row(content="新的内容"), on=LATER, **BY)
    assert changed.pk == made.pk
    assert changed.content == "新的内容"
    assert last_event().before["content"] == "收支总表"


def test_an_item_with_entries_becomes_a_new_row_and_takes_them_along(held, finance) -> None:
    made = item(field(held))
    entry = public(finance, plain_section(held.county), made)
    changed = change_item(made, row=row(content="新的内容"), on=LATER, **BY)
    assert changed.pk != made.pk
    made.refresh_from_db()
    assert (made.content, made.valid_to) == ("收支总表", LATER)
    assert [link.entry_id for link in changed.entries.all()] == [entry.pk]
    assert [each.organ_id for each in changed.organs.all()] == [finance.pk]
    assert list(items_on(held, TODAY)) == [made]
    assert list(items_on(held, LATER)) == [changed]
    with pytest.raises(NotAllowedNow, match="请打开现行的事项"):
        change_item(made, row=row(), on=LATER, **BY)


def test_an_item_ends_on_a_day_with_a_reason(held) -> None:
    made = item(field(held))
    with pytest.raises(NotAllowedNow, match="不得早于"):
        close_item(made, on=date(2020, 1, 1), reason="取消", **BY)
    with pytest.raises(ReasonMissing):
        close_item(made, on=LATER, reason="", **BY)
    close_item(made, on=LATER, reason="取消", **BY)
    assert not items_on(held, LATER).exists()


def test_organs_are_assigned_within_the_county(held, finance) -> None:
    made = item(field(held))
    water = factories.department(held.county, "slj")
    assign_organs(made, organs=[water], **BY)
    assert organs_of_items([made.pk]) == {made.pk: ("slj局",)}
    assert last_event().before == {"organs": [finance.pk]}
    abroad = factories.county("fengxin")
    for wrong in ([], [abroad]):
        with pytest.raises(CatalogueRefused, match="公开主体"):
            assign_organs(made, organs=wrong, **BY)


def tables(*names_and_rows) -> tuple[FieldTable, ...]:
    return tuple(FieldTable(name, "题", tuple(rows)) for name, *rows in names_and_rows)


def bring(held, told, *, on=TODAY, replaces=True):
    return import_catalogue(
        held,
        tables=told,
        on=on,
        replaces=replaces,
        source_name="目录.xlsx",
        source_sha256="0",
        **BY,
    )


def test_an_import_adds_fields_items_and_organs_in_one_event(held, finance) -> None:
    before = Event.objects.count()
    done = bring(
        held,
        tables(
            ("财政预决算", row(), row(number="2", second_level="基金", organ_words="税务局")),
            ("旅游", row(first_level="景区", organ_words="财政局")),
        ),
    )
    assert (done.fields_added, done.added, done.unknown_organs) == (1, 3, ("税务局",))
    assert Event.objects.count() == before + 1
    assert {each.name for each in fields_on(held, TODAY)} >= {"旅游"}
    assert last_event().after["added"] == 3


def test_importing_what_was_exported_changes_nothing(held, finance) -> None:
    bring(held, tables(("财政预决算", row(), row(number="2", content="另一份"))))
    data = write_catalogue([each for each in tables_of(held, TODAY) if each.rows])
    read = read_catalogue("目录.xlsx", data, names_of_fields(held, TODAY))
    assert read.faults == ()
    keys = list(items_on(held, TODAY).values_list("pk", flat=True))
    done = bring(held, read.tables, on=LATER)
    assert (done.added, done.changed, done.closed) == (0, 0, 0)
    assert list(items_on(held, LATER).values_list("pk", flat=True)) == keys
    (table,) = tables_of(held, LATER, "03")
    assert table.title == "靖安县县级财政预决算领域基层政务公开标准目录"


def test_an_import_changes_closes_and_renumbers(held, finance) -> None:
    bring(held, tables(("财政预决算", row(), row(number="2", second_level="基金"))))
    first = items_on(held, TODAY).first()
    public(finance, plain_section(held.county), first)
    done = bring(
        held,
        tables(("财政预决算", row(content="改"), row(number="3", second_level="国资"))),
        on=LATER,
    )
    assert (done.added, done.changed, done.closed) == (1, 1, 1)
    assert [row_of(each).content for each in items_on(held, LATER)] == ["改", "收支总表"]
    assert first.pk not in set(items_on(held, LATER).values_list("pk", flat=True))
    kept = bring(held, tables(("财政预决算", row(second_level="补"))), on=LATER, replaces=False)
    assert (kept.added, kept.closed) == (1, 0)
    swapped = list(reversed([row_of(each) for each in items_on(held, LATER)]))
    assert bring(held, tables(("财政预决算", *swapped)), on=LATER).changed == 3


def test_one_wrong_row_stops_the_whole_file(held) -> None:
    wrong = replace(
        tables(("财政预决算", row(), row(number="2", basis="", second_level="基金")))[0],
        sheet="表一",
        places=(4, 5),
    )
    with pytest.raises(ImportRefused) as refused:
        bring(held, (wrong,))
    (cell,) = refused.value.cells
    assert (cell.sheet, cell.row, cell.column) == ("表一", 5, "公开依据")
    assert "1处错误" in str(refused.value)
    assert CatalogueItem.objects.count() == 0


@pytest.mark.parametrize("told", [(), tables(("", row()))])
def test_an_empty_file_or_a_nameless_field_is_refused(held, told) -> None:
    with pytest.raises(ImportRefused):
        bring(held, told)
    with pytest.raises(ImportRefused, match="未导入"):
        bring(held, tables(("财政预决算", row())), on=date(2020, 1, 1))


def test_every_township_is_meant_by_its_words(held, county) -> None:
    town = factories.department(
        county, "xtx", kind=OrganKind.TOWNSHIP, name="靖安县香田乡人民政府", short_name="香田乡"
    )
    made = item(field(held), organ_words="各乡镇人民政府", at_township=True)
    assert [each.organ_id for each in made.organs.all()] == [town.pk]
