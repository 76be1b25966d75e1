"""What is public looked through again: leaks found, masked, gone with the text, verdicts kept."""

from datetime import date, timedelta
from typing import Any

import pytest

from gongkai.disclosure import actions as disclosure
from gongkai.disclosure.actions import checking
from gongkai.disclosure.lifecycle import EntryState
from gongkai.disclosure.models import AttachmentRole, Entry, WithdrawalReason
from gongkai.disclosure.tests import factories as entries
from gongkai.inspections import tasks
from gongkai.inspections.actions import mark_false, rescanning
from gongkai.inspections.actions.rescanning import rescan
from gongkai.inspections.lifecycle import FindingState
from gongkai.inspections.models import Finding, Rescanned, Run
from gongkai.inspections.rules.published import RULES, Told, fault_of, next_look
from gongkai.inspections.tests import factories as made
from gongkai.inspections.tests.factories import CLERK, OFFICE, moment
from gongkai.outbox.actions import run_due
from gongkai.outbox.models import Job, JobState
from tests.garden.seeds import xlsx

DAY = date(2026, 9, 23)
NIGHT = moment(DAY, 0, 5)
SECRET = "36092519800101002X"
LIST = xlsx(
    {"汇总": [["户数", "2"]], "底表": [["姓名", "备注"], ["张三", SECRET], ["李四", SECRET]]},
    frozenset({"底表"}),
)


class TestRules:
    def test_a_number_is_told_nowhere(self) -> None:
        told = Told("privacy.identity_number", f"附件“张三{SECRET}.xlsx”A2", "", "3609**", "")
        fault = fault_of(told, f"张三{SECRET}的补助", "/a.html", NIGHT)
        assert fault is not None
        assert fault.rule == "identity_number"
        assert SECRET not in repr(fault)
        assert "遮盖后重新发布" in fault.why

    def test_what_is_no_fault_is_not_told(self) -> None:
        for rule in ("attachment_note", "attachment_unread", "link_dead", "privacy.no_such"):
            assert fault_of(Told(rule, "正文", "说明", "", ""), "标题", "/a", NIGHT) is None
        broken = fault_of(
            Told("attachment_damaged", "附件", "已损坏。", "", ""), "标题", "/a", NIGHT
        )
        assert broken is not None
        assert {broken.rule, "wording", "identity_number"} <= RULES

    def test_all_is_seen_within_thirty_days_and_the_first_night_spreads(self) -> None:
        days = {(next_look(pk, DAY, is_first=True) - DAY).days for pk in range(100)}
        assert days == set(range(1, 29))
        assert next_look(7, DAY, is_first=False) == DAY + timedelta(days=28)


@pytest.fixture
def home(db: Any, settings: Any, tmp_path: Any) -> Any:
    settings.GONGKAI_FILE_DIR = tmp_path / "files"
    return made.county()


@pytest.fixture
def unchecked(monkeypatch: Any) -> None:
    """Let texts out as they are, as an old site's were."""
    monkeypatch.setattr(checking, "CHECKERS", ())


@pytest.fixture
def water(home: Any) -> Any:
    return made.department(home)


def public(organ: Any, where: Any, *, file: bytes = b"", **told: Any) -> Entry:
    entry = entries.draft(organ, where, **told)
    if file:
        disclosure.attaching.attach(
            entry, role=AttachmentRole.ATTACHMENT, content=file, file_name="补助名单.xlsx",
            by=entries.AUTHOR, at=entries.NOON,
        )  # fmt: skip
        entry.refresh_from_db()
    return entries.forward(entry, EntryState.PUBLISHED)


@pytest.fixture
def section(home: Any) -> Any:
    return entries.section(home, "tjxx")


def night(home: Any, days: int = 0) -> rescanning.Portion:
    return rescan(home, at=NIGHT + timedelta(days=days))


def withdraw(entry: Entry) -> None:
    disclosure.releasing.withdraw(
        entry, reason=WithdrawalReason.IN_ERROR, note="含有个人信息", by=entries.PUBLISHER,
        at=NIGHT + timedelta(hours=10),
    )  # fmt: skip


@pytest.fixture
def leak(water: Any, section: Any, unchecked: None) -> Entry:
    """A public text with identity numbers on a hidden sheet of its workbook."""
    return public(water, section, file=LIST)


class TestNight:
    def test_a_leak_is_found_masked_and_laid_at_its_organ(
        self, home: Any, water: Any, leak: Entry
    ) -> None:
        portion = night(home)
        assert portion.run is not None
        assert (portion.looked, portion.more, portion.run.new) == (1, False, 2)
        for finding in Finding.objects.all():
            assert (finding.rule, finding.organ, finding.address) == (
                "identity_number", water, leak.address
            )  # fmt: skip
            assert "底表”（隐藏）" in finding.evidence
            assert SECRET not in repr(finding.__dict__)
        assert night(home).looked == 0  # seen; due again another night

    def test_it_is_gone_once_the_text_is_withdrawn(self, home: Any, leak: Entry) -> None:
        night(home)
        finding = Finding.objects.first()
        assert finding is not None
        made.actions.order(finding, requirement="请撤下", by=OFFICE, at=NIGHT)
        withdraw(leak)
        told = made.Answer("已撤下", "重新遮盖", "张三")
        made.actions.answer(finding, told=told, by=CLERK, at=NIGHT + timedelta(hours=11))
        night(home, 1)
        finding.refresh_from_db()
        assert finding.state == FindingState.RECHECKED
        assert not Finding.objects.filter(gone_at__isnull=True).exists()
        runs = Run.objects.count()
        night(home, 2)
        assert Run.objects.count() == runs  # nothing to tell is not told

    def test_a_verdict_is_remembered(self, home: Any, leak: Entry) -> None:
        night(home)
        for finding in Finding.objects.all():
            mark_false(finding, why="经核实为样例", by=OFFICE, at=NIGHT)
        portion = night(home, 29)
        assert portion.run is None or portion.run.new == 0
        assert Finding.objects.count() == 2

    def test_what_two_persons_let_pass_is_not_told_again(
        self, home: Any, water: Any, section: Any
    ) -> None:
        entry = entries.draft(water, section, body=f"<p>依判决公开，身份证号{SECRET}。</p>")
        (found,) = [each for each in checking.check(entry) if each.blocking]
        at = {"at": entries.NOON}
        asked = disclosure.overriding.ask_override(
            entry, fingerprint=found.fingerprint, reason="法院判决要求公开", by=entries.AUTHOR, **at
        )
        disclosure.overriding.grant_override(asked, by=entries.FIRST, **at)
        entry.refresh_from_db()
        entries.forward(entry, EntryState.PUBLISHED)
        assert night(home).run is None
        assert Rescanned.objects.get().unread == ""

    def test_what_has_changed_is_seen_the_same_night(
        self, home: Any, water: Any, section: Any
    ) -> None:
        entry = public(water, section)
        night(home)
        assert night(home).looked == 0
        disclosure.writing.revise(entry, by=entries.AUTHOR, at=NIGHT + timedelta(hours=9))
        entry.refresh_from_db()
        entries.forward(entry, EntryState.PUBLISHED, NIGHT + timedelta(hours=9))
        assert night(home, 1).looked == 1
        assert Rescanned.objects.get().version_id == Entry.objects.get().published_id

    def test_a_text_that_breaks_the_reader_holds_up_no_other_and_passes_nothing(
        self, home: Any, water: Any, section: Any, leak: Entry, monkeypatch: Any
    ) -> None:
        night(home)
        (number, _) = Finding.objects.order_by("pk")
        made.actions.order(number, requirement="请撤下", by=OFFICE, at=NIGHT)
        told = made.Answer("已撤下", "重新遮盖", "张三")
        made.actions.answer(number, told=told, by=CLERK, at=NIGHT + timedelta(hours=1))
        public(water, section)
        look = rescanning.look_through

        def breaks(entry: Entry, at: Any) -> Any:
            if entry.pk == leak.pk:
                raise MemoryError
            return look(entry, at)

        monkeypatch.setattr(rescanning, "look_through", breaks)
        assert night(home, 29).looked == 2
        assert Rescanned.objects.get(entry=leak).unread == "复查出错，没有查完"
        number.refresh_from_db()
        assert number.state == FindingState.ANSWERED


def test_a_night_goes_on_in_portions_and_tells_the_office(
    home: Any, water: Any, section: Any, leak: Entry, monkeypatch: Any
) -> None:
    for _ in range(2):
        public(water, section)
    monkeypatch.setattr(rescanning, "PORTION", 2)
    tasks.rescan_each_night(NIGHT)
    attempts = [
        each for each in run_due(at=NIGHT) if each.kind == tasks.RESCAN
    ]  # fmt: skip
    assert [each.state for each in attempts] == [JobState.DONE, JobState.DONE]
    told = [notice.text for each in attempts for notice in each.notices]
    assert len(told) == 1
    assert "新发现2个问题" in told[0]
    assert Rescanned.objects.count() == 3
    assert not Job.objects.filter(state=JobState.WAITING, kind=tasks.RESCAN).exists()
