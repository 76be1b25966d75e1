"""A document and its interpretation go one road: what holds them together, what table two sees."""

from datetime import date, timedelta

import pytest

from gongkai.audit.models import Event
from gongkai.disclosure import actions as disclosure
from gongkai.disclosure.lifecycle import EntryState
from gongkai.disclosure.models import Entry, WithdrawalReason
from gongkai.disclosure.rules import EntryRefused
from gongkai.disclosure.rules import NotAllowedNow as EntryNotAllowed
from gongkai.disclosure.tests import factories as released
from gongkai.policy import actions, rules, statistics
from gongkai.policy.lifecycle import DocumentState
from gongkai.policy.models import Interpretation, PolicyDocument
from gongkai.policy.queries import dossiers
from gongkai.policy.rules.dossiers import InterpretationForm, Pair
from gongkai.policy.tests import dossiers as made
from gongkai.tables.facts import Measure, Period

pytestmark = pytest.mark.django_db
NOON, SAID = made.NOON, made.SAID
LATER = NOON + timedelta(days=30)


def figure(organ, aspect: str) -> int:
    period = Period(date(2026, 1, 1), date(2026, 12, 31))
    facts = statistics.facts_by_organ(period, [organ.pk])
    return int(facts[organ.pk][Measure("documents.NORMATIVE", aspect)])


@pytest.fixture
def finance():
    return made.site()[1]


def test_document_and_interpretation_are_released_in_one_act_and_counted(finance):
    document = made.drafted(finance)
    made.explained(document)
    assert (document.state, figure(finance, "made")) == (DocumentState.DRAFTING, 0)
    made.signed(document)
    actions.publish_dossier(document, by=made.PUBLISHER, at=NOON)
    document.refresh_from_db()
    assert (document.state, document.published_on) == (DocumentState.PUBLISHED, NOON.date())
    assert (document.document_number, document.subject) == (document.entry.document_number, "0401")
    interpretation = Interpretation.objects.get()
    assert interpretation.entry.live
    assert interpretation.entry.published_at == document.entry.published_at
    assert {aspect: figure(finance, aspect) for aspect in ("made", "published", "in_force")} == {
        "made": 1,
        "published": 1,
        "in_force": 1,
    }


def test_releasing_the_document_alone_takes_its_signed_interpretation_along(finance):
    document = made.drafted(finance)
    made.explained(document)
    made.signed(document)
    disclosure.publish(Entry.objects.get(pk=document.entry_id), by=made.PUBLISHER, at=NOON)
    assert Entry.objects.filter(live=True).count() == 2


def test_releasing_the_interpretation_takes_its_signed_document_along(finance):
    document = made.drafted(finance)
    interpretation = made.explained(document)
    made.signed(document)
    entry = Entry.objects.get(pk=interpretation.entry_id)
    disclosure.publish(entry, by=made.PUBLISHER, at=NOON)
    document.refresh_from_db()
    assert document.state == DocumentState.PUBLISHED


def test_without_an_interpretation_nothing_is_submitted_unless_exempted(finance):
    document = made.drafted(finance)
    with pytest.raises(EntryRefused, match="没有政策解读"):
        actions.submit_dossier(document, **SAID)
    with pytest.raises(rules.ReasonMissing):
        actions.exempt_interpretation(document, reason=" ", **SAID)
    actions.exempt_interpretation(document, reason="只转发上级文件，未作细化", **SAID)
    made.signed(document)
    actions.publish_dossier(document, by=made.PUBLISHER, at=NOON)
    assert Entry.objects.get().live


def test_the_exemption_can_be_taken_back(finance):
    document = made.drafted(finance)
    with pytest.raises(rules.NotAllowedNow, match="没有免予解读"):
        actions.require_interpretation(document, **SAID)
    actions.exempt_interpretation(document, reason="转发", **SAID)
    actions.require_interpretation(document, **SAID)
    with pytest.raises(EntryRefused, match="没有政策解读"):
        actions.submit_dossier(document, **SAID)


def test_an_interpretation_left_behind_holds_the_document_up(finance):
    document = made.drafted(finance)
    interpretation = made.explained(document)
    with pytest.raises(EntryRefused, match="还没有送审"):
        disclosure.submit(document.entry, **SAID)
    actions.submit_dossier(document, **SAID)
    released.forward(Entry.objects.get(pk=document.entry_id), EntryState.SIGNED)
    with pytest.raises(EntryRefused, match="签发后才能与文件一并发布"):
        actions.publish_dossier(document, by=made.PUBLISHER, at=NOON)
    released.forward(Entry.objects.get(pk=interpretation.entry_id), EntryState.SIGNED)
    actions.publish_dossier(document, by=made.PUBLISHER, at=NOON)
    assert Entry.objects.filter(live=True).count() == 2


def test_an_interpretation_does_not_run_ahead_of_its_document(finance):
    document = made.drafted(finance)
    interpretation = made.explained(document)
    entry = released.forward(disclosure.submit(interpretation.entry, **SAID), EntryState.SIGNED)
    with pytest.raises(EntryRefused, match="请等原文签发"):
        disclosure.publish(entry, by=made.PUBLISHER, at=NOON)
    disclosure.submit(document.entry, **SAID)
    text = released.forward(Entry.objects.get(pk=document.entry_id), EntryState.SIGNED)
    disclosure.schedule(text, when=LATER, by=made.PUBLISHER, at=NOON)
    with pytest.raises((EntryRefused, EntryNotAllowed), match="定时"):
        disclosure.publish(entry, by=made.PUBLISHER, at=NOON)
    assert disclosure.release_due(LATER) == []
    assert Entry.objects.filter(live=True).count() == 2
    assert PolicyDocument.objects.get().published_on == LATER.date()


def test_a_later_interpretation_of_a_public_document_goes_out_alone(finance):
    document = made.published(finance)
    more = made.explained(
        document,
        InterpretationForm.QUESTIONS,
        at=LATER,
        pairs=[Pair("问：适用于谁？", "全县各单位。\n乡镇也适用。")],
    )
    assert "<h2>问：适用于谁？</h2>" in dossiers.content_of(more.entry).told.body
    released.forward(more.entry, EntryState.PUBLISHED, LATER)
    side = dossiers.dossier_of(document).interpretations[1]
    assert side.pairs == (Pair("适用于谁？", "全县各单位。\n乡镇也适用。"),)


@pytest.mark.parametrize(
    ("form", "body", "said"),
    [
        (InterpretationForm.TEXT, "<p>很短。</p>", "过短"),
        (InterpretationForm.PICTURE, made.EXPLAINED, "没有图片"),
        (InterpretationForm.VIDEO, made.EXPLAINED, "没有音视频"),
        (InterpretationForm.QUESTIONS, made.EXPLAINED, "没有问答"),
        (
            InterpretationForm.QUESTIONS,
            "<h2>问：谁？</h2><h2>问：几时？</h2><p>答：明年。</p>",
            "没有回答",
        ),
    ],
)
def test_each_form_asks_for_what_it_needs(finance, form, body, said):
    document = made.drafted(finance)
    made.explained(document, form, body=body)
    with pytest.raises(EntryRefused, match=said):
        actions.submit_dossier(document, **SAID)
    assert any(said in line for line in dossiers.dossier_of(document).missing)


def test_pairs_are_written_anew_by_revision_and_only_whole(finance):
    document = made.drafted(finance)
    asked = made.explained(document, InterpretationForm.QUESTIONS, pairs=[Pair("谁？", "人人。")])
    with pytest.raises(rules.DocumentRefused, match="不能空"):
        actions.write_pairs(asked, pairs=[Pair("谁？", " ")], revision=0, **SAID)
    entry = actions.write_pairs(
        asked, pairs=[Pair("谁？<b>", "甲<乙"), Pair("几时？", "明年。")], revision=0, **SAID
    )
    assert [pair.question for pair in dossiers.dossier_of(document).interpretations[0].pairs] == [
        "谁？<b>",
        "几时？",
    ]
    assert entry.state == EntryState.DRAFT
    other = made.explained(document)
    with pytest.raises(rules.DocumentRefused, match="不是问答"):
        actions.write_pairs(other, pairs=[Pair("谁？", "人人。")], revision=0, **SAID)


def test_withdrawal_takes_the_document_out_of_table_two_and_back(finance):
    document = made.published(finance)
    disclosure.withdraw(
        document.entry,
        reason=WithdrawalReason.IN_ERROR,
        note="附件有误",
        by=made.PUBLISHER,
        at=NOON,
    )
    document.refresh_from_db()
    assert (document.state, document.published_on) == (DocumentState.MADE, None)
    assert (figure(finance, "published"), figure(finance, "in_force")) == (0, 0)
    assert Event.objects.filter(verb="disclosure.withdraw").exists()
    with pytest.raises(rules.NotAllowedNow, match="正文发布时自动登记"):
        actions.publish(document, published_on=NOON.date(), **SAID)
    made.revised(document, LATER, title="更正后的通知")
    assert (document.title, document.published_on) == ("更正后的通知", LATER.date())
    assert figure(finance, "published") == 1


def test_a_revision_keeps_the_day_of_publication(finance):
    document = made.published(finance)
    made.revised(document, LATER, title="修订后的通知")
    assert (document.title, document.published_on) == ("修订后的通知", NOON.date())


def test_a_number_taken_meanwhile_is_refused_before_release(finance):
    first = made.drafted(finance, document_number="靖财字〔2026〕9001号")
    twin = made.drafted(finance, document_number="靖财字〔2026〕9001号")
    for document in (first, twin):
        made.explained(document)
        made.signed(document)
    actions.publish_dossier(first, by=made.PUBLISHER, at=NOON)
    with pytest.raises(EntryRefused, match="请核对发文字号"):
        actions.publish_dossier(twin, by=made.PUBLISHER, at=NOON)


def test_a_normative_document_is_not_submitted_without_its_number(finance):
    document = made.drafted(finance, document_number="")
    made.explained(document)
    with pytest.raises(EntryRefused, match="统一编号"):
        actions.submit_dossier(document, **SAID)


def test_a_dossier_is_put_away_whole_but_not_once_it_was_public(finance):
    document = made.drafted(finance)
    made.explained(document)
    actions.withdraw_document(document, reason="不再制定", **SAID)
    assert set(Entry.objects.values_list("state", flat=True)) == {EntryState.DISCARDED}
    public = made.published(finance)
    with pytest.raises(rules.NotAllowedNow):
        actions.withdraw_document(public, reason="错", **SAID)


def test_a_document_under_review_is_not_put_away(finance):
    document = made.drafted(finance)
    made.explained(document)
    actions.submit_dossier(document, **SAID)
    with pytest.raises(rules.NotAllowedNow, match="正在审核"):
        actions.withdraw_document(document, reason="不再制定", **SAID)


def test_the_public_text_is_the_authority_over_the_registration(finance):
    document = made.published(finance)
    wrong = rules.Description(
        kind=rules.DocumentKind.NORMATIVE,
        title="别的标题",
        formed_on=document.formed_on,
        document_number=document.document_number,
    )
    with pytest.raises(rules.DocumentRefused, match="以公开的正文为准"):
        actions.correct(document, description=wrong, reason="改", by=made.AUTHOR, at=NOON)


def test_terms_are_set_while_drafting_only(finance):
    document = made.drafted(finance)
    terms = {"kind": rules.DocumentKind.OTHER, "effective_on": date(2026, 10, 1)}
    with pytest.raises(rules.DocumentRefused, match="有效期至"):
        actions.set_terms(document, ends_on=date(2026, 9, 30), **terms, **SAID)
    assert actions.set_terms(document, ends_on=date(2028, 9, 30), **terms, **SAID).kind == "OTHER"
    with pytest.raises(rules.NotAllowedNow):
        actions.set_terms(made.published(finance), ends_on=None, **terms, **SAID)


def test_a_registered_document_gets_its_text_later(finance):
    document = actions.register_document(
        finance,
        description=rules.Description(
            kind=rules.DocumentKind.NORMATIVE,
            title="靖安县财政局关于旧事的通知",
            formed_on=date(2020, 3, 2),
            document_number="靖财字〔2020〕1号",
        ),
        **SAID,
    )
    text = made.told(
        title=document.title, document_number="靖财字〔2020〕1号", formed_on=date(2020, 3, 2)
    )
    actions.add_text(document, section=made.where(finance.county), told=text, **SAID)
    document.refresh_from_db()
    with pytest.raises(rules.NotAllowedNow, match="已有正文"):
        actions.add_text(document, section=made.where(finance.county), told=text, **SAID)
    made.explained(document)
    made.signed(document)
    actions.publish_dossier(document, by=made.PUBLISHER, at=NOON)
    document.refresh_from_db()
    assert (document.state, document.published_on) == (DocumentState.PUBLISHED, NOON.date())
