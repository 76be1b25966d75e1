"""Screens of dossiers, clean-ups, filing, decisions and gazettes, by the right and the wrong."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from gongkai.accounts.models import User
from gongkai.disclosure.lifecycle import EntryState
from gongkai.disclosure.models import Entry
from gongkai.disclosure.tests import factories as released
from gongkai.orgs.models import Organ, Post, Role
from gongkai.policy import actions
from gongkai.policy.models import (
    GazetteIssue,
    Interpretation,
    MajorDecision,
    PolicyDocument,
    ReviewRound,
)
from gongkai.policy.tests import dossiers as made

pytestmark = pytest.mark.django_db
NOON, SAID = made.NOON, made.SAID


@pytest.fixture(autouse=True)
def _noon(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOON + timedelta(minutes=1))


@pytest.fixture
def finance():
    return made.site()[1]


def person(client, organ: Organ, role: Role):
    user = User.objects.create_user(f"{organ.code}-{role}", password="x", name="某人")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    Post.objects.create(user=user, organ=organ, role=role, valid_from=date(2015, 1, 1))
    client.force_login(user)
    return client


def url(name, *args):
    return reverse(f"policy:{name}", args=args)


def page(client, name, *args, status=200, **query):
    answer = client.get(url(name, *args), query)
    assert answer.status_code == status, name
    return answer.content.decode()


def post(client, name, *args, status=302, **form):
    answer = client.post(url(name, *args), form)
    assert answer.status_code == status, answer.content.decode()[:3000]
    return answer


def refused(answer) -> bool:
    """Say whether Wagtail sent the person home, which is how it tells of a refusal."""
    return answer.status_code == 302 and answer.url == reverse("wagtailadmin_home")


def test_a_clerk_drafts_explains_and_submits_together(client, finance):
    person(client, finance, Role.DEPARTMENT_CLERK)
    assert "起草文件" in page(client, "dossiers")
    form = {
        "organ": finance.pk,
        "kind": "NORMATIVE",
        "title": "靖安县财政局关于印发资金管理办法的通知",
        "document_number": "靖财字〔2026〕8号",
        "formed_on": "2026-09-18",
        "genre": "NOTICE",
        "subject": "0401",
    }
    shown = post(client, "draft", status=422, **(form | {"title": ""})).content.decode()
    assert "请填写标题" in shown
    assert "靖财字〔2026〕8号" in shown
    post(client, "draft", **form)
    document = PolicyDocument.objects.get()
    shown = page(client, "dossier", document.pk)
    assert "没有解读，请添加解读" in shown
    assert "正文还没有写" in shown
    wrong = {"form": "QUESTIONS", "title": "问答", "pairs": "问：谁？"}
    assert (
        "都不能空" in post(client, "interpret", document.pk, status=422, **wrong).content.decode()
    )
    pairs = "问：谁适用？\n答：全县各单位。\n乡镇也适用。\n\n问：几时施行？\n答：公布之日起。"
    post(client, "interpret", document.pk, form="QUESTIONS", title="问答", pairs=pairs)
    interpretation = Interpretation.objects.get()
    assert "谁适用？" in page(client, "pairs", interpretation.pk)
    changed = {"pairs": pairs.replace("几时", "何时"), "revision": "0"}
    post(client, "pairs", interpretation.pk, **changed)
    assert (
        "刚才已由其他人保存"
        in post(client, "pairs", interpretation.pk, status=422, **changed).content.decode()
    )
    answer = client.post(url("submit", document.pk), follow=True).content.decode()
    assert "请填写“正文”" in answer
    post(client, "terms", document.pk, kind="OTHER", effective_on="2026-10-01", ends_on="")
    assert page(client, "terms", document.pk)


def test_the_publisher_releases_both(client, finance):
    document = made.drafted(finance)
    made.explained(document)
    made.signed(document)
    person(client, finance, Role.PUBLISHER)
    assert "文件和解读一并发布" in page(client, "dossier", document.pk)
    assert refused(client.post(url("submit", document.pk)))
    answer = client.post(url("publish_dossier", document.pk), follow=True)
    assert "已一并发布" in answer.content.decode()
    assert Entry.objects.filter(live=True).count() == 2
    assert client.get(url("publish_dossier", document.pk)).status_code == 302


def test_an_exemption_is_written_and_taken_back(client, finance):
    document = made.drafted(finance)
    person(client, finance, Role.DEPARTMENT_CLERK)
    page(client, "exempt", document.pk)
    post(client, "exempt", document.pk, reason="转发上级文件")
    assert "免予解读：转发上级文件" in page(client, "dossier", document.pk)
    post(client, "require", document.pk)
    assert "没有解读，请添加解读" in page(client, "dossier", document.pk)


@pytest.mark.parametrize("role", [Role.TOWNSHIP_CLERK, Role.PUBLISHER, Role.REVIEWER])
def test_another_organ_never_sees_a_dossier(client, finance, role):
    document = made.drafted(finance)
    asked = made.explained(document, made.InterpretationForm.QUESTIONS, pairs=[])
    stranger = released.department(finance.county, "xiangtian")
    person(client, stranger, role)
    for name in ("dossier", "terms", "interpret", "exempt", "file", "relate", "lapse"):
        assert client.get(url(name, document.pk)).status_code == 404, name
    for name in ("submit", "publish_dossier", "require", "terms", "interpret", "exempt"):
        assert client.post(url(name, document.pk)).status_code == 404, name
    assert client.get(url("pairs", asked.pk)).status_code == 404
    assert document.title not in page(client, "dossiers")


def test_who_may_only_look_changes_nothing(client, finance):
    document = made.drafted(finance)
    person(client, finance, Role.REVIEWER)
    assert document.title in page(client, "dossier", document.pk)
    for name in ("submit", "publish_dossier", "require", "terms", "interpret", "exempt", "lapse"):
        assert refused(client.post(url(name, document.pk))), name
    assert refused(client.get(url("draft")))


def test_filing_is_listed_and_recorded(client, finance):
    document = made.published(finance)
    person(client, finance, Role.DEPARTMENT_CLERK)
    assert "还有30日" in page(client, "filings")
    told = {"filed_on": "2026-09-21", "filing_number": ""}
    assert "请填写备案号" in post(client, "file", document.pk, status=422, **told).content.decode()
    post(client, "file", document.pk, **(told | {"filing_number": "靖备〔2026〕1号"}))
    assert "靖备〔2026〕1号" in page(client, "filings", list="filed")
    assert "靖备〔2026〕1号" in page(client, "record", document.pk)
    made.published(finance, ends_on=date(2026, 12, 1))
    assert "2026-12-01" in page(client, "expiring")


def test_a_clean_up_goes_from_opening_to_its_lists(client, finance):
    document, other = made.published(finance), made.published(finance)
    office = released.department(
        finance.county, "fuban", kind="OFFICE", name="靖安县人民政府办公室", short_name="县政府办"
    )
    person(client, office, Role.OGI_OFFICE)
    page(client, "rounds")
    opening = {"title": "2026年清理", "year": "2026", "basis": "靖府办字〔2026〕5号"}
    page(client, "open_round")
    post(client, "open_round", **opening)
    round_ = ReviewRound.objects.get()
    item, second = (round_.items.get(document=each) for each in (document, other))
    person(client, finance, Role.DEPARTMENT_CLERK)
    assert document.title in page(client, "round", round_.pk)
    page(client, "propose", item.pk)
    assert (
        "请填写理由"
        in post(
            client, "propose", item.pk, status=422, decision="REPEAL", reason=""
        ).content.decode()
    )
    post(client, "propose", item.pk, decision="REPEAL", reason="任务完成")
    for name, key in (("settle", item.pk), ("close_round", round_.pk)):
        assert refused(client.post(url(name, key))), name
    assert refused(client.get(url("open_round")))
    stranger = released.department(finance.county, "other")
    person(client, stranger, Role.DEPARTMENT_CLERK)
    assert client.get(url("propose", item.pk)).status_code == 404
    assert document.title not in page(client, "round", round_.pk)
    client.force_login(User.objects.get(username=f"fuban-{Role.OGI_OFFICE}"))
    assert "部门建议：废止" in page(client, "settle", item.pk)
    post(client, "settle", item.pk, decision="REPEAL", reason="")
    post(client, "settle", second.pk, decision="KEEP", reason="会议研究")
    page(client, "close_round", round_.pk)
    post(client, "close_round", round_.pk, effective_on="2026-09-22", decree="靖府发〔2026〕9号")
    shown = page(client, "round", round_.pk)
    assert "清理结果公告" in shown
    assert "本次保留1件" in shown


def test_the_office_keeps_decisions_and_gazettes_and_nobody_else(client, finance):
    one = made.published(finance)
    released.section(finance.county, "zwgk/fdzdgknr/zdjc")
    office = released.department(
        finance.county, "fuban", kind="OFFICE", name="靖安县人民政府办公室", short_name="县政府办"
    )
    person(client, finance, Role.DEPARTMENT_CLERK)
    names = ("all_decisions", "add_decision", "gazettes", "compose_issue")
    for name in names:
        assert refused(client.get(url(name))), name
    person(client, office, Role.OGI_OFFICE)
    for name in names:
        page(client, name)
    post(client, "add_decision", year="2026", title="水价调整", organ=finance.pk)
    decision = MajorDecision.objects.get()
    told = {"steps": ["LEGAL"], "step": "DECIDED", "index_number": "没有"}
    page(client, "decision_steps", decision.pk)
    assert (
        "没有这一索引号"
        in post(client, "decision_steps", decision.pk, status=422, **told).content.decode()
    )
    told["index_number"] = one.entry.index_number
    post(client, "decision_steps", decision.pk, **told)
    post(client, "draft_catalogue", decision.catalogue_id)
    assert "合法性审查" in page(client, "decisions", decision.catalogue_id)
    post(client, "drop_decision", decision.pk, reason="不再调整")
    post(client, "compose_issue", year="2026", number="1", total="")
    issue = GazetteIssue.objects.get()
    assert one.title in page(client, "gazette", issue.pk)
    key = one.entry_id
    post(client, "gazette", issue.pk, **{f"order-{key}": "一", f"heading-{key}": "部门文件"})
    assert not issue.items.exists()
    post(client, "gazette", issue.pk, **{f"order-{key}": "1", f"heading-{key}": "部门文件"})
    post(client, "publish_issue", issue.pk, published_on="2026-09-21")
    assert "刊登的文本已经固定" in page(client, "gazette", issue.pk)


def test_documents_are_related_and_lapse_on_their_screens(client, finance):
    one, other = made.published(finance), made.published(finance)
    person(client, finance, Role.DEPARTMENT_CLERK)
    page(client, "relate", one.pk)
    told = {"kind": "IMPLEMENTS", "source_number": other.document_number}
    post(client, "relate", one.pk, **told)
    assert other.title in page(client, "record", one.pk)
    page(client, "lapse", one.pk)
    post(client, "lapse", one.pk, last_on="2026-09-30", reason="任务完成")
    assert "2026-09-30" in page(client, "record", one.pk)


def test_a_withdrawal_of_a_dossier_under_review_is_told_on_its_form(client, finance):
    document = made.drafted(finance)
    made.explained(document)
    actions.submit_dossier(document, **SAID)
    person(client, finance, Role.DEPARTMENT_CLERK)
    shown = post(client, "withdraw", document.pk, status=422, reason="不再制定").content.decode()
    assert "正在审核" in shown
    assert Entry.objects.filter(state=EntryState.DISCARDED).count() == 0
