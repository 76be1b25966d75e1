"""Cards and texts by day: the stamp, the links both ways, what stood when."""

from datetime import date, timedelta

import pytest

from gongkai.disclosure.tests import factories as released
from gongkai.engagement import actions as engagement
from gongkai.engagement.tests import factories as asking
from gongkai.policy import actions, rules
from gongkai.policy.models import TextVersion
from gongkai.policy.queries import cards, filings, texts
from gongkai.policy.rules import RelationKind, Validity
from gongkai.policy.rules.dossiers import InterpretationForm, Pair
from gongkai.policy.tests import dossiers as made

pytestmark = pytest.mark.django_db
NOON, SAID = made.NOON, made.SAID
DAY = timedelta(days=1)
TODAY = NOON.date()


@pytest.fixture
def finance():
    return made.site()[1]


def test_a_repeal_stamps_both_pages(finance, django_assert_num_queries):
    old, new = made.published(finance), made.published(finance)
    actions.repeal(old, effective_on=TODAY + 5 * DAY, source=new, **SAID)
    with django_assert_num_queries(1):
        before = cards.card_of(old.pk, TODAY)
    assert (before.validity, dict(before.facts)["废止日期"]) == (Validity.ENACTED, "2026-09-26")
    card = cards.card_of(old.pk, TODAY + 5 * DAY)
    assert card.validity is Validity.REPEALED
    kin = {each.relation: each for each in card.kin}
    assert kin["废止本文件"].address == new.entry.address
    assert kin["解读（文字解读）"].title == f"{old.title}的解读"
    back = {each.relation: each for each in cards.card_of(new.pk, TODAY).kin}
    assert back["本文件废止"].address == old.entry.address


def test_a_document_not_yet_public_is_named_by_no_card(finance):
    old, secret = made.published(finance), made.drafted(finance, title="尚未公开的决定")
    actions.amend(old, effective_on=TODAY, source=secret, **SAID)
    card = cards.card_of(old.pk, TODAY)
    assert card.validity is Validity.AMENDED
    assert "尚未公开" not in repr(card)


def test_a_ground_without_a_page_is_told_in_words(finance):
    old = made.published(finance)
    actions.repeal(old, effective_on=TODAY, basis="靖府字〔2026〕9号", **SAID)
    facts = dict(cards.card_of(old.pk, TODAY).facts)
    assert facts["废止依据"] == "靖府字〔2026〕9号（自2026-09-21起）"
    assert facts["施行日期"] == "自公布之日起施行"


def test_the_interpretation_leads_to_its_document_and_the_others(
    finance, django_assert_num_queries
):
    document = made.drafted(finance)
    first = made.explained(document)
    made.explained(
        document,
        InterpretationForm.QUESTIONS,
        title="问答",
        pairs=[Pair("谁？", "全县各单位。")],
    )
    made.signed(document)
    actions.publish_dossier(document, by=made.PUBLISHER, at=NOON)
    document.refresh_from_db()
    with django_assert_num_queries(1):
        card = cards.card_of_interpretation(first.pk, TODAY)
    assert [each.relation for each in card.kin] == ["原文", "其他解读（问答）"]
    assert card.kin[0].address == document.entry.address
    assert cards.card_of(0, TODAY) is None
    assert cards.card_of_interpretation(0, TODAY) is None


def test_documents_are_related_without_touching_validity(finance):
    old, new = made.published(finance), made.published(finance)
    actions.relate(old, kind=RelationKind.IMPLEMENTS, source=new, effective_on=TODAY, **SAID)
    for kind, said in ((RelationKind.IMPLEMENTS, "已经登记"), (RelationKind.REPEALS, "登记废止")):
        with pytest.raises(rules.DocumentRefused, match=said):
            actions.relate(old, kind=kind, source=new, effective_on=TODAY, **SAID)
    card = cards.card_of(old.pk, TODAY)
    assert card.validity is Validity.ENACTED
    assert "落实本文件" in {each.relation for each in card.kin}


def test_the_text_is_told_as_it_stood_on_any_day(finance):
    document = made.published(finance, body="<p>补贴每亩一百元，由乡镇发放。</p>")
    later, much_later = NOON + 40 * DAY, NOON + 50 * DAY
    actions.amend(
        document, effective_on=TODAY + 30 * DAY, basis="县政府决定", by=made.AUTHOR, at=later
    )
    address = document.entry.address
    owed = texts.text_on(document.pk, address, TODAY + 35 * DAY)
    assert ("一百元" in owed.body, owed.missing_since) == (True, TODAY + 30 * DAY)
    made.revised(document, later, body="<p>补贴每亩二百元，由乡镇发放。</p>")
    new = texts.text_on(document.pk, address, TODAY + 30 * DAY)
    assert ("二百元" in new.body, new.missing_since) == (True, None)
    old = texts.text_on(document.pk, address, TODAY + 29 * DAY)
    assert ("一百元" in old.body, old.validity) == (True, Validity.ENACTED)
    assert [line.current for line in old.lines] == [True, False]
    assert old.lines[1].why == "根据县政府决定修改"
    none = texts.text_on(document.pk, address, TODAY - DAY)
    assert (none.body, none.validity) == ("", Validity.NOT_YET_EFFECTIVE)
    # An error of the new text put right stands from the same day and replaces it.
    made.revised(document, much_later, body="<p>补贴每亩二百零五元，由乡镇发放。</p>")
    right = texts.text_on(document.pk, address, TODAY + 30 * DAY)
    assert ("二百零五元" in right.body, len(right.lines)) == (True, 2)
    assert TextVersion.objects.count() == 3
    assert cards.card_of(document.pk, TODAY).texts == 3
    assert texts.text_on(0, "/", TODAY) is None


def test_a_lapse_is_declared_with_its_last_day(finance):
    document = made.published(finance)
    for last_on, error in ((TODAY - DAY, rules.DocumentRefused), (TODAY, None)):
        if error:
            with pytest.raises(error, match="施行日期"):
                actions.lapse(document, last_on=last_on, reason="任务完成", **SAID)
        else:
            actions.lapse(document, last_on=last_on, reason="任务完成", **SAID)
    assert cards.card_of(document.pk, TODAY).validity is Validity.ENACTED
    assert cards.card_of(document.pk, TODAY + DAY).validity is Validity.LAPSED
    with pytest.raises(rules.NotAllowedNow, match="已经失效"):
        actions.lapse(document, last_on=date(2027, 1, 1), reason="再次", **SAID)


def test_filing_is_recorded_in_its_time(finance):
    document = made.published(finance)
    later = NOON + 31 * DAY
    for filed_on, number, said in (
        (TODAY - DAY, "备1", "不得早于公布日期"),
        (TODAY + 32 * DAY, "备1", "不得晚于今天"),
        (TODAY, " ", "请填写备案号"),
    ):
        with pytest.raises(rules.DocumentRefused, match=said):
            actions.file_document(
                document, filed_on=filed_on, filing_number=number, by=made.AUTHOR, at=later
            )

    for days, late in ((30, 0), (31, 1)):
        assert filings.late_to_file([finance.pk], TODAY + days * DAY).count() == late
    (row,) = filings.filing_rows(filings.to_file([finance.pk]), TODAY)
    assert (row.due_on, row.days, row.late) == (date(2026, 10, 21), 30, False)
    done = actions.file_document(
        document, filed_on=TODAY + DAY, filing_number="靖备〔2026〕1号", by=made.AUTHOR, at=later
    )
    assert done.filing_number == "靖备〔2026〕1号"
    assert not filings.to_file([finance.pk])
    assert filings.filing_rows(filings.filed([finance.pk]), TODAY)[0].days == 29
    other = made.published(finance, kind=rules.DocumentKind.OTHER)
    with pytest.raises(rules.NotAllowedNow, match="须备案"):
        actions.file_document(other, filed_on=TODAY, filing_number="备2", **SAID)


def test_the_consultation_on_the_draft_and_its_feedback_are_linked(finance):
    document = made.published(finance)
    released.section(finance.county, "hdjl/yjzj")
    asked = asking.fed_back(finance)
    engagement.link_document(
        asked, document=document.entry, by=made.AUTHOR, at=asking.moment(asking.AFTER, 15)
    )
    kin = {each.relation: each.address for each in cards.card_of(document.pk, TODAY).kin}
    assert kin["征求意见"] == asked.entry.address
    assert kin["采纳情况反馈"] == asked.feedback_entry.address
