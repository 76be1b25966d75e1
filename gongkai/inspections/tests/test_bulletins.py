"""Bulletins: what they say, rates with their parts, frozen figures, each organ's own rows."""

import re
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.adapters import letter_docx
from gongkai.audit.models import Event
from gongkai.inspections import actions, queries, tasks
from gongkai.inspections.actions.bulletins import TELL_SHARE
from gongkai.inspections.lifecycle import BulletinPeriod, FindingState, Refused, ToldWrongly
from gongkai.inspections.models import Bulletin, BulletinShare, Finding
from gongkai.inspections.rules import bulletin as telling
from gongkai.inspections.tests import factories as made
from gongkai.inspections.tests.factories import MONDAY, OFFICE, moment
from gongkai.outbox.models import Job

MONTH = BulletinPeriod.MONTH
SEPTEMBER = date(2026, 9, 1)
AFTER = date(2026, 10, 9)


@given(st.integers(0, 500), st.integers(0, 500))
def test_beside_every_rate_stand_its_parts(part: int, more: int) -> None:
    told = telling.rate(part, part + more)
    assert f"（{part}/{part + more}）" in told
    if part + more:
        said = float(told.split("%")[0])
        assert abs(said - 100 * part / (part + more)) <= 0.005001


def test_the_rates_of_real_bulletins_come_out() -> None:
    assert telling.rate(50, 54) == "92.59%（50/54）"
    assert telling.rate(292, 309) == "94.50%（292/309）"
    assert telling.rate(0, 0) == "—（0/0）"


def test_periods_begin_with_a_month_or_a_quarter() -> None:
    assert telling.span(MONTH, date(2028, 2, 1)) == (date(2028, 2, 1), date(2028, 2, 29))
    quarter = BulletinPeriod.QUARTER
    assert telling.span(quarter, date(2026, 7, 1))[1] == date(2026, 9, 30)
    assert telling.before(quarter, date(2026, 1, 1)) == (date(2025, 10, 1), date(2025, 12, 31))
    assert telling.named(quarter, date(2026, 7, 1)) == "2026年第三季度"
    for period, day in ((quarter, date(2026, 8, 1)), (MONTH, date(2026, 8, 2))):
        with pytest.raises(ToldWrongly):
            telling.span(period, day)


@pytest.fixture
def home(db: Any) -> Any:
    return made.county()


@pytest.fixture
def water(home: Any) -> Any:
    return made.department(home)


@pytest.fixture
def ready(home: Any, water: Any) -> Bulletin:
    forest = made.department(home, "forest", "靖安县林业局")
    where = made.site(home, water)
    made.ran(where, made.fault(), made.fault("slj/2.html", why="图片不能显示"))
    theirs = Finding.objects.latest("pk")
    actions.pass_on(theirs, to=forest, why="林业局维护", by=OFFICE, at=moment(MONDAY))
    false = made.found(where, place="slj/3.html", rule="image-dead")
    actions.mark_false(false, why="误报", by=OFFICE, at=moment(MONDAY))
    return taken(home)


def taken(home: Any, day: date = AFTER) -> Bulletin:
    told = {"period": MONTH, "starts_on": SEPTEMBER, "by": OFFICE, "at": moment(day)}
    return actions.take_figures(home, **told)


def test_the_figures_count_faults_and_no_false_alarm(ready: Bulletin) -> None:
    figures = {each["label"]: each for each in ready.content["figures"]}
    assert (figures["发现问题"]["part"], len(figures["发现问题"]["behind"])) == (2, 2)
    assert figures["有问题的单位"]["rate"] == "66.67%（2/3）"
    for each in figures.values():
        if each["behind"]:
            assert len(each["behind"]) == each["part"]
    text = "".join(p for s in ready.content["sections"] for p in s["paragraphs"])
    assert "涉及2个单位" in text
    assert "水利局1个" in text


def test_an_issued_bulletin_keeps_its_figures_whatever_happens_later(
    ready: Bulletin, home: Any
) -> None:
    issued = actions.issue(ready, number="靖府办字〔2026〕31号", by=OFFICE, at=moment(AFTER))
    frozen = issued.content
    made.found(made.site(home, address="https://b.example.cn/"), place="x")
    issued.refresh_from_db()
    assert issued.content == frozen
    assert telling.digest(issued.content) == issued.digest
    with pytest.raises(Refused, match="已经印发"):
        actions.retake_figures(issued, by=OFFICE, at=moment(AFTER))
    with pytest.raises(Refused, match="已经印发"):
        actions.issue(issued, by=OFFICE, at=moment(AFTER))


def test_issuing_orders_each_organs_own_findings_on_its_own_chain(
    ready: Bulletin, home: Any, water: Any
) -> None:
    actions.issue(ready, by=OFFICE, at=moment(AFTER))
    jobs = Job.objects.filter(kind=TELL_SHARE)
    assert jobs.count() == 2
    for job in jobs:
        tasks.tell_share(job.payload, moment(AFTER))
        tasks.tell_share(job.payload, moment(AFTER))  # safe to repeat
    own = Finding.objects.get(organ=water, state=FindingState.RECTIFYING)
    assert own.due_on == ready.__class__.objects.get().due_on
    share = BulletinShare.objects.get(organ=water)
    assert share.numbers == [own.number]
    assert list(queries.findings_of(share)) == [own]
    orders = Event.objects.filter(verb="inspections.order")
    assert sorted(orders.values_list("chain", flat=True)) == ["forest", "water"]


def test_a_bulletin_is_issued_after_its_period_with_figures_of_after_it(home: Any) -> None:
    early = taken(home, MONDAY)
    with pytest.raises(Refused, match="期满"):
        actions.issue(early, by=OFFICE, at=moment(MONDAY))
    with pytest.raises(Refused, match="重新取数"):
        actions.issue(early, by=OFFICE, at=moment(AFTER))
    actions.retake_figures(early, by=OFFICE, at=moment(AFTER))
    Bulletin.objects.update(content={**early.content, "title": "改过的"})
    with pytest.raises(Refused, match="不一致"):
        actions.issue(early, by=OFFICE, at=moment(AFTER))
    with pytest.raises(ToldWrongly, match="已经有了"):
        taken(home)
    with pytest.raises(ToldWrongly, match="还没有开始"):
        actions.take_figures(
            home, period=MONTH, starts_on=date(2027, 1, 1), by=OFFICE, at=moment(AFTER)
        )


def test_what_was_found_before_is_told_with_how_far_it_is_put_right(home: Any) -> None:
    where = made.site(home)
    made.FINDING_IN[FindingState.CLOSED](where)
    made.ordered(where, place="slj/9.html")
    told = {"period": MONTH, "starts_on": date(2026, 10, 1), "by": OFFICE}
    bulletin = actions.take_figures(home, **told, at=moment(date(2026, 11, 2)))
    figures = {each["label"]: each for each in bulletin.content["figures"]}
    assert figures["上期问题整改完成"]["rate"] == "50.00%（1/2）"
    ranking = bulletin.content["annexes"][2]
    assert ranking["rows"][-1][-2:] == ["50.00%（1/2）", "1"]


def test_word_and_pdf_say_the_same_and_an_organs_copy_has_its_rows_alone(
    ready: Bulletin, water: Any
) -> None:
    whole = letter_docx.read(queries.docx_of(ready)).all_text()
    own = letter_docx.read(queries.docx_of(ready, [water.pk])).all_text()
    assert "图片不能显示" in whole
    assert "图片不能显示" not in own.split("附件1　")[1]
    assert re.search(r"一、基本情况\n（一）信息公开", whole)
    assert queries.pdf_of(ready).startswith(b"%PDF")
    assert queries.file_name(ready, "pdf") == "2026年9月检查情况通报.pdf"


def test_an_organ_signs_once(ready: Bulletin, water: Any) -> None:
    actions.issue(ready, by=OFFICE, at=moment(AFTER))
    share = BulletinShare.objects.get(organ=water)
    actions.sign_for(share, by=made.CLERK, at=moment(AFTER + timedelta(days=1)))
    with pytest.raises(Refused, match="签收"):
        actions.sign_for(share, by=made.CLERK, at=moment(AFTER + timedelta(days=1)))


def test_only_what_was_issued_is_published_and_the_list_stays_with_the_organs(
    home: Any, ready: Bulletin
) -> None:
    at = {"by": OFFICE, "at": moment(AFTER)}
    for verb in (actions.publish_bulletin, partial(actions.unpublish_bulletin, why="有误")):
        with pytest.raises(Refused):
            verb(ready, **at)
    issued = actions.issue(ready, **at)
    assert queries.published_bulletin(home, issued.pk) is None
    Bulletin.objects.filter(pk=issued.pk).update(content={**issued.content, "title": "改过的"})
    with pytest.raises(Refused, match="不一致"):
        actions.publish_bulletin(issued, **at)
    Bulletin.objects.filter(pk=issued.pk).update(content=issued.content)
    actions.publish_bulletin(issued, **at)
    with pytest.raises(Refused, match="已经"):
        actions.publish_bulletin(issued, **at)
    told = queries.published_bulletin(home, issued.pk)
    assert told is not None
    assert [each["public"] for each in told.annexes][:1] == [False]
    assert all(each["public"] for each in told.annexes[1:])
    assert made.ADDRESS not in str(told)
    assert [line.id for line in queries.published_bulletins(home)] == [issued.pk]
    with pytest.raises(ToldWrongly):
        actions.unpublish_bulletin(issued, why=" ", **at)
    actions.unpublish_bulletin(issued, why="数字有误", **at)
    assert not queries.any_published(home.pk)
    logged = [each.verb for each in Event.objects.filter(target=issued.typed_id).order_by("pk")]
    assert logged[-2:] == ["inspections.publish_bulletin", "inspections.unpublish_bulletin"]


def test_a_quarter_has_the_same_annexes_with_the_ranking(home: Any, ready: Bulletin) -> None:
    told = {"period": BulletinPeriod.QUARTER, "starts_on": date(2026, 7, 1)}
    quarter = actions.take_figures(home, **told, by=OFFICE, at=moment(AFTER))
    titles = [each["title"] for each in quarter.content["annexes"]]
    assert titles == [each["title"] for each in ready.content["annexes"]]
    assert {"问题清单", "信息更新情况表", "整改情况排名"} <= set(titles)
