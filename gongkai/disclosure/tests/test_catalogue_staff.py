"""The screens of catalogues and guides, with the right person and the wrong one."""

from datetime import date

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from gongkai.accounts.models import User
from gongkai.adapters.catalogue_xlsx import write_catalogue
from gongkai.disclosure.actions.guide import change_organ_page
from gongkai.disclosure.models import CatalogueItem, OrganPage, StandardCatalogue
from gongkai.disclosure.queries.catalogue import items_on
from gongkai.disclosure.tests import factories
from gongkai.disclosure.tests.catalogues import (
    TODAY,
    catalogue,
    field,
    item,
    plain_section,
    public,
    row,
)
from gongkai.disclosure.tests.test_catalogue_queries import FACTS
from gongkai.orgs.models import OrganKind, Post, Role
from gongkai.tables.catalogue import FieldTable

pytestmark = pytest.mark.django_db
HOME = "/staff/"


@pytest.fixture(autouse=True)
def _noon(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: factories.NOON)


@pytest.fixture
def county():
    return factories.county()


@pytest.fixture
def office(county):
    return factories.department(county, "zfb", kind=OrganKind.OFFICE, short_name="县府办", order=1)


@pytest.fixture
def finance(county):
    return factories.department(county, name="靖安县财政局", short_name="财政局", order=2)


@pytest.fixture
def water(county):
    return factories.department(county, "slj", name="靖安县水利局", short_name="水利局", order=3)


@pytest.fixture
def held(county, finance, water):
    return catalogue(county)


def sign_in(client, account, organ, role):
    user = User.objects.create_user(account, password="x", name=account)
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    Post.objects.create(user=user, organ=organ, role=role, valid_from=date(2015, 1, 1))
    client.force_login(user)
    return client


@pytest.fixture
def keeper(client, office):
    return sign_in(client, "王公开", office, Role.OGI_OFFICE)


@pytest.fixture
def clerk(client, finance):
    return sign_in(client, "财政信息员", finance, Role.DEPARTMENT_CLERK)


def at(name, *args):
    return reverse(f"disclosure:{name}", args=args)


def text(answer) -> str:
    return answer.content.decode()


def reading(held, made) -> list[str]:
    return [
        at("catalogues"),
        at("catalogue", held.pk),
        at("catalogue_field", made.field_id),
        at("catalogue_matrix", held.pk),
        at("catalogue_behind", held.pk),
        at("legal_coverage", held.county_id),
        at("export_catalogue", held.pk),
        at("guides"),
    ]


def writing(held, made) -> list[str]:
    return [
        at("found_catalogue"),
        at("close_catalogue", held.pk),
        at("import_catalogue", held.pk),
        at("add_catalogue_field", held.pk),
        at("rename_catalogue_field", made.field_id),
        at("close_catalogue_field", made.field_id),
        at("add_catalogue_item", made.field_id),
        at("change_catalogue_item", made.pk),
        at("close_catalogue_item", made.pk),
        at("catalogue_organs", made.pk),
    ]


def test_every_screen_opens_for_the_county_office(keeper, held, finance) -> None:
    made = item(field(held), organs=[finance])
    public(finance, plain_section(held.county, legal_item="20-07"), made)
    for address in [*reading(held, made), *writing(held, made), at("guide", finance.pk)]:
        assert keeper.get(address).status_code == 200, address


def test_a_department_reads_its_own_rows_and_writes_nothing(clerk, held, finance, water) -> None:
    own = item(field(held), organs=[finance])
    item(field(held), second_level="水利的事项", organs=[water])
    for address in reading(held, own):
        answer = clerk.get(address)
        assert answer.status_code == 200, address
        if "xlsx" not in address:
            assert "水利局" not in text(answer), address
            assert "水利的事项" not in text(answer), address
    assert "一般公共预算" in text(clerk.get(at("catalogue_field", own.field_id)))
    behind = at("catalogue_behind", held.pk)
    assert clerk.get(f"{behind}?organ={water.pk}").status_code == 404
    for address in writing(held, own):
        assert clerk.get(address).headers["Location"] == HOME, address
        assert clerk.post(address, {}).headers["Location"] == HOME, address
    assert clerk.get(at("guide", water.pk)).status_code == 404
    assert clerk.get(at("change_organ_page", water.pk)).status_code == 404
    assert clerk.get(at("change_organ_page", finance.pk)).status_code == 200


def test_another_countys_office_finds_nothing(client, held, finance) -> None:
    made = item(field(held), organs=[finance])
    other = factories.county("fengxin", name="奉新县人民政府")
    sign_in(client, "奉新", other, Role.OGI_OFFICE)
    for address in [*reading(held, made)[1:7], *writing(held, made)[1:]]:
        assert client.get(address).status_code == 404, address
        assert client.post(address, {}).status_code in (404, 405), address
    assert "靖安" not in text(client.get(at("catalogues")))


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.AUDITOR, Role.HOTLINE_CLERK])
def test_who_does_no_disclosure_is_turned_away(client, office, held, role) -> None:
    sign_in(client, "别人", office, role)
    assert client.get(at("catalogues")).headers["Location"] == HOME
    assert client.get(at("guides")).headers["Location"] == HOME


def test_a_catalogue_is_founded_and_a_second_refused_with_what_was_typed(
    keeper, county, finance
) -> None:
    told = {
        "county": county.pk,
        "level": "COUNTY",
        "title": "",
        "basis": "54号",
        "on": "2026-01-01",
    }
    answer = keeper.post(at("found_catalogue"), told)
    held = StandardCatalogue.objects.get()
    assert answer.headers["Location"] == at("catalogue", held.pk)
    again = keeper.post(at("found_catalogue"), {**told, "title": "又一份"})
    assert again.status_code == 422
    assert "已有县级标准目录" in text(again)
    assert "又一份" in text(again)


FORM = {
    "number": "1",
    "first_level": "政府预算",
    "second_level": "基金预算",
    "content": "基金收支表",
    "basis": "《预算法》",
    "time_limit": "批准后20日内",
    "update_days": "",
    "organ_words": "财政局",
    "channels": ["政府网站", "政府公报"],
    "other_channel": "",
    "to_all": "on",
    "to_group": "",
    "proactive": "on",
    "at_county": "on",
    "village_words": "",
    "section": "",
    "on": "2026-09-21",
}


def test_an_item_is_added_changed_assigned_and_ended_on_screen(
    keeper, held, finance, water
) -> None:
    where = field(held)
    answer = keeper.post(at("add_catalogue_item", where.pk), FORM)
    made = CatalogueItem.objects.get()
    assert answer.headers["Location"] == at("catalogue_organs", made.pk)
    assert (made.limit_value, made.channels) == (20, ["政府网站", "政府公报"])
    assert "目录中的文字：财政局" in text(keeper.get(at("catalogue_organs", made.pk)))
    keeper.post(at("catalogue_organs", made.pk), {"organs": [finance.pk, water.pk]})
    assert made.organs.count() == 2
    keeper.post(at("change_catalogue_item", made.pk), {**FORM, "content": "改过的内容"})
    made.refresh_from_db()
    assert made.content == "改过的内容"
    keeper.post(at("close_catalogue_item", made.pk), {"on": "2026-09-21", "reason": "取消"})
    assert not items_on(held, TODAY).exists()


def test_what_an_item_lacks_stands_beside_its_field_and_nothing_is_lost(keeper, held) -> None:
    wrong = {**FORM, "to_all": "", "proactive": "", "at_county": ""}
    answer = keeper.post(at("add_catalogue_item", field(held).pk), wrong)
    assert answer.status_code == 422
    errors = answer.context["form"].errors
    assert set(errors) == {"to_all", "proactive", "at_county"}
    assert "基金收支表" in text(answer)
    assert CatalogueItem.objects.count() == 0


def test_a_field_is_added_renamed_and_ended_on_screen(keeper, held) -> None:
    told = {"name": "旅游", "slug": "", "added_by": "上级通知", "on": "2026-09-21"}
    keeper.post(at("add_catalogue_field", held.pk), told)
    added = held.fields.get(name="旅游")
    renamed = {"name": "文化旅游", "added_by": "", "on": "2026-10-01"}
    keeper.post(at("rename_catalogue_field", added.pk), renamed)
    later = held.fields.get(name="文化旅游")
    assert later.code == added.code
    keeper.post(at("close_catalogue_field", later.pk), {"on": "2026-11-01", "reason": "取消"})
    later.refresh_from_db()
    assert later.valid_to == date(2026, 11, 1)
    keeper.post(at("close_catalogue", held.pk), {"on": "2026-12-01", "reason": "重编"})
    held.refresh_from_db()
    assert held.valid_to == date(2026, 12, 1)


def workbook(*rows, name="财政预决算"):
    data = write_catalogue([FieldTable(name, "题", tuple(rows))])
    return SimpleUploadedFile("目录.xlsx", data)


def test_a_workbook_is_looked_at_first_and_then_imported(keeper, held, finance) -> None:
    address = at("import_catalogue", held.pk)
    two = (row(), row(number="2", second_level="基金", organ_words="税务局"))
    seen = keeper.post(address, {"file": workbook(*two), "on": "2026-09-21", "replaces": "on"})
    assert seen.status_code == 200
    assert "税务局" in text(seen)
    assert CatalogueItem.objects.count() == 0
    told = {"token": seen.context["token"], "on": "2026-09-22", "replaces": "on"}
    again = keeper.post(address, told)
    assert again.context["plans"][0].added
    done = keeper.post(address, {**told, "confirm": "1"})
    assert done.headers["Location"] == at("catalogue", held.pk)
    assert items_on(held, date(2026, 9, 22)).count() == 2
    assert not items_on(held, TODAY).exists()


def test_a_wrong_row_is_named_and_nothing_is_imported(keeper, held) -> None:
    address = at("import_catalogue", held.pk)
    wrong = workbook(row(), row(number="2", second_level="基金", basis=""))
    seen = keeper.post(address, {"file": wrong, "on": "2026-09-21"})
    assert seen.status_code == 422
    page = text(seen)
    assert "第5行" in page
    assert "公开依据" in page
    assert "confirm" not in page
    forced = keeper.post(
        address, {"token": seen.context["token"], "on": "2026-09-21", "confirm": "1"}
    )
    assert forced.status_code == 422
    assert CatalogueItem.objects.count() == 0


def test_a_preview_belongs_to_one_person_and_one_catalogue(keeper, client, held, office) -> None:
    address = at("import_catalogue", held.pk)
    seen = keeper.post(address, {"file": workbook(row()), "on": "2026-09-21"})
    told = {"token": seen.context["token"], "on": "2026-09-21", "confirm": "1"}
    sign_in(client, "另一人", office, Role.OGI_OFFICE)
    answer = client.post(address, told)
    assert answer.status_code == 422
    assert "请选择文件" in text(answer)
    assert "请选择文件" in text(client.post(address, {**told, "token": "made-up"}))
    assert CatalogueItem.objects.count() == 0


def test_a_file_that_is_no_workbook_is_refused_in_chinese(keeper, held) -> None:
    address = at("import_catalogue", held.pk)
    bad = SimpleUploadedFile("目录.xlsx", b"MZ\x90 program")
    answer = keeper.post(address, {"file": bad, "on": "2026-09-21"})
    assert answer.status_code == 422
    assert "程序" in text(answer)


def test_an_export_can_be_imported_again(keeper, held, finance) -> None:
    item(field(held))
    data = keeper.get(at("export_catalogue", held.pk) + "?field=03").content
    file = SimpleUploadedFile("目录.xlsx", data)
    seen = keeper.post(
        at("import_catalogue", held.pk), {"file": file, "on": "2026-09-21", "replaces": "on"}
    )
    assert "完全一致" in text(seen)


def test_the_matrix_says_in_words_what_stands_and_leads_to_the_list(
    keeper, held, finance, water
) -> None:
    made = item(field(held), organs=[finance, water])
    public(finance, plain_section(held.county), made)
    page = text(keeper.get(at("catalogue_matrix", held.pk)))
    assert "应公开2项次：已公开1" in page
    assert "齐全" in page
    assert "空白" in page
    link = f"{at('catalogue_behind', held.pk)}?organ={water.pk}&amp;field=03"
    assert link in page
    behind = text(keeper.get(f"{at('catalogue_behind', held.pk)}?organ={water.pk}&field=03"))
    assert "尚未发布任何信息" in behind
    only = keeper.get(at("catalogue_behind", held.pk), {"state": "PUBLISHED"})
    assert [cells[1] for cells in only.context["rows"]] == ["财政局"]
    for nonsense in ("x", "9" * 30, "²"):
        wrong = keeper.get(at("catalogue_behind", held.pk), {"organ": nonsense})
        assert wrong.status_code == 404


def test_a_clerk_completes_and_confirms_the_guide_of_the_own_organ(clerk, finance) -> None:
    page = text(clerk.get(at("guide", finance.pk)))
    assert "公开指南缺" in page
    assert "确认内容准确" not in page
    wrong = clerk.post(at("change_organ_page", finance.pk), {**FACTS, "slug": "不行"})
    assert wrong.status_code == 422
    assert wrong.context["form"].errors["slug"]
    assert "0795-4662134" in text(wrong)
    clerk.post(at("change_organ_page", finance.pk), {**FACTS, "slug": "czj"})
    assert OrganPage.objects.get().slug == "czj"
    clerk.post(at("guide", finance.pk))
    assert OrganPage.objects.get().reviewed_on == TODAY
    assert "已核对" in text(clerk.get(at("guide", finance.pk)))


def test_who_may_only_look_confirms_nothing(client, finance) -> None:
    change_organ_page(finance, slug="czj", **FACTS, by=factories.AUTHOR, at=factories.NOON)
    sign_in(client, "审核", finance, Role.REVIEWER)
    assert client.get(at("guide", finance.pk)).status_code == 200
    assert client.post(at("guide", finance.pk)).headers["Location"] == HOME
    assert client.get(at("change_organ_page", finance.pk)).headers["Location"] == HOME
    assert OrganPage.objects.get().reviewed_on is None


def test_the_list_of_guides_says_what_is_missing(keeper, finance, water) -> None:
    change_organ_page(finance, slug="czj", **FACTS, by=factories.AUTHOR, at=factories.NOON)
    page = text(keeper.get(at("guides")))
    assert "内容齐全，尚未核对" in page
    assert "缺机构名称" in page
