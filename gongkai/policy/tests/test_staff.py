"""The screens of policy documents, tried by the right person and by the wrong one."""

from datetime import date

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from gongkai.accounts.models import User
from gongkai.audit.models import Event
from gongkai.orgs.models import Organ, OrganKind, Post, Role
from gongkai.policy.lifecycle import DocumentState
from gongkai.policy.models import PolicyDocument, Relation
from gongkai.policy.tests import factories

pytestmark = pytest.mark.django_db
FORM = {
    "kind": "NORMATIVE",
    "title": "靖安县财政局关于印发资金管理办法的通知",
    "document_number": "靖财字[2020] 12号",
    "joint_issuers": "靖安县审计局\n",
    "formed_on": "2020-03-02",
    "effective_on": "",
    "ends_on": "2025-03-01",
}
CHANGES = ["correct", "publish", "amend", "repeal", "withdraw"]


@pytest.fixture(autouse=True)
def _noon(monkeypatch):
    """Let every screen be asked at noon of 2021-01-20."""
    monkeypatch.setattr(timezone, "now", lambda: factories.NOON)


@pytest.fixture
def county():
    return factories.organ("county", kind=OrganKind.COUNTY_GOVERNMENT, name="靖安县人民政府")


@pytest.fixture
def finance(county):
    return factories.organ("caizheng", county=county, name="靖安县财政局", short_name="财政局")


@pytest.fixture
def township(county):
    return factories.organ(
        "xiangtian", county=county, kind=OrganKind.TOWNSHIP, name="香田乡", short_name="香田乡"
    )


def person(client, account: str, organ: Organ | None, role: Role | None, **fields):
    user = User.objects.create_user(account, password="x", name=account, **fields)
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    if organ is not None:
        Post.objects.create(user=user, organ=organ, role=role, valid_from=date(2015, 1, 1))
    client.force_login(user)
    return client


@pytest.fixture
def clerk(client, finance):
    return person(client, "财政信息员", finance, Role.DEPARTMENT_CLERK)


def page(client, name, *args, **query):
    return client.get(reverse(f"policy:{name}", args=args), query).content.decode()


def test_a_document_is_registered_published_and_repealed(clerk, finance):
    answer = clerk.post(reverse("policy:register"), {**FORM, "organ": finance.pk}, follow=True)
    shown = answer.content.decode()
    assert "靖财字〔2020〕12号" in shown
    assert "靖安县审计局" in shown
    assert "尚未生效" in shown
    document = PolicyDocument.objects.get()
    assert 'value="20' in page(clerk, "publish", document.pk)
    publish = reverse("policy:publish", args=[document.pk])
    assert clerk.post(publish, {"published_on": "2020-03-05"}).status_code == 302
    repeal = reverse("policy:repeal", args=[document.pk])
    form = {"effective_on": "2021-01-01", "source_number": "", "basis": "靖府字〔2020〕9号"}
    shown = clerk.post(repeal, form, follow=True).content.decode()
    assert "被" in shown
    assert "靖府字〔2020〕9号" in shown
    assert "<strong>废止</strong>" in shown
    assert [event.verb for event in Event.objects.order_by("pk")] == [
        "policy.register_document",
        "policy.publish",
        "policy.repeal",
    ]
    assert Event.objects.latest("pk").actor_post == "财政局部门信息员"


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"document_number": ""}, "行政规范性文件须统一编号"),
        ({"document_number": "靖财字〔2020〕第12号"}, "应写作“靖财字〔2020〕12号”"),
        ({"formed_on": "三月"}, "请填写有效的日期"),
        ({"ends_on": "2020-03-01"}, "有效期至不得早于"),
        ({"title": ""}, "请填写标题"),
        ({"joint_issuers": "\n".join(f"第{n}局" for n in range(31))}, "不得超过30个"),
    ],
)
def test_bad_input_is_told_and_what_was_typed_stays(clerk, finance, fields, message):
    form = {**FORM, "organ": finance.pk, "joint_issuers": "打好的机关", **fields}
    answer = clerk.post(reverse("policy:register"), form)
    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert ("打好的机关" in answer.content.decode()) is ("joint_issuers" not in fields)
    assert not PolicyDocument.objects.exists()


def test_an_amendment_by_a_registered_document_links_both(clerk, finance):
    old = factories.published(finance)
    new = factories.made(finance, document_number="靖财字〔2020〕20号")
    amend = reverse("policy:amend", args=[old.pk])
    form = {"effective_on": "2020-08-01", "source_number": "没有的文号", "basis": ""}
    assert "没有登记这一文号的文件" in clerk.post(amend, form).content.decode()
    shown = clerk.post(amend, {**form, "source_number": "靖财字（2020）20号"}, follow=True)
    assert reverse("policy:record", args=[new.pk]) in shown.content.decode()
    assert reverse("policy:record", args=[old.pk]) in page(clerk, "record", new.pk)
    assert "已修改" in page(clerk, "index", day="2020-08-01")
    assert "已修改" not in page(clerk, "index", day="2020-07-31")


def test_a_refusal_of_the_verb_is_shown_at_its_field(clerk, finance):
    document = factories.published(finance)
    amend = reverse("policy:amend", args=[document.pk])
    for form, message in (
        ({"effective_on": "2020-08-01"}, "请选择或写明作出修改的文件"),
        ({"effective_on": "2020-01-01", "basis": "打好的依据"}, "不得早于文件的成文日期"),
        (
            {"effective_on": "2020-08-01", "source_number": document.document_number},
            "文件不能修改自身",
        ),
    ):
        answer = clerk.post(amend, form)
        assert answer.status_code == 422
        assert message in answer.content.decode()
        assert form.get("basis", "") in answer.content.decode()
    assert not Relation.objects.exists()


def test_a_registration_is_corrected_with_a_reason(clerk, finance):
    document = factories.made(finance)
    correct = reverse("policy:correct", args=[document.pk])
    assert document.title in clerk.get(correct).content.decode()
    form = {**FORM, "title": "更正后的标题", "reason": ""}
    assert "请填写更正理由" in clerk.post(correct, form).content.decode()
    shown = clerk.post(correct, {**form, "reason": "录入有误"}, follow=True).content.decode()
    assert "更正后的标题" in shown
    assert "录入有误" in shown


def test_mistakes_are_withdrawn_and_cancelled_with_a_reason(clerk, finance):
    wrong = factories.made(finance)
    withdraw = reverse("policy:withdraw", args=[wrong.pk])
    assert clerk.post(withdraw, {"reason": ""}).status_code == 422
    assert "登记已撤回" in clerk.post(withdraw, {"reason": "重复"}, follow=True).content.decode()
    assert "不能撤回登记" in clerk.post(withdraw, {"reason": "重复"}).content.decode()
    document = factories.repealed(finance)
    cancel = reverse("policy:cancel_relation", args=[Relation.objects.get().pk])
    assert cancel in page(clerk, "record", document.pk)
    assert "将撤销登记" in clerk.get(cancel).content.decode()
    shown = clerk.post(cancel, {"reason": "认错"}, follow=True).content.decode()
    assert "<strong>有效</strong>" in shown
    assert clerk.post(cancel, {"reason": "认错"}).status_code == 404


def test_a_document_offers_only_what_its_state_allows(clerk, finance):
    public = factories.published(finance)
    shown = page(clerk, "record", public.pk)
    assert reverse("policy:repeal", args=[public.pk]) in shown
    assert reverse("policy:publish", args=[public.pk]) not in shown
    assert reverse("policy:withdraw", args=[public.pk]) not in shown
    past = factories.repealed(finance)
    assert reverse("policy:repeal", args=[past.pk]) not in page(clerk, "record", past.pk)
    gone = factories.withdrawn(finance)
    shown = page(clerk, "record", gone.pk)
    assert not [name for name in CHANGES if reverse(f"policy:{name}", args=[gone.pk]) in shown]


def test_the_list_is_narrowed(clerk, finance):
    factories.published(finance, title="农业补贴办法")
    factories.made(finance, title="财务制度", formed_on=date(2019, 5, 1))
    assert "财务制度" not in page(clerk, "index", words="补贴")
    assert "农业补贴办法" not in page(clerk, "index", year="2019")
    assert "财务制度" not in page(clerk, "index", state="PUBLISHED")
    assert "没有符合条件的文件" in page(clerk, "index", kind="RULES")
    assert "请填写有效的日期" in page(clerk, "index", day="昨天")
    assert "农业补贴办法" in page(clerk, "index", kind="NOTHING", p="99")


def test_the_county_office_registers_for_all(client, county, finance, township):
    office = person(client, "公开办", county, Role.OGI_OFFICE)
    factories.made(township, title="乡里的办法")
    assert "乡里的办法" in page(office, "index")
    answer = office.post(reverse("policy:register"), {**FORM, "organ": finance.pk})
    assert answer.status_code == 302


class TestTheWrongPerson:
    """A township's clerk before the finance bureau's documents, and others without a post."""

    @pytest.fixture
    def document(self, finance):
        return factories.made(finance, title="财政局未公开的办法")

    @pytest.fixture
    def stranger(self, client, township):
        return person(client, "乡镇信息员", township, Role.TOWNSHIP_CLERK)

    def test_sees_nothing_in_lists(self, stranger, document, finance):
        assert "财政局未公开的办法" not in page(stranger, "index")
        assert "财政局未公开的办法" not in page(stranger, "index", organ=finance.pk)

    @pytest.mark.parametrize("name", ["record", *CHANGES])
    def test_finds_no_document(self, stranger, document, name):
        address = reverse(f"policy:{name}", args=[document.pk])
        assert stranger.get(address).status_code == 404
        assert stranger.post(address, {**FORM, "reason": "x"}).status_code in (404, 405)
        document.refresh_from_db()
        assert document.state == DocumentState.MADE

    def test_cannot_register_for_another(self, stranger, finance):
        answer = stranger.post(reverse("policy:register"), {**FORM, "organ": finance.pk})
        assert "请选择您可以登记的机关" in answer.content.decode()
        assert not PolicyDocument.objects.exists()

    def test_cannot_name_anothers_document_as_source(self, stranger, document, township):
        own = factories.published(township)
        form = {"effective_on": "2020-08-01", "source_number": document.document_number}
        answer = stranger.post(reverse("policy:repeal", args=[own.pk]), form)
        assert "没有登记这一文号的文件" in answer.content.decode()

    def test_cannot_cancel_anothers_repeal(self, stranger, finance):
        factories.repealed(finance)
        cancel = reverse("policy:cancel_relation", args=[Relation.objects.get().pk])
        assert stranger.get(cancel).status_code == 404
        assert stranger.post(cancel, {"reason": "x"}).status_code == 404
        assert Relation.objects.get().cancelled_at is None

    def test_sees_no_title_of_anothers_unpublished_document(self, stranger, document, township):
        own = factories.published(township)
        said = {"by": factories.CLERK, "at": factories.NOON}
        factories.actions.amend(own, effective_on=date(2020, 8, 1), source=document, **said)
        shown = page(stranger, "record", own.pk)
        assert "其他机关尚未公开的文件" in shown
        assert "财政局未公开的办法" not in shown

    @pytest.mark.parametrize("role", [Role.EVALUATOR, Role.SYSTEM_ADMIN, None])
    def test_without_the_right_post_nothing_is_changed(self, client, county, document, role):
        other = person(client, "旁人", county if role else None, role, is_superuser=role is None)
        assert "财政局未公开的办法" not in page(other, "index")
        addresses = [reverse(f"policy:{name}", args=[document.pk]) for name in CHANGES]
        for address in [reverse("policy:register"), *addresses]:
            form = {**FORM, "organ": document.organ_id, "reason": "x"}
            assert other.get(address).status_code in (302, 404)
            assert other.post(address, form).status_code in (302, 404)
        assert PolicyDocument.objects.get().state == DocumentState.MADE
        assert not Relation.objects.exists()

    def test_who_has_not_signed_in_sees_nothing(self, client, document):
        answer = client.get(reverse("policy:record", args=[document.pk]))
        assert answer.status_code == 302
        assert "login" in answer.url


def test_the_list_asks_as_many_queries_for_thirty_rows_as_for_one(clerk, finance):
    asked = []
    for more in (range(1), range(1, 30)):
        for _ in more:
            factories.amended(finance)
        with CaptureQueriesContext(connection) as queries:
            page(clerk, "index")
        asked.append(len(queries))
    assert asked[0] == asked[1] < 50
