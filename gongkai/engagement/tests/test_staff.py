"""The screens: journeys, what is wrong told and nothing lost, the wrong person on every door."""

import pytest
from django.urls import reverse
from django.utils import timezone

from gongkai.accounts.models import User
from gongkai.audit.models import Event as LoggedEvent
from gongkai.disclosure.tests import factories as entries
from gongkai.disclosure.tests.staffing import client_of, person
from gongkai.engagement.lifecycle import SolicitationState
from gongkai.engagement.models import ErrorReport, Solicitation
from gongkai.engagement.tests.factories import (
    AFTER,
    CLOSES,
    CONTACT,
    MONDAY,
    NAME,
    OPENS,
    answered,
    commented,
    county,
    drafted,
    fed_back,
    fresh,
    moment,
    opened,
    reported,
)
from gongkai.orgs.models import Role

pytestmark = pytest.mark.django_db
TYPED = {
    "name": NAME,
    "opens_on": "2026-09-22",
    "closes_on": "2026-10-25",
    "affects_market": "on",
    "online": "on",
    "address": "双溪镇新大街1号",
    "email": "zqyj@example.com",
    "phone": "",
    "short_reason": "",
}


@pytest.fixture
def clock(monkeypatch):
    """Return a setter of the present moment."""

    def at(day, hour=9):
        monkeypatch.setattr(timezone, "now", lambda: moment(day, hour))

    at(MONDAY, 17)
    return at


@pytest.fixture
def organ(clock):
    return entries.department(county(), "csgl")


@pytest.fixture
def desk(organ):
    return client_of(person("author", (organ, Role.DEPARTMENT_CLERK)))


def url(name, *args):
    return reverse(f"engagement:{name}", args=args)


def text(answer):
    return answer.content.decode()


def sign_in_again(browser, account):
    """Sign in after a jump of the clock: sessions end after some days."""
    browser.force_login(User.objects.get(username=account))


def sent_home(answer):
    return answer.status_code == 302 and answer.url == reverse("wagtailadmin_home")


def own_report(organ, **changes):
    """Return a report on a page of the organ itself."""
    where = entries.section(organ.county, "zwgk/tjxx")
    page = entries.published(organ, where, at=moment(MONDAY, 8), title="统计公报")
    return reported(organ.county, page=page.address, **changes)


def report_urls(report):
    return [
        (url("report", report.pk), "get"),
        (url("contact", report.pk), "post"),
        (url("pass_on", report.pk), "get"),
        (url("pass_on", report.pk), "post"),
        (url("answer_error", report.pk), "get"),
        (url("answer_error", report.pk), "post"),
    ]


def solicitation_urls(row, comment):
    names = ("solicitation", "term", "cancel", "document", "comments", "record_comment")
    found = [(url(name, row.pk), "get") for name in names]
    acting = ("term", "cancel", "document", "unlink", "feedback", "comments", "record_comment")
    found += [(url(name, row.pk), "post") for name in acting]
    return [*found, (url("commenter", row.pk, comment.pk), "post")]


def test_an_error_report_runs_through_the_screens(desk, organ, clock):
    assert "没有待答复的纠错" in text(desk.get(url("reports")))
    report = own_report(organ)
    page = text(desk.get(url("report", report.pk)))
    assert "第二段“按排”应为“安排”" in page
    assert CONTACT not in page
    assert CONTACT in text(desk.post(url("contact", report.pk)))
    assert LoggedEvent.objects.latest("pk").verb == "engagement.show_contact"
    answer = desk.post(url("answer_error", report.pk), {"result": "", "answer": "改了半句"})
    assert answer.status_code == 422
    assert "请选择“处理结果”" in text(answer)
    assert "改了半句" in text(answer)
    clock(MONDAY.replace(day=28))
    assert "已超期" in text(desk.get(url("reports")))
    assert "已超过答复期限" in text(desk.get(url("report", report.pk)))
    desk.post(url("answer_error", report.pk), {"result": "CORRECTED", "answer": "已改正"})
    report.refresh_from_db()
    assert report.answer == "已改正"
    page = text(desk.get(url("report", report.pk)))
    assert "超期答复" in page
    assert "可以办理的事项" not in page
    assert "没有待答复的纠错" in text(desk.get(url("reports")))
    listed = text(desk.get(url("reports"), {"answered": "1", "q": "统计公报"}))
    assert report.number in listed
    assert desk.get(url("answer_error", report.pk)).url == url("report", report.pk)


def test_what_is_passed_on_leaves_the_desk(desk, organ):
    report = own_report(organ)
    form = {"to": organ.county_id, "why": "网页由县政府发布"}
    assert desk.post(url("pass_on", report.pk), form).url == url("reports")
    assert desk.get(url("report", report.pk)).status_code == 404
    office = client_of(person("office", (organ.county, Role.OGI_OFFICE)))
    page = text(office.get(url("report", report.pk)))
    assert "网页由县政府发布" in page


def test_a_solicitation_runs_through_the_screens(desk, organ, clock):
    assert "还没有意见征集" in text(desk.get(url("solicitations")))
    answer = desk.post(url("draft_solicitation"), TYPED | {"organ": organ.pk})
    row = Solicitation.objects.get()
    assert answer.url == url("solicitation", row.pk)
    page = text(desk.get(answer.url))
    assert "起草中" in page
    assert reverse("disclosure:entry", args=[row.entry_id]) in page
    other = opened(entries.department(organ.county, "other"))
    assert url("solicitation", other.pk) not in text(desk.get(url("solicitations")))
    form = TYPED | {"closes_on": "2026-11-05"}
    assert desk.post(url("term", row.pk), form).status_code == 302
    assert fresh(row).closes_on.isoformat() == "2026-11-05"
    assert desk.post(url("cancel", row.pk), {"why": "不再制定"}).status_code == 302
    assert fresh(row).state == SolicitationState.CANCELLED


def test_comments_are_disposed_of_together_and_feedback_drafted(desk, organ, clock):
    row = opened(organ)
    one = commented(row, "停车费太高", name="万里", contact=CONTACT)
    two = commented(row, "收费应当下调")
    clock(OPENS, 17)
    letter = {"channel": "POST", "received_on": "2026-09-22", "text": "来信一封"}
    assert desk.post(url("record_comment", row.pk), letter).status_code == 302
    wrong = desk.post(url("record_comment", row.pk), letter | {"received_on": "2026-09-23"})
    assert wrong.status_code == 422
    assert "来信一封" in text(wrong)
    assert desk.post(url("record_comment", row.pk), letter | {"channel": "ONLINE"}).status_code == (
        422
    )
    page = text(desk.get(url("comments", row.pk)))
    assert "停车费太高" in page
    assert "万里" not in page
    assert "万里" in text(desk.post(url("commenter", row.pk, one.pk)))
    told = {"comments": [one.pk, two.pk], "disposition": "PARTLY", "summary": "降低收费"}
    wrong = desk.post(url("comments", row.pk), told)
    assert wrong.status_code == 422
    assert "降低收费" in text(wrong)
    assert text(wrong).count("checked") == 2
    assert "请先在下面勾选" in text(desk.post(url("comments", row.pk), told | {"comments": []}))
    stranger = {"comments": ["x"], "disposition": "ADOPTED", "summary": "一"}
    assert desk.post(url("comments", row.pk), stranger).status_code == 422
    desk.post(url("comments", row.pk), told | {"reason": "夜间下调"})
    clock(AFTER)
    sign_in_again(desk, "author")
    refused = desk.post(url("feedback", row.pk), follow=True)
    assert "还有1条意见没有处理" in text(refused)
    last = row.comments.get(number=3)
    desk.post(url("comments", row.pk), {"comments": [last.pk], "disposition": "UNRELATED"})
    answer = desk.post(url("feedback", row.pk))
    row = fresh(row)
    assert answer.url == reverse("disclosure:entry", args=[row.feedback_entry_id])
    page = text(desk.get(url("solicitation", row.pk)))
    assert "降低收费" in page
    assert "重新生成反馈" in page
    assert "停车费太高" in text(desk.get(url("comments", row.pk), {"shown": "all"}))


def test_an_overdue_feedback_is_told(desk, organ, clock):
    row = opened(organ)
    clock(CLOSES.replace(month=12))
    sign_in_again(desk, "author")
    assert "还没有公布采纳情况" in text(desk.get(url("solicitations")))
    assert row.name in text(desk.get(url("solicitations"), {"late": "1"}))
    assert "截止已久" in text(desk.get(url("solicitation", row.pk)))


def test_the_document_is_found_and_linked(desk, organ, clock):
    row = opened(organ)
    where = entries.section(organ.county, "zwgk/gfxwj")
    document = entries.published(organ, where, at=moment(MONDAY, 12), title="城市停车管理办法")
    address = url("document", row.pk)
    assert "没有找到" in text(desk.get(address, {"q": "没有的"}))
    assert document.title in text(desk.get(address, {"q": "停车管理"}))
    assert desk.post(address, {"document": document.pk}).status_code == 422
    found = f"{address}?q=停车管理"
    assert desk.post(found, {"document": "x"}).status_code == 422
    assert desk.post(found, {"document": document.pk}).status_code == 302
    assert document.title in text(desk.get(url("solicitation", row.pk)))
    desk.post(url("unlink", row.pk))
    assert fresh(row).document_id is None


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": ""}, "请填写“文稿名称”"),
        ({"closes_on": "2026-10-01"}, "一般不少于30日"),
        ({"closes_on": "2026-09-01"}, "早于“开始日期”"),
        ({"opens_on": "明天"}, "应当是日期"),
        ({"online": "", "address": "", "email": ""}, "至少开通一种"),
    ],
)
def test_a_wrong_draft_says_what_is_wrong_and_loses_nothing(desk, organ, changes, said):
    answer = desk.post(url("draft_solicitation"), TYPED | {"organ": organ.pk} | changes)
    assert answer.status_code == 422
    assert said in text(answer)
    assert changes.get("email", "zqyj@example.com") in text(answer)
    assert not Solicitation.objects.exists()


def test_a_person_drafts_for_their_own_organ_alone(desk, organ):
    other = entries.department(organ.county, "other")
    answer = desk.post(url("draft_solicitation"), TYPED | {"organ": other.pk})
    assert answer.status_code == 422
    assert not Solicitation.objects.exists()


@pytest.mark.parametrize(
    "role", [Role.DEPARTMENT_CLERK, Role.REVIEWER, Role.OGI_OFFICE, Role.LEADER]
)
def test_another_departments_people_find_nothing(organ, role):
    report, row = own_report(organ), opened(organ)
    comment = commented(row, name="万里")
    other = entries.department(organ.county, "other")
    stranger = client_of(person("stranger", (other, role)))
    events = LoggedEvent.objects.count()
    for address, method in (*report_urls(report), *solicitation_urls(row, comment)):
        assert getattr(stranger, method)(address).status_code == 404, address
    assert report.number not in text(stranger.get(url("reports")))
    assert row.name not in text(stranger.get(url("solicitations")))
    assert LoggedEvent.objects.count() == events


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.OGI_HEAD, Role.LEADER])
def test_who_only_looks_changes_nothing_and_sees_no_names(organ, role):
    report, row = own_report(organ), opened(organ)
    comment = commented(row, name="万里")
    looker = client_of(person("looker", (organ, role)))
    page = text(looker.get(url("report", report.pk)))
    assert "查看联系方式" not in page
    assert "可以办理的事项" not in page
    page = text(looker.get(url("comments", row.pk)))
    assert "查看提出人" not in page
    assert "处理所选意见" not in page
    events = LoggedEvent.objects.count()
    looks = {url("report", report.pk), url("solicitation", row.pk), url("comments", row.pk)}
    for address, method in (*report_urls(report), *solicitation_urls(row, comment)):
        if method == "get" and address in looks:
            continue
        assert sent_home(getattr(looker, method)(address)), address
    assert sent_home(looker.get(url("draft_solicitation")))
    assert LoggedEvent.objects.count() == events
    assert ErrorReport.objects.get().state == "RECEIVED"


@pytest.mark.parametrize("role", [Role.HOTLINE_CLERK, Role.AUDITOR, Role.EVALUATOR, None])
def test_other_posts_and_superusers_have_no_business_here(organ, role):
    report, row = own_report(organ), opened(organ)
    comment = commented(row)
    user = person("outsider", *([(organ, role)] if role else []))
    user.is_superuser = role is None
    user.save()
    outsider = client_of(user)
    for address, method in (*report_urls(report), *solicitation_urls(row, comment)):
        assert sent_home(getattr(outsider, method)(address)), address
    assert url("reports") not in text(outsider.get(reverse("wagtailadmin_home")))


def test_who_has_not_signed_in_is_sent_to_the_door(client, organ):
    report, row = own_report(organ), opened(organ)
    comment = commented(row)
    for address, method in (*report_urls(report), *solicitation_urls(row, comment)):
        assert "login" in getattr(client, method)(address).url


def test_every_state_is_shown_to_the_county_office(organ, clock):
    office = client_of(person("office", (organ.county, Role.OGI_OFFICE)))
    answered(organ.county)
    made = [drafted(organ), opened(organ, name="二号稿")]
    clock(AFTER, 18)
    sign_in_again(office, "office")
    made += [fed_back(entries.department(organ.county, "third"))]
    for row in made:
        assert row.name in text(office.get(url("solicitation", row.pk)))
    page = text(office.get(url("solicitations")))
    assert "已反馈" in page
    assert "已截止" in page
    assert "已更正" in text(office.get(url("reports"), {"answered": "1"}))


def test_the_home_counts_what_waits_for_those_it_concerns(desk, organ, clock):
    home = reverse("wagtailadmin_home")
    assert "网站纠错</h2>" not in text(desk.get(home))
    own_report(organ)
    assert "条纠错待答复" in text(desk.get(home))
    clock(MONDAY.replace(day=28))
    assert "条纠错已超期" in text(desk.get(home))
    hotline = client_of(person("hot", (organ, Role.HOTLINE_CLERK)))
    assert "条纠错" not in text(hotline.get(home))
