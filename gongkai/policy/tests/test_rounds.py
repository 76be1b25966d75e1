"""Clean-ups, major decisions, gazettes, the library: verbs, refusals, figures, queries."""

from datetime import timedelta

import pypdfium2
import pytest
from django.utils import timezone

from gongkai.adapters.gazette_pdf import PrintedIssue, PrintedText, render
from gongkai.audit.models import Event
from gongkai.disclosure.lifecycle import EntryState
from gongkai.disclosure.models import Entry
from gongkai.disclosure.tests import factories as released
from gongkai.policy import actions, rules, statistics
from gongkai.policy.actions import Placed
from gongkai.policy.models import GazetteItem, MajorDecision
from gongkai.policy.queries import decisions, gazettes, rounds
from gongkai.policy.queries.library import Asked, Scope, expiring, library
from gongkai.policy.rules.decisions import DecisionStep
from gongkai.policy.rules.rounds import Decision
from gongkai.policy.tests import dossiers as made
from gongkai.tables.facts import Measure, Period

pytestmark = pytest.mark.django_db
NOON, SAID = made.NOON, made.SAID
TODAY, DAY = NOON.date(), timedelta(days=1)
OPENING = {"title": "2026年文件清理", "year": 2026, "basis": "靖府办字〔2026〕5号"}


@pytest.fixture
def finance():
    return made.site()[1]


def settled(round_, decision, document):
    item = round_.items.get(document=document)
    return actions.settle(item, decision=decision, note="会议研究", **SAID)


def test_a_round_records_what_it_decides_and_drafts_its_lists(finance):
    kept, gone, lapsed, changed = (made.published(finance) for _ in range(4))
    round_ = actions.open_round(finance.county, **OPENING, **SAID)
    assert rounds.progress_of(round_).documents == 4
    with pytest.raises(rules.NotAllowedNow, match="还有4件"):
        actions.close_round(round_, effective_on=TODAY + DAY, decree="决定", **SAID)
    item = round_.items.get(document=gone)
    with pytest.raises(rules.ReasonMissing):
        actions.propose(item, decision=Decision.REPEAL, reason=" ", **SAID)
    actions.propose(item, decision=Decision.REPEAL, reason="上位法已经修改", **SAID)
    actions.settle(item, decision=Decision.REPEAL, note="", **SAID)
    with pytest.raises(rules.NotAllowedNow, match="已经确定"):
        actions.propose(item, decision=Decision.KEEP, reason="", **SAID)
    with pytest.raises(rules.ReasonMissing, match="没有提出建议"):
        actions.settle(round_.items.get(document=kept), decision=Decision.KEEP, note="", **SAID)
    settled(round_, Decision.KEEP, kept)
    settled(round_, Decision.LAPSE, lapsed)
    settled(round_, Decision.AMEND, changed)
    with pytest.raises(rules.DocumentRefused, match="清理决定"):
        actions.close_round(round_, effective_on=TODAY + DAY, decree=" ", **SAID)
    closed = actions.close_round(
        round_, effective_on=TODAY + DAY, decree="靖府发〔2026〕9号", **SAID
    )
    body = dict(closed.entry.draft.metadata) | {"body": closed.entry.draft.body}
    assert "继续有效1件，修改1件，废止1件，失效1件" in body["body"]
    assert gone.title in body["body"]
    assert closed.entry.section.path.endswith("qljg")
    told = rounds.reconciled(closed, TODAY + DAY)
    assert (told.stays, told.lost, told.later, told.in_force, told.agrees) == (2, 0, 0, 2, True)
    facts = statistics.facts_by_organ(Period(TODAY, TODAY + 5 * DAY), [finance.pk])[finance.pk]
    counts = {a: int(facts[Measure("documents.NORMATIVE", a)]) for a in ("repealed", "in_force")}
    assert counts == {"repealed": 1, "in_force": 2}
    released.forward(Entry.objects.get(pk=closed.entry_id), EntryState.PUBLISHED)
    with pytest.raises(rules.NotAllowedNow, match="已经办结"):
        actions.close_round(closed, effective_on=TODAY, decree="决定", **SAID)
    with pytest.raises(rules.NotAllowedNow, match="已经办结"):
        settled(closed, Decision.REPEAL, kept)
    assert Event.objects.filter(verb="policy.close_round").count() == 1


def test_a_round_is_opened_once_at_a_time_and_over_something(finance):
    with pytest.raises(rules.DocumentRefused, match="不需要清理"):
        actions.open_round(finance.county, **OPENING, **SAID)
    made.published(finance)
    for field in ("title", "basis"):
        with pytest.raises(rules.DocumentRefused):
            actions.open_round(finance.county, **{**OPENING, field: " "}, **SAID)
    actions.open_round(finance.county, **OPENING, **SAID)
    with pytest.raises(rules.NotAllowedNow, match="尚未办结"):
        actions.open_round(finance.county, **{**OPENING, "title": "另一次"}, **SAID)


def test_documents_repealed_before_the_close_need_no_second_repeal(finance):
    document = made.published(finance)
    round_ = actions.open_round(finance.county, **OPENING, **SAID)
    settled(round_, Decision.REPEAL, document)
    actions.repeal(document, effective_on=TODAY, basis="先行废止", **SAID)
    actions.close_round(round_, effective_on=TODAY + DAY, decree="决定", **SAID)
    assert Event.objects.filter(verb="policy.repeal").count() == 1


def test_decisions_are_public_once_a_published_list_names_them(finance):
    county = finance.county
    released.section(county, "zwgk/fdzdgknr/zdjc")
    where = released.Section.objects.get(county=county, path="zwgk/fdzdgknr/zdjc")
    told = {"year": 2026, "organ": finance}
    one = actions.add_decision(county, title="城区公交<调整>方案", **told, **SAID)
    two = actions.add_decision(county, title="水价调整方案", **told, **SAID)
    with pytest.raises(rules.DocumentRefused, match="已有这一事项"):
        actions.add_decision(county, title="水价调整方案", **told, **SAID)
    document = made.published(finance)
    actions.link_decision(one, step=DecisionStep.DECIDED, entry=document.entry, **SAID)
    with pytest.raises(rules.DocumentRefused, match="已经关联"):
        actions.link_decision(one, step=DecisionStep.DECIDED, entry=document.entry, **SAID)
    actions.note_steps(one, done=[DecisionStep.LEGAL, DecisionStep.DECIDED], **SAID)
    assert decisions.public_catalogues(county.pk) == ()
    entry = actions.draft_catalogue(one.catalogue, organ=county, section=where, **SAID)
    released.forward(entry, EntryState.PUBLISHED)
    (shown,) = decisions.public_catalogues(county.pk, 2026)
    assert [item.title for item in shown.items] == ["城区公交<调整>方案", "水价调整方案"]
    steps = {step.step: step for step in shown.items[0].steps}
    assert steps[DecisionStep.DECIDED].links == ((document.title, document.entry.address),)
    assert (steps[DecisionStep.LEGAL].done, steps[DecisionStep.RISK].done) == (True, False)
    later = NOON + DAY
    said = {"by": made.AUTHOR, "at": later}
    actions.add_decision(county, title="后来的事项", **told, **said)
    actions.drop_decision(two, reason="不再调整", **said)
    assert len(decisions.public_catalogues(county.pk)[0].items) == 2
    entry = actions.draft_catalogue(one.catalogue, organ=county, section=where, **said)
    released.forward(entry, EntryState.PUBLISHED, later)
    titles = [item.title for item in decisions.public_catalogues(county.pk)[0].items]
    assert titles == ["城区公交<调整>方案", "后来的事项"]
    assert MajorDecision.objects.count() == 3


def test_an_issue_is_frozen_when_it_comes_out(finance):
    one, two = made.published(finance), made.published(finance)
    draft = made.drafted(finance)
    issue = actions.compose_issue(finance.county, year=2026, number=1, total=None, **SAID)
    for number, total in ((0, None), (2, 1)):
        with pytest.raises(rules.DocumentRefused):
            actions.compose_issue(finance.county, year=2026, number=number, total=total, **SAID)
    with pytest.raises(rules.DocumentRefused, match="已经建立"):
        actions.compose_issue(finance.county, year=2026, number=1, total=None, **SAID)
    with pytest.raises(rules.NotAllowedNow, match="还没有篇目"):
        actions.publish_issue(issue, published_on=TODAY, **SAID)
    for contents, said in (
        ([Placed(draft.entry, "部门文件")], "没有公开"),
        ([Placed(one.entry, " ")], "填写栏目"),
        ([Placed(one.entry, "部门文件")] * 2, "只能刊登一次"),
    ):
        with pytest.raises(rules.DocumentRefused, match=said):
            actions.set_contents(issue, contents=contents, **SAID)
    contents = [Placed(two.entry, "部门文件"), Placed(one.entry, "部门文件")]
    actions.set_contents(issue, contents=contents, **SAID)
    assert one.entry not in gazettes.candidates(issue)
    with pytest.raises(rules.DocumentRefused, match="不得晚于今天"):
        actions.publish_issue(issue, published_on=TODAY + DAY, **SAID)
    issue = actions.publish_issue(issue, published_on=TODAY, **SAID)
    frozen = set(GazetteItem.objects.values_list("version", flat=True))
    assert frozen == {one.entry.published_id, two.entry.published_id}
    for verb in (
        lambda: actions.set_contents(issue, contents=contents, **SAID),
        lambda: actions.publish_issue(issue, published_on=TODAY, **SAID),
    ):
        with pytest.raises(rules.NotAllowedNow, match="已经出版"):
            verb()
    made.revised(one, NOON + DAY, body="<p>改过的正文在公报里看不到。</p>")
    shown = gazettes.issue_shown(finance.county_id, 2026, 1)
    assert "改过的正文" not in "".join(text.body for text in shown.texts)
    assert gazettes.seal(issue, list(issue.items.select_related("version").order_by("order"))) == (
        issue.sha256
    )


def test_every_character_of_a_gazette_is_printed():
    body = (
        "<h2>一、璪都镇</h2><h4>（一）跳过一级</h4><p>〔2026〕№℃㎡③、<strong>重点</strong>𠮷"
        "<br>换行</p><table><thead><tr><th colspan='2'>表头</th></tr></thead><tbody>"
        "<tr><td rowspan='2'>甲</td><td>乙</td></tr><tr><td>丙</td></tr></tbody></table>"
        "<ol start='3'><li>第三</li></ol><dl><dt>词</dt><dd>义</dd></dl><hr>"
        "<figure><img src='/attachment/none' alt='缺图'><figcaption>图1</figcaption></figure>"
    )
    text = PrintedText(
        "文件", "#标题*不是_标记", "靖府发〔2026〕1号", "县政府", TODAY, body, ("附表",)
    )
    pdf = render(PrintedIssue("靖安县人民政府公报", "县政府办", 2026, 1, None, TODAY, (text,)))
    opened = pypdfium2.PdfDocument(pdf)
    printed = "".join(page.get_textpage().get_text_range() for page in opened)
    opened.close()
    for said in (
        "璪都镇",
        "跳过一级",
        "〔2026〕",
        "重点",
        "表头",
        "丙",
        "第三",
        "缺图",
        "#标题*不是_标记",
        "附表",
    ):
        assert said in "".join(printed.split()), said


def test_the_library_asks_three_queries_at_any_filter(finance, django_assert_num_queries):
    for _ in range(3):
        made.published(finance)
    actions.repeal(
        rules_document := made.published(finance), effective_on=TODAY, basis="决定", **SAID
    )
    for scope in Scope:
        with django_assert_num_queries(3):
            found = library(finance.county_id, Asked(TODAY, scope, words="资金", subject="04"))
        expected = {
            Scope.REPEALED: 1,
            Scope.INVALID: 1,
            Scope.ALL: 4,
            Scope.CURRENT: 3,
            Scope.IN_FORCE: 3,
        }
        assert len(found.rows) == expected.get(scope, 0), scope
    assert found.organs == ((finance.pk, finance.short_name),)
    assert found.years == (2026,)
    assert rules_document.pk in {row.id for row in found.rows}


def test_what_ends_within_six_months_is_told(finance):
    soon = made.published(finance, ends_on=TODAY + 180 * DAY)
    made.published(finance, ends_on=TODAY + 190 * DAY)
    gone = made.published(finance, ends_on=TODAY + 20 * DAY)
    actions.repeal(gone, effective_on=TODAY, basis="决定", **SAID)
    assert list(expiring([finance.pk], timezone.localdate(NOON))) == [soon]
    assert not expiring([finance.county_id], TODAY)
