"""The screens: one journey each, what is wrong told and nothing lost, the wrong person refused."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from gongkai.audit.models import Event as LoggedEvent
from gongkai.disclosure.tests import factories as entries
from gongkai.disclosure.tests.staffing import client_of, person
from gongkai.engagement.models import Banner, Faq, Interview, Message, OpinionMatter, Survey
from gongkai.engagement.tests import made
from gongkai.engagement.tests.factories import MONDAY, county, moment
from gongkai.orgs.models import Organ, OrganKind, Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: moment(MONDAY, 17))
    found = county()
    for path in ("hdjl/zxft", "hdjl/xwfb", "hdjl/cjwt"):
        entries.section(found, path)
    return found


@pytest.fixture
def organ(home):
    return entries.department(home, "jtj")


@pytest.fixture
def office(home):
    return Organ.objects.get(kind=OrganKind.OFFICE)


@pytest.fixture
def desk(organ):
    return client_of(person("clerk", (organ, Role.DEPARTMENT_CLERK)))


@pytest.fixture
def second(organ):
    return client_of(person("second", (organ, Role.DEPARTMENT_CLERK)))


def url(name, *args):
    return reverse(f"engagement:{name}", args=args)


def text(answer):
    return answer.content.decode()


def sent_home(answer):
    return answer.status_code == 302 and answer.url == reverse("wagtailadmin_home")


def test_a_message_runs_through_the_screens(desk, second, home, organ):
    assert "没有这样的留言" in text(desk.get(url("messages")))
    row = made.sent(home, organ=organ)
    assert row.title in text(desk.get(url("messages")))
    page = text(desk.get(url("message", row.pk)))
    assert made.WHO[0] not in page.replace(row.text, "")
    assert "张小明，13800001234" in text(desk.post(url("asker", row.pk)))
    assert LoggedEvent.objects.latest("pk").verb == "engagement.show_asker"
    answer = desk.post(url("answer_message", row.pk), {"reply": ""})
    assert (answer.status_code, "请填写“答复内容”" in text(answer)) == (422, True)
    assert desk.post(url("answer_message", row.pk), {"reply": "8日恢复"}).status_code == 302
    form = text(second.get(url("publish_message", row.pk)))
    assert made.WHO[1] not in form.split('<form method="post"')[-1]
    told = {"public_title": "公交", "public_text": f"我是{made.WHO[0]}", "public_answer": "8日恢复"}
    refused = second.post(url("publish_message", row.pk), told)
    assert (refused.status_code, "用*号遮去" in text(refused)) == (422, True)
    told["public_text"] = "何时恢复"
    mine = desk.post(url("publish_message", row.pk), told)
    assert "答复人以外" in text(mine)
    assert second.post(url("publish_message", row.pk), told).url == url("message", row.pk)
    assert row.address in text(desk.get(url("message", row.pk)))
    desk.post(
        url("faq_of_message", row.pk),
        {"organ": organ.pk, "question": "公交何时恢复", "answer": "8日恢复"},
    )
    assert Faq.objects.get().message == row
    assert "公交何时恢复" in text(desk.get(url("faqs")))
    assert "100.0%" in text(desk.get(url("figures")))


def test_what_is_passed_on_leaves_the_desk(desk, home, organ):
    row = made.sent(home, organ=organ)
    form = {"to": home.pk, "why": "由县政府答复"}
    assert desk.post(url("pass_message_on", row.pk), form).url == url("messages")
    assert Message.objects.get().organ == home


def test_a_survey_and_an_interview_run_through_the_screens(desk, second, organ):
    told = {
        "organ": organ.pk,
        "title": "公交调查",
        "intro": "优化线路",
        "opens_on": "2026-09-21",
        "closes_on": "2026-09-30",
        "questions": "只有题目",
    }
    refused = desk.post(url("draft_survey"), told)
    assert (refused.status_code, "2至20个选项" in text(refused)) == (422, True)
    desk.post(url("draft_survey"), told | {"questions": made.QUESTIONS})
    row = Survey.objects.get()
    assert "起草人以外" in text(desk.post(url("open_survey", row.pk)))
    assert second.post(url("open_survey", row.pk)).url == url("survey", row.pk)
    assert "正在进行" in text(desk.get(url("survey", row.pk)))
    plan = {
        "organ": organ.pk,
        "kind": "PRESS",
        "theme": "防汛",
        "guests": "局长",
        "held_at": "2026-09-21T09:00",
        "place": "",
        "questions_until": "",
    }
    desk.post(url("plan_interview"), plan)
    held = Interview.objects.get()
    spoken = {"asked": "损失多少？", "spoken": "正在核定。", "asked_by": "记者", "answered_by": ""}
    desk.post(url("record_exchange", held.pk), spoken)
    answer = desk.post(url("draft_transcript", held.pk))
    held.refresh_from_db()
    assert answer.url == reverse("disclosure:entry", args=[held.transcript_entry_id])
    assert "损失多少？" in text(desk.get(url("interview", held.pk)))


def test_a_matter_runs_through_the_screens_and_is_nobody_elses(desk, home, organ):
    told = {
        "organ": organ.pk,
        "title": "道路中断",
        "opinion_summary": "网民询问",
        "source": "微博",
        "link": "javascript:alert(1)",
        "found_at": "2026-09-21T11:00",
        "severity": "GRAVE",
    }
    refused = desk.post(url("collect"), told)
    assert (refused.status_code, "应当以“http://”" in text(refused)) == (422, True)
    desk.post(url("collect"), told | {"link": ""})
    row = OpinionMatter.objects.get()
    page = text(desk.get(url("opinion", row.pk)))
    assert "已超过1小时0分钟" in page
    answered = {
        "kind": "INFORMATION",
        "channel": "县政府网站",
        "released_at": "2026-09-21T16:30",
        "link": "",
        "spokesman": "",
        "gist": "正在抢修",
    }
    desk.post(url("respond", row.pk), answered)
    page = text(desk.get(url("opinion", row.pk)))
    assert ("超时" in page, "正在抢修" in page) == (True, True)
    other = client_of(person("other", (entries.department(home, "czj2"), Role.DEPARTMENT_CLERK)))
    assert other.get(url("opinion", row.pk)).status_code == 404
    reviewer = client_of(person("reviewer", (organ, Role.REVIEWER)))
    assert sent_home(reviewer.get(url("opinion", row.pk)))  # not even seen
    leader = client_of(person("leader", (home, Role.LEADER)))
    assert leader.get(url("opinion", row.pk)).status_code == 200
    assert sent_home(leader.get(url("respond", row.pk)))


def test_only_the_office_raises_a_banner(desk, home, office):
    for name in ("banners", "raise_banner"):
        assert sent_home(desk.get(url(name)))
    keeper = client_of(person("keeper", (office, Role.OGI_OFFICE)))
    told = {"text": "河水上涨", "until": "2026-09-21T20:00", "link": ""}
    assert keeper.post(url("raise_banner"), told).url == url("banners")
    row = Banner.objects.get()
    assert "正在显示" in text(keeper.get(url("banners")))
    assert sent_home(desk.post(url("lift_banner", row.pk)))
    keeper.post(url("lift_banner", row.pk))
    assert Banner.objects.get().lifted_by == "keeper"


def test_the_wrong_person_finds_every_door_shut(home, organ):
    row, asked = made.sent(home, organ=organ), made.survey(organ)
    held = made.interview(organ)
    acts = [
        *((name, row.pk) for name in ("asker", "answer_message", "decline_message")),
        *((name, row.pk) for name in ("pass_message_on", "classify_message", "publish_message")),
        *((name, row.pk) for name in ("take_message_off", "faq_of_message")),
        *((name, asked.pk) for name in ("change_survey", "open_survey", "extend_survey")),
        *((name, asked.pk) for name in ("publish_results", "cancel_survey")),
        *((name, held.pk) for name in ("change_interview", "cancel_interview")),
        *((name, held.pk) for name in ("record_exchange", "draft_transcript")),
    ]
    stranger = client_of(
        person("stranger", (entries.department(home, "czj2"), Role.DEPARTMENT_CLERK))
    )
    viewer = client_of(person("viewer", (organ, Role.REVIEWER)))
    nobody = client_of(person("nobody"))
    for name, pk in acts:
        assert stranger.post(url(name, pk)).status_code == 404, name
        assert sent_home(viewer.post(url(name, pk))), name
        assert sent_home(nobody.post(url(name, pk))), name
    for page in (url("message", row.pk), url("survey", asked.pk), url("interview", held.pk)):
        assert viewer.get(page).status_code == 200
        assert stranger.get(page).status_code == 404
    for name in ("draft_survey", "plan_interview", "draft_faq", "open_mailbox"):
        assert sent_home(viewer.get(url(name))), name
    assert sent_home(stranger.get(url("open_mailbox")))
    assert Message.objects.get().state == "RECEIVED"


def test_the_menu_offers_what_a_person_may_see(desk, home, office):
    shown = text(desk.get(reverse("wagtailadmin_home")))
    assert (url("opinions") in shown, url("banners") in shown) == (True, False)
    keeper = client_of(person("keeper", (office, Role.OGI_OFFICE)))
    assert url("banners") in text(keeper.get(reverse("wagtailadmin_home")))


def test_late_messages_are_told_at_once(desk, home, organ, monkeypatch):
    made.sent(home, organ=organ)
    monkeypatch.setattr(timezone, "now", lambda: moment(MONDAY + timedelta(days=60)))
    clerk = client_of(person("later", (organ, Role.DEPARTMENT_CLERK)))
    assert "已超期" in text(clerk.get(url("messages")))
