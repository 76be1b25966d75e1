"""The verbs of policy documents: what they take, what they refuse, what they log."""

from datetime import date

import pytest

from gongkai.audit.models import Event
from gongkai.orgs.models import OrganKind
from gongkai.policy import actions, queries, rules
from gongkai.policy.lifecycle import DocumentState
from gongkai.policy.models import PolicyDocument, Relation
from gongkai.policy.rules import DocumentKind, Validity, validity_on
from gongkai.policy.tests.factories import (
    CLERK,
    NOON,
    amended,
    description,
    made,
    organ,
    published,
    repealed,
    withdrawn,
)

pytestmark = pytest.mark.django_db
SAID = {"by": CLERK, "at": NOON}


def test_a_document_is_registered_in_its_proper_form_with_one_event():
    document = made(
        organ(),
        title=" 关于推进\n政务公开的通知 ",
        document_number="靖府办发[2020] １２ 号",
        joint_issuers=("中共靖安县委办公室", " "),
    )
    assert (document.title, document.document_number) == (
        "关于推进 政务公开的通知",
        "靖府办发〔2020〕12号",
    )
    assert document.state == DocumentState.MADE
    assert str(document) == "关于推进 政务公开的通知（靖府办发〔2020〕12号）"
    event = Event.objects.get()
    assert (event.verb, event.target) == ("policy.register_document", document.record_id)
    assert event.after["joint_issuers"] == ["中共靖安县委办公室"]


@pytest.mark.parametrize(
    ("fields", "field", "remedy"),
    [
        ({"title": " "}, "title", "请填写标题"),
        ({"title": "长" * 301}, "title", "不得超过300个字"),
        ({"document_number": ""}, "document_number", "统一编号"),
        ({"document_number": "靖府办发〔2020〕第012号"}, "document_number", "〔2020〕12号"),
        ({"document_number": "十二号"}, "document_number", "格式不对"),
        ({"formed_on": date(2021, 1, 21)}, "formed_on", "不得晚于今天"),
        ({"formed_on": date(1980, 1, 1)}, "formed_on", "设立"),
        ({"ends_on": date(2020, 3, 1)}, "ends_on", "不得早于"),
        ({"joint_issuers": ("甲局", "甲局")}, "joint_issuers", "重复"),
        ({"joint_issuers": ("局" * 101,)}, "joint_issuers", "100个字"),
    ],
)
def test_wrong_fields_are_refused_by_name(fields, field, remedy):
    with pytest.raises(rules.DocumentRefused, match=remedy) as refused:
        made(organ(), **fields)
    assert [fault.field for fault in refused.value.faults] == [field]
    assert not PolicyDocument.objects.exists()
    assert not Event.objects.exists()


def test_an_abolished_organ_makes_no_more_documents():
    with pytest.raises(rules.DocumentRefused, match="2020-03-02撤销"):
        made(organ(valid_to=date(2020, 3, 2)))


def test_rules_and_other_documents_may_bear_an_order_number_or_none():
    order = made(organ(), kind=DocumentKind.RULES, document_number="宜春市人民政府令（第5号）")
    assert order.document_number == "宜春市人民政府令第5号"
    assert made(order.organ, kind=DocumentKind.OTHER, document_number="").document_number == ""


def test_a_number_is_given_once_in_an_organ():
    one, other = organ("a"), organ("b")
    made(one, document_number="靖府办发〔2020〕1号")
    with pytest.raises(rules.DocumentRefused, match="已登记靖府办发〔2020〕1号"):
        made(one, document_number="靖府办发(2020)1号")
    assert made(other, document_number="靖府办发〔2020〕1号").pk
    withdrawn(one, document_number="靖府办发〔2020〕2号")
    assert made(one, document_number="靖府办发〔2020〕2号").pk


def test_joint_issuers_are_tied_to_their_organs_where_there_are_any():
    county = organ("county", kind=OrganKind.COUNTY_GOVERNMENT)
    lead, joint = organ("a", county=county), organ("b", county=county)
    organ("c", name="外县局", short_name="外县局")
    document = made(lead, joint_issuers=("b局", "外县局"))
    issuers = document.joint_issuers.values_list("name", "organ_id", "order")
    assert list(issuers) == [("b局", joint.pk, 1), ("外县局", None, 2)]


def test_publication_may_lie_in_the_past_but_not_before_the_document():
    document = made(organ())
    for day, remedy in ((date(2020, 3, 1), "成文日期"), (date(2021, 1, 21), "今天")):
        with pytest.raises(rules.DocumentRefused, match=remedy):
            actions.publish(document, published_on=day, **SAID)
    public = actions.publish(document, published_on=date(2020, 3, 2), **SAID)
    assert (public.state, public.published_on) == (DocumentState.PUBLISHED, date(2020, 3, 2))
    with pytest.raises(rules.NotAllowedNow, match=r"已公开.*不能公开"):
        actions.publish(document, published_on=date(2020, 3, 3), **SAID)
    assert Event.objects.filter(verb="policy.publish").count() == 1


def test_a_repeal_is_stamped_from_its_day_on():
    document = repealed(organ(), effective_on=date(2020, 9, 1))
    life = queries.life_of(document)
    assert validity_on(life, date(2020, 8, 31)) is Validity.ENACTED
    assert validity_on(life, date(2020, 9, 1)) is Validity.REPEALED
    document.refresh_from_db()
    assert document.state == DocumentState.PUBLISHED
    with pytest.raises(rules.NotAllowedNow, match="已经废止"):
        actions.repeal(document, effective_on=date(2020, 9, 2), basis="又一决定", **SAID)
    with pytest.raises(rules.NotAllowedNow, match="已经登记废止"):
        actions.repeal(document, effective_on=date(2020, 8, 1), basis="又一决定", **SAID)
    with pytest.raises(rules.NotAllowedNow, match="不能再修改"):
        actions.amend(document, effective_on=date(2020, 10, 1), basis="又一决定", **SAID)


def test_an_amendment_by_another_document_is_seen_from_both():
    owner = organ()
    old = published(owner)
    new = made(owner, formed_on=date(2020, 8, 3))
    with pytest.raises(rules.DocumentRefused, match="2020-08-03"):
        actions.amend(old, effective_on=date(2020, 8, 2), source=new, **SAID)
    relation = actions.amend(old, effective_on=date(2020, 8, 3), source=new, **SAID)
    assert list(queries.standing_acts_on(old)) == [relation]
    assert list(queries.acts_of(new)) == [relation]
    assert validity_on(queries.life_of(old), date(2020, 8, 3)) is Validity.AMENDED
    with pytest.raises(rules.DocumentRefused, match="2020-08-03起修改"):
        actions.repeal(old, effective_on=date(2020, 8, 1), basis="决定", **SAID)
    with pytest.raises(rules.NotAllowedNow, match="请先撤销这些登记"):
        actions.withdraw_document(new, reason="重复", **SAID)
    with pytest.raises(rules.DocumentRefused, match="修改或废止其他文件"):
        actions.correct(
            new, description=description(formed_on=date(2020, 8, 4)), reason="填错", **SAID
        )


def test_a_relation_needs_a_source_that_stands_and_is_another():
    owner = organ()
    document = published(owner)
    for fields, remedy in (
        ({"basis": " "}, "请选择或写明"),
        ({"basis": "由" * 301}, "300个字"),
        ({"source": document}, "自身"),
        ({"source": withdrawn(owner)}, "已经撤回"),
    ):
        with pytest.raises(rules.DocumentRefused, match=remedy):
            actions.repeal(document, effective_on=date(2020, 9, 1), **fields, **SAID)
    assert not Relation.objects.exists()


def test_a_document_whose_term_ran_out_needs_no_repeal():
    document = published(organ(), ends_on=date(2020, 6, 30))
    with pytest.raises(rules.NotAllowedNow, match="已经失效"):
        actions.repeal(document, effective_on=date(2020, 7, 1), basis="决定", **SAID)


def test_a_repeal_recorded_in_error_is_cancelled_with_a_reason():
    document = repealed(organ())
    relation = Relation.objects.get()
    with pytest.raises(rules.ReasonMissing):
        actions.cancel_relation(relation, reason=" ", **SAID)
    cancelled = actions.cancel_relation(relation, reason="认错文件", **SAID)
    assert cancelled.cancel_reason == "认错文件"
    assert validity_on(queries.life_of(document), date(2021, 1, 1)) is Validity.ENACTED
    with pytest.raises(rules.NotAllowedNow, match="已经撤销"):
        actions.cancel_relation(relation, reason="再撤", **SAID)
    assert actions.repeal(document, effective_on=date(2021, 1, 1), basis="决定", **SAID).pk


def test_a_correction_keeps_the_old_values_in_the_log():
    document = amended(organ(), formed_on=date(2020, 3, 2))
    number = document.document_number
    right = description(title="更正后的标题", document_number=number, formed_on=date(2020, 3, 3))
    corrected = actions.correct(document, description=right, reason="录入有误", **SAID)
    assert (corrected.title, corrected.formed_on) == ("更正后的标题", date(2020, 3, 3))
    event = Event.objects.get(verb="policy.correct")
    assert event.before["formed_on"] == "2020-03-02"
    assert event.after["title"] == "更正后的标题"
    for day, remedy in ((date(2020, 3, 10), "公开日期"), (date(2020, 3, 9), None)):
        wrong = description(document_number=number, formed_on=day)
        if remedy:
            with pytest.raises(rules.DocumentRefused, match=remedy):
                actions.correct(document, description=wrong, reason="录入有误", **SAID)
        else:
            actions.correct(document, description=wrong, reason="录入有误", **SAID)
    with pytest.raises(rules.ReasonMissing, match="500个字"):
        actions.correct(document, description=right, reason="由" * 501, **SAID)


def test_a_correction_cannot_pass_a_standing_amendment():
    owner = organ()
    document = made(owner)
    actions.amend(document, effective_on=date(2020, 3, 3), basis="决定", **SAID)
    with pytest.raises(rules.DocumentRefused, match="该文件已登记的修改或废止"):
        actions.correct(
            document, description=description(formed_on=date(2020, 3, 4)), reason="录错", **SAID
        )


def test_only_an_unpublished_registration_is_withdrawn():
    owner = organ()
    gone = withdrawn(owner)
    assert gone.state == DocumentState.WITHDRAWN
    for document in (gone, published(owner)):
        with pytest.raises(rules.NotAllowedNow, match="不能撤回登记"):
            actions.withdraw_document(document, reason="重复", **SAID)
    with pytest.raises(rules.NotAllowedNow, match="登记已撤回"):
        actions.publish(gone, published_on=date(2020, 4, 1), **SAID)


def test_the_library_answers_in_force_on_a_day():
    owner = organ()
    repealed(owner, effective_on=date(2020, 9, 1))
    made(owner)
    (draft, row) = queries.rows(queries.documents([owner.pk], year=2020), date(2020, 8, 31))
    assert (draft.validity, row.validity) == (Validity.NOT_YET_EFFECTIVE, Validity.ENACTED)
    assert row.repealed_on == date(2020, 9, 1)
    assert queries.years([owner.pk]) == [2020]
    assert not queries.documents([owner.pk], words="没有的词")
    assert len(queries.documents([owner.pk], state=DocumentState.MADE)) == 1
    assert not queries.documents([owner.pk], kind=DocumentKind.RULES)
