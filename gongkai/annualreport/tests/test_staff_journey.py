"""The year through the screens: opened, handed in by three units, accepted, frozen, published."""

from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from gongkai.annualreport.models import Report, ReportYear
from gongkai.annualreport.queries import published_report, published_reports
from gongkai.annualreport.tests.factories import user
from gongkai.orgs.models import Role
from gongkai.tables.facts import Measure


def sign_in(client, name, organ, role):
    person = user(name, organ, role)
    person.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(person)
    return person


@pytest.fixture(autouse=True)
def january(monkeypatch):
    """It is 20 January 2021 in the county."""
    monkeypatch.setattr(
        "django.utils.timezone.now", lambda: datetime(2021, 1, 20, 2, 0, tzinfo=UTC)
    )


def say(client, url, verb, **more):
    return client.post(url, {"verb": verb, **more}, follow=True)


WRITTEN = "一是公开的及时性有待提高。\n下一步将加强培训。"


def test_a_year_from_opening_to_publication(client, county, filled):
    office, clerks = (client.__class__() for _ in range(2))
    sign_in(office, "office", county.office, Role.OGI_OFFICE)
    opened = say(
        office,
        reverse("annualreport:years"),
        "open_year",
        county=county.government.pk,
        year="2020",
        returns_due_on="",
    )
    assert "4 个单位填报" in opened.content.decode()
    year = ReportYear.objects.get()
    board = reverse("annualreport:board", args=[year.pk])

    people = {
        county.finance: Role.DEPARTMENT_CLERK,
        county.housing: Role.DEPARTMENT_CLERK,
        county.township: Role.TOWNSHIP_CLERK,
    }
    for organ, role in people.items():
        sign_in(clerks, f"clerk-{organ.pk}", organ, role)
        unit = year.returns.get(organ=organ)
        page = reverse("annualreport:return", args=[unit.pk])
        refused = say(clerks, page, "submit")
        assert refused.status_code == 422
        assert "请填写" in refused.content.decode()
        prose = reverse("annualreport:return_prose", args=[unit.pk])
        assert say(clerks, prose, "write_prose", problems=WRITTEN).status_code == 200
        done = say(clerks, page, "submit")
        assert "等待县政府办接收" in done.content.decode()

    own = reverse("annualreport:return", args=[year.returns.get(organ=county.government).pk])
    assert "等待县政府办接收" in say(office, own, "submit").content.decode()
    shown = office.get(board).content.decode()
    assert "已报送 4 / 4" in shown
    for unit in year.returns.all():
        page = reverse("annualreport:return", args=[unit.pk])
        assert "已接收" in say(office, page, "accept").content.decode()

    report = Report.objects.get(organ=county.government)
    page = reverse("annualreport:report", args=[report.pk])
    prose = reverse("annualreport:report_prose", args=[report.pk])
    say(office, prose, "write_prose", problems=WRITTEN, supervision="接受社会评议。")
    assert "已定稿" in say(office, page, "freeze").content.decode()
    published = say(office, page, "publish")
    assert "年度报告已公布" in published.content.decode()
    assert "新收政府信息公开申请3件" in published.content.decode()
    assert "已公布 3 份" in say(office, board, "publish_units").content.decode()

    lines = published_reports(county.government)
    assert [line.organ_code for line in lines] == ["pa", "pa-finance", "pa-housing", "pa-qingxi"]
    shown = published_report(county.government, 2020)
    assert shown.line.published_on == date(2021, 1, 20)
    assert shown.content.sections[0].parts[1].heading == "（二）依申请公开"
    assert shown.data["sha256"] == shown.sha256
    township = published_report(county.government, 2020, county.township)
    assert township.data["tables"]["requests"]["1"]["o4"] == 1
    assert published_report(county.government, 2019) is None

    for kind in ("docx", "xlsx", "html", "json", "text"):
        made = office.get(reverse("annualreport:download", args=[report.pk, kind]))
        assert made.status_code == 200
        assert made["Content-Disposition"].startswith("attachment; filename*=UTF-8''")

    filled.register.add(Measure("register.LICENCE", "decisions"), county.inner, date(2020, 8, 1), 6)
    drifted = office.get(reverse("annualreport:consolidation", args=[year.pk])).content.decode()
    assert "有 1 处不同" in drifted
    corrected = say(office, page, "correct", reason="许可决定漏报")
    assert "第 2 版" in corrected.content.decode()
    unit = year.returns.get(organ=county.housing)
    back = say(
        office, reverse("annualreport:return", args=[unit.pk]), "reopen", reason="补报许可决定"
    )
    assert "补报许可决定" in back.content.decode()


def test_every_figure_opens_its_records(client, county, filled, year):
    sign_in(client, "office", county.office, Role.OGI_OFFICE)
    unit = year.returns.get(organ=county.housing)
    page = client.get(reverse("annualreport:return", args=[unit.pk])).content.decode()
    url = reverse("annualreport:cell", args=[year.pk, f"return-{unit.pk}", "proactive/T2.5.1/c3"])
    assert f'href="{url}"' in page
    cell = client.get(url).content.decode()
    assert "154" in cell
    assert "征收办" in cell  # the inner body whose record it is
    total = reverse("annualreport:cell", args=[year.pk, "COUNTY", "requests/3.7/t"])
    shown = client.get(total)
    assert len(shown.context["records"]) == 3
    assert shown.context["total"] == "3"
    amount = reverse("annualreport:cell", args=[year.pk, "DEPARTMENTS", "proactive/T2.9.1/c2"])
    assert client.get(amount).context["total"] == "20063.4964"
    remedies = reverse("annualreport:cell", args=[year.pk, "OWN", "remedies/r5"])
    assert "没有计入这一格的记录" in client.get(remedies).content.decode()


@pytest.mark.parametrize(
    "address",
    ["COUNTY/requests/9/p", "COUNTY/nothing", "NOBODY/requests/1/p", "return-99999/requests/1/p"],
)
def test_cell_that_is_not_there(client, county, filled, year, address):
    sign_in(client, "office", county.office, Role.OGI_OFFICE)
    assert client.get(f"/staff/annualreport/{year.pk}/cell/{address}/").status_code == 404


def test_refused_prose_stays_on_the_page(client, county, filled, year):
    sign_in(client, "clerk", county.finance, Role.DEPARTMENT_CLERK)
    unit = year.returns.get(organ=county.finance)
    url = reverse("annualreport:return_prose", args=[unit.pk])
    typed = "网站公开信息6560条，<b>很多</b>。"
    refused = client.post(url, {"verb": "write_prose", "problems": typed})
    shown = refused.content.decode()
    assert refused.status_code == 422
    assert "网站公开信息6560条，&lt;b&gt;很多&lt;/b&gt;。</textarea>" in shown
    assert "第 1 段第 7 字“6560条”" in shown
    unit.refresh_from_db()
    assert "6560" not in unit.templates["problems"]


def test_stated_figure_is_named_in_prose_and_nothing_typed_is_lost(client, county, year):
    sign_in(client, "clerk", county.finance, Role.DEPARTMENT_CLERK)
    unit = year.returns.get(organ=county.finance)
    url = reverse("annualreport:return_prose", args=[unit.pk])
    stated = {
        "stated_name": "网站信息",
        "stated_value": "6560",
        "stated_unit": "条",
        "stated_source": "门户网站后台统计",
    }
    kept = client.post(url, {"verb": "state_figure", "problems": "还没保存的字", **stated})
    assert "还没保存的字</textarea>" in kept.content.decode()
    unit.refresh_from_db()
    assert unit.stated["自报.网站信息"]["value"] == "6560"
    client.post(url, {"verb": "write_prose", "proactive": "公开{{ 自报.网站信息 }}。"})
    refused = client.post(url, {"verb": "drop_stated_figure:自报.网站信息"})
    assert "正在引用" in refused.content.decode()
    bad = client.post(url, {"verb": "state_figure", **stated, "stated_source": " "})
    assert bad.status_code == 422
    assert "请填写数据来源" in bad.content.decode()


def test_reason_typed_stays_when_the_verb_is_refused(client, county, filled, year):
    sign_in(client, "office", county.office, Role.OGI_OFFICE)
    unit = year.returns.get(organ=county.finance)
    page = reverse("annualreport:return", args=[unit.pk])
    refused = client.post(page, {"verb": "send_back", "reason": "请重新核对"})
    assert refused.status_code == 422
    assert "尚未报送，不必退回" in refused.content.decode()


def test_board_needs_no_more_queries_for_more_units(
    client, county, filled, year, django_assert_max_num_queries
):
    from gongkai.annualreport import actions
    from gongkai.annualreport.tests import factories
    from gongkai.orgs.models import OrganKind

    sign_in(client, "office", county.office, Role.OGI_OFFICE)
    url = reverse("annualreport:board", args=[year.pk])
    client.get(url)
    with django_assert_max_num_queries(60) as few:
        client.get(url)
    for number in range(20):
        factories.organ(
            f"pa-d{number}", OrganKind.DEPARTMENT, f"平安县第{number}局", county.government
        )
    actions.add_missing_units(year, by=factories.OFFICE, at=factories.JANUARY)
    with django_assert_max_num_queries(len(few)):
        client.get(url)
