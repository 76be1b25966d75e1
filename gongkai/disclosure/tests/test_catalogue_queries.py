"""Coverage, the public pages of a field, guide, catalogue and contacts of an organ."""

from datetime import date, timedelta

import pytest

from gongkai.disclosure.actions.guide import change_organ_page, confirm_guide
from gongkai.disclosure.models import CatalogueItem, ItemEntry, ItemOrgan
from gongkai.disclosure.queries.catalogue_coverage import (
    CoverageState,
    Published,
    Tally,
    catalogue_coverage,
    legal_coverage,
    state_of,
)
from gongkai.disclosure.queries.catalogue_pages import catalogue_pages, field_page
from gongkai.disclosure.queries.guide import ContactOrder, contacts, guide_of, organ_catalogue
from gongkai.disclosure.rules import EntryRefused, NotAllowedNow
from gongkai.disclosure.tests import factories
from gongkai.disclosure.tests.catalogues import (
    BEGUN,
    TODAY,
    catalogue,
    field,
    item,
    overdue,
    plain_section,
    public,
)
from gongkai.orgs.models import Organ, OrganKind

pytestmark = pytest.mark.django_db
BY = {"by": factories.AUTHOR, "at": factories.NOON}


@pytest.fixture
def county():
    return factories.county()


@pytest.fixture
def finance(county):
    return factories.department(county, name="靖安县财政局", short_name="财政局", order=2)


@pytest.fixture
def water(county):
    return factories.department(county, "slj", name="靖安县水利局", short_name="水利局", order=3)


@pytest.fixture
def held(county, finance, water):
    return catalogue(county)


def test_an_item_is_published_late_or_empty_for_each_organ(held, county, finance, water) -> None:
    where = plain_section(county)
    both = item(field(held), organs=[finance, water], time_limit="每季度")
    lost = item(field(held), second_level="基金", organs=[finance], time_limit="及时公开")
    item(field(held), second_level="依申请", organs=[finance], proactive=False, on_request=True)
    nobodys = item(field(held), second_level="无主", organ_words="税务局")
    public(finance, where, both)
    public(water, where, both, at=factories.NOON - timedelta(days=200))
    overdue(finance, where, lost, date(2026, 9, 1))
    seen = catalogue_coverage(held, TODAY)
    assert [line.name for line in seen.organs] == ["财政局", "水利局"]
    assert seen.cells[finance.pk, "03"] == Tally(published=1, late=0, empty=1)
    assert seen.cells[water.pk, "03"] == Tally(late=1)
    assert seen.total() == Tally(1, 1, 1)
    assert seen.total(code="03").total == 3
    (late,) = seen.behind(water.pk)
    assert (late.state, late.published.count) == (CoverageState.LATE, 1)
    assert late.late_since == date(2026, 3, 5) + timedelta(days=93)
    empty = next(row for row in seen.behind(finance.pk, "03") if row.item_id == lost.pk)
    assert (empty.state, empty.published.overdue) == (CoverageState.EMPTY, 1)
    assert seen.unassigned == ((nobodys.pk, "无主"),)
    assert catalogue_coverage(held, TODAY, organ_ids=[water.pk]).total() == Tally(late=1)


@pytest.mark.parametrize(
    ("told", "days", "state"),
    [
        (Published(), None, CoverageState.EMPTY),
        (Published(1, TODAY), 31, CoverageState.PUBLISHED),
        (Published(1, TODAY - timedelta(days=31)), 31, CoverageState.PUBLISHED),
        (Published(1, TODAY - timedelta(days=32)), 31, CoverageState.LATE),
        (Published(1, TODAY - timedelta(days=999)), None, CoverageState.PUBLISHED),
        (Published(1, TODAY, 1, TODAY - timedelta(days=1)), None, CoverageState.LATE),
    ],
)
def test_an_item_is_late_the_day_after_its_interval(told, days, state) -> None:
    assert state_of(told, days, TODAY)[0] is state


def test_what_a_body_publishes_counts_for_its_organ(held, county, finance) -> None:
    body = factories.department(
        county, "gkzx", kind=OrganKind.INTERNAL, superior=finance, short_name="支付中心"
    )
    office = factories.department(county, "zfb", kind=OrganKind.OFFICE, short_name="县府办")
    made = item(field(held), organs=[finance])
    offices = item(field(held), second_level="二", organs=[office])
    countys = item(field(held), second_level="三", organs=[county])
    where = plain_section(county)
    public(body, where, made)
    public(county, where, offices)
    public(office, where, countys)
    public(county, where, made)
    assert catalogue_coverage(held, TODAY).total() == Tally(published=3)


def test_an_ended_item_and_an_abolished_organ_owe_nothing(held, county, finance, water) -> None:
    made = item(field(held), organs=[finance, water])
    Organ.objects.filter(pk=water.pk).update(valid_to=TODAY)
    assert catalogue_coverage(held, TODAY).total() == Tally(empty=1)
    CatalogueItem.objects.filter(pk=made.pk).update(valid_to=TODAY)
    assert catalogue_coverage(held, TODAY).total() == Tally()


def test_coverage_costs_five_queries_for_60_organs_and_700_items(
    held, county, django_assert_max_num_queries
) -> None:
    organs = [factories.department(county, f"d{number}") for number in range(60)]
    made = CatalogueItem.objects.bulk_create(
        CatalogueItem(
            field=field(held),
            number=str(number),
            order=number,
            first_level=f"事项{number}",
            content="内容",
            basis="依据",
            time_limit="及时",
            organ_words="各部门",
            channels=["政府网站"],
            update_days=31,
            valid_from=BEGUN,
        )
        for number in range(700)
    )
    ItemOrgan.objects.bulk_create(
        ItemOrgan(item=each, organ=organ) for each in made for organ in organs[:20]
    )
    entry = public(organs[0], plain_section(county))
    ItemEntry.objects.bulk_create(ItemEntry(item=each, entry=entry) for each in made)
    with django_assert_max_num_queries(6):
        seen = catalogue_coverage(held, TODAY)
    assert seen.total() == Tally(published=700, empty=700 * 19)


def test_items_of_article_20_are_covered_organ_by_organ(
    county, finance, django_assert_max_num_queries
) -> None:
    town = factories.department(county, "xtx", kind=OrganKind.TOWNSHIP, short_name="香田乡")
    money = plain_section(county, legal_item="20-07", max_age_days=366)
    home = plain_section(county, legal_item="21-204")
    public(finance, money)
    public(town, home, at=factories.NOON - timedelta(days=900))
    public(county, money, at=factories.NOON - timedelta(days=900))
    with django_assert_max_num_queries(6):
        seen = legal_coverage(county, TODAY)
    assert seen.cells[finance.pk, "20-07"].state is CoverageState.PUBLISHED
    assert seen.cells[county.pk, "20-07"].state is CoverageState.LATE
    assert seen.cells[town.pk, "20-07"].state is CoverageState.EMPTY
    assert seen.cells[town.pk, "21-204"].state is CoverageState.PUBLISHED
    assert (finance.pk, "21-204") not in seen.cells
    assert "20-01" in seen.without_section


def test_a_public_field_leads_to_content_or_says_there_is_none(
    held, county, finance, water, django_assert_max_num_queries
) -> None:
    where = plain_section(county)
    made = item(
        field(held),
        organs=[finance, water],
        channels=("政府网站", "其他"),
        other_channel="短信",
        to_group="企业",
        on_request=True,
        at_township=True,
        section=where,
    )
    lone = item(field(held), second_level="空白", organs=[water])
    for number in range(4):
        public(
            finance, where, made, title=f"第{number}期", at=factories.NOON + timedelta(days=number)
        )
    with django_assert_max_num_queries(6):
        page = field_page(county, "czyjs", TODAY)
    assert page.name == "财政预决算"
    first, second = page.items
    assert [each.organ for each in first.content_by_organ] == ["财政局", "水利局"]
    assert [link.title for link in first.content_by_organ[0].links] == ["第3期", "第2期", "第1期"]
    assert first.content_by_organ[1].links == ()
    assert not first.empty
    assert second.empty
    assert second.second_level == str(lone)
    assert first.channels == ("政府网站", "其他（短信）")
    assert (first.audience, first.means, first.at) == ("全社会、企业", "主动、依申请", "县级、乡级")
    assert first.section_address == f"/{where.path}/"
    assert field_page(county, "nothing", TODAY) is None
    with django_assert_max_num_queries(4):
        (listed,) = catalogue_pages(county, TODAY)
    line = next(each for each in listed.fields if each.slug == "czyjs")
    assert (line.items, line.with_content, len(listed.fields)) == (2, 1, 26)


FACTS = {
    "ogi_body": "靖安县财政局办公室",
    "ogi_address": "靖安县双溪镇新大街1号",
    "hours": "工作日8:30—12:00，14:00—17:30",
    "ogi_phone": "0795-4662133",
    "ogi_fax": "0795-4662134",
    "ogi_email": "czj@example.gov.cn",
}


def test_a_guide_has_all_parts_of_article_12_and_names_what_is_missing(county, finance) -> None:
    guide = guide_of(finance, TODAY)
    assert [part.key for part in guide.parts] == [
        "classification",
        "arrangement",
        "obtaining",
        "body",
        "upon_request",
        "remedies",
    ]
    assert set(guide.missing) >= {"机构名称", "办公时间", "传真号码", "互联网联系方式"}
    assert guide.stale_on(TODAY)
    with pytest.raises(NotAllowedNow, match="传真号码"):
        confirm_guide(finance, **BY)
    change_organ_page(
        finance, slug="czj", guide_text="<p onclick=x>补充<script>1</script></p>", **FACTS, **BY
    )
    page = confirm_guide(finance, **BY)
    assert page.reviewed_on == TODAY
    guide = guide_of(finance, TODAY)
    assert guide.missing == ()
    assert guide.parts[-1].html == "<p>补充</p>"
    assert ("传真号码", "0795-4662134") in guide.parts[3].facts
    assert not guide.stale_on(TODAY)
    assert guide.stale_on(TODAY + timedelta(days=400))


def test_a_townships_guide_names_what_towns_owe(county, finance) -> None:
    town = factories.department(county, "xtx", kind=OrganKind.TOWNSHIP)
    plain_section(county, legal_item="20-07", title="财政预算决算", on_organ_pages=True)
    plain_section(county, legal_item="20-04", title="只在县里")
    words = guide_of(town, TODAY).parts[0].paragraphs
    assert "宅基地使用情况审核" in words[0]
    assert "宅基地使用情况审核" not in guide_of(finance, TODAY).parts[0].paragraphs[0]
    assert "财政预算决算" in words[1]
    assert "只在县里" not in words[1]
    assert "只在县里" in guide_of(county, TODAY).parts[0].paragraphs[1]


def test_an_organs_page_keeps_its_slug_and_refuses_what_is_malformed(
    county, finance, water
) -> None:
    change_organ_page(finance, slug="czj", hours="全天", **BY)
    assert change_organ_page(finance, hours="全天", **BY).hours == "全天"
    for wrong in ({"slug": "other"}, {"ogi_email": "x"}, {"postcode": "33x"}, {"head": "长" * 61}):
        with pytest.raises(EntryRefused):
            change_organ_page(finance, **wrong, **BY)
    for slug in ("czj", "不行"):
        with pytest.raises(EntryRefused):
            change_organ_page(water, slug=slug, **BY)
    with pytest.raises(TypeError):
        change_organ_page(finance, nonsense="1", **BY)


def test_an_organs_catalogue_has_the_four_columns_and_goes_on(county, finance, water) -> None:
    where = plain_section(county)
    for number in range(3):
        public(finance, where, title=f"第{number}件", summary="概述" if number else "")
    public(water, where)
    first = organ_catalogue(finance, size=2)
    assert [line.title for line in first.lines] == ["第2件", "第1件"]
    assert first.lines[0].summary == "概述"
    assert first.lines[0].index_number.startswith("014500815/2026-")
    (last,) = organ_catalogue(finance, size=2, before=first.before).lines
    assert last.summary == "正文第一句。"
    assert organ_catalogue(finance, size=2, before=first.before).before is None
    assert organ_catalogue(finance, year=2020).lines == ()


def test_contacts_stand_by_strokes_pinyin_or_the_usual_order(county, finance, water) -> None:
    change_organ_page(finance, slug="czj", hours="工作日", head="张某", **BY)
    factories.department(
        county, "xtx", kind=OrganKind.TOWNSHIP, name="靖安县香田乡人民政府", order=9
    )
    factories.department(county, "old", name="靖安县扶贫办公室", valid_to=TODAY)
    strokes = contacts(county, TODAY, ContactOrder.STROKES)
    assert [(each.name, each.group) for each in strokes] == [
        ("靖安县人民政府", "2画"),
        ("靖安县水利局", "4画"),
        ("靖安县财政局", "7画"),
        ("靖安县香田乡人民政府", "9画"),
    ]
    pinyin = contacts(county, TODAY, ContactOrder.PINYIN)
    assert [each.group for each in pinyin] == ["C", "R", "S", "X"]
    assert (pinyin[0].hours, pinyin[0].head, pinyin[0].slug) == ("工作日", "张某", "czj")
    usual = contacts(county, TODAY, ContactOrder.USUAL)
    assert [each.group for each in usual] == [
        "县级人民政府",
        "政府部门",
        "政府部门",
        "乡镇人民政府",
    ]
