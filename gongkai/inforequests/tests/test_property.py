"""Random legal acts: no history breaks the table, the clock, the replay or the one-row rule.

Issue 3 section 6. The acts are drawn by hypothesis and done by the verbs; what the law
refuses is refused and changes nothing. Letters are not rendered here.
"""

from contextlib import ExitStack
from datetime import date, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.db import connection, transaction
from django.db.models import Max
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from gongkai.inforequests import actions
from gongkai.inforequests.lifecycle.errors import RequestError
from gongkai.inforequests.lifecycle.notices import Notice, notices_of
from gongkai.inforequests.lifecycle.opinions import Opinion
from gongkai.inforequests.lifecycle.states import CONCLUDED, Event, State
from gongkai.inforequests.lifecycle.transitions import open_events
from gongkai.inforequests.models import (
    Act,
    InfoRequest,
    IntakeChannel,
    ReferralTarget,
    Retention,
    ServiceWay,
)
from gongkai.inforequests.queries import acts_of, differences
from gongkai.inforequests.statistics import facts_by_organ, outcomes_by_acts, records_behind
from gongkai.inforequests.tests import oracle
from gongkai.inforequests.tests.factories import (
    DECISION,
    HEAD,
    ME,
    REVIEWER,
    a_profile,
    an_organ,
    do,
    moment,
    processing,
    submitted,
)
from gongkai.letters.actions import Rendered
from gongkai.letters.queries import LetterState, gaps, letters_about
from gongkai.orgs.models import Organ
from gongkai.statute.fees import Tariff
from gongkai.statute.grounds import Ground
from gongkai.statute.requesters import RequesterKind
from gongkai.statute.workdays import national
from gongkai.tables.crossfoot import crossfoot
from gongkai.tables.editions import edition_for
from gongkai.tables.facts import Period, requests_measure

FIRST_YEAR = 2019
FIRST_DAYS = st.dates(date(FIRST_YEAR, 3, 1), date(2022, 12, 31))
MOST_CASES = 4
# What ends a case or passes it on is drawn less often than what moves it.
SELDOM = {
    *(Event.WITHDRAW, Event.TRANSFER, Event.SPLIT, Event.MERGE, Event.CLOSE),
    *(Event.TRY_CONTACT, Event.ASSIGN, Event.RETURN_DRAFT, Event.CANCEL_ISSUE, Event.REFER),
    *(Event.ASK_REASONS, Event.RECEIVE_REASONS, Event.SEARCH),
    *(Event.SERVE_LETTER, Event.RECORD_ARRIVAL),
}
VERBS = {
    Event.RECORD_LAST_OPINION: "record_opinion",
    Event.ISSUE: "issue_reply",
    Event.REPLY_ANEW: "serve",
}
ANSWERING = [
    *[(Event.SEARCH, ME), (Event.DRAFT_REPLY, ME), (Event.PASS_DRAFT, REVIEWER)],
    *[(Event.SIGN, HEAD), (Event.ISSUE, ME), (Event.REPLY, ME), (Event.RETURN_MAIL, ME)],
    *[(Event.SERVE_AGAIN, ME), (Event.CLOSE, ME), (Event.ARCHIVE, ME)],
]
WAYS = [
    [(Event.ASK_SUPPLEMENT, ME), (Event.RECEIVE_SUPPLEMENT, ME)],
    [(Event.ASK_SUPPLEMENT, ME), (Event.LAPSE_SUPPLEMENT, ME)],
    [
        *[(Event.ASK_SUPPLEMENT, ME), (Event.SERVE_LETTER, ME), (Event.RECORD_ARRIVAL, ME)],
        (Event.LAPSE_SUPPLEMENT, ME),
    ],
    [(Event.CHARGE_FEE, ME), (Event.SERVE_LETTER, ME), (Event.RECORD_PAYMENT, ME)],
    [(Event.CHARGE_FEE, ME), (Event.RECORD_PAYMENT, ME)],
    [(Event.CHARGE_FEE, ME), (Event.LAPSE_FEE, ME)],
    [(Event.PROPOSE_EXTENSION, ME), (Event.EXTEND, HEAD)],
    [(Event.ASK_REASONS, ME), (Event.RECEIVE_REASONS, ME), (Event.SET_DELAY, ME)],
    [
        *[(Event.CONSULT_THIRD_PARTY, ME), (Event.SERVE_CONSULTATION, ME)],
        *[(Event.RECORD_OPINION, ME), (Event.TELL_THIRD_PARTY, ME)],
    ],
    [(Event.CONSULT_ORGAN, ME), (Event.SERVE_CONSULTATION, ME), (Event.RECORD_OPINION, ME)],
]
ANSWERED = {
    *(Event.RECEIVE_SUPPLEMENT, Event.LAPSE_SUPPLEMENT, Event.RECORD_PAYMENT, Event.LAPSE_FEE),
    *(Event.RECORD_OPINION, Event.RECEIVE_REASONS),
}
TELLS: dict[Event, dict[str, Any]] = {
    Event.TRY_CONTACT: {"how": "电话", "result": "已接通"},
    Event.SPLIT: {"descriptions": ["甲", "乙"]},
    Event.RECEIVE_SUPPLEMENT: {"what": "东至河边"},
    Event.CONSULT_THIRD_PARTY: {"whom": "甲公司"},
    Event.ASK_REASONS: {"what": "数量"},
    Event.CHARGE_FEE: {"tariff": Tariff.BY_PAGE, "count": 31},
    Event.RETURN_DRAFT: {"why": "再核"},
    Event.CANCEL_ISSUE: {"reason": "有误"},
    Event.RETURN_MAIL: {"why": "拒收"},
    Event.REFER: {"to": ReferralTarget.PETITION_OFFICE},
    Event.WITHDRAW: {"reason": "不要了"},
    Event.ARCHIVE: {"file_number": "1", "retention": Retention.TEN_YEARS},
}


def tell(case: InfoRequest, event: Event, on: date, ground: Ground, chance: int) -> dict[str, Any]:
    """Return data of `event` that is well formed; the law may still refuse it."""
    sent = case.acts.filter(kind__startswith="CONSULT").values_list("sequence", flat=True)
    number = {"consultation": sorted(sent)[-1 - chance % 2 % len(sent)] if sent else 1}
    even = chance % 2 == 0
    way = ServiceWay.POST if even else list(ServiceWay)[chance % len(ServiceWay)]
    service = {"how": way, "tracking": "XA1" if way is ServiceWay.POST else ""}
    letter = ground.letters[chance % len(ground.letters)]
    answers = [
        actions.Answer(item.place, ground, letter, facts="经审查，答复如下。")
        for item in case.items.all()
    ]
    by_case: dict[Event, dict[str, Any]] = {
        Event.ASSIGN: {
            "unit": "政务公开股",
            "handler": "handler" if even else "",
            "inner_due_on": on + timedelta(days=chance),
        },
        Event.SEARCH: {
            "places": "档案室",
            "keywords": "征收",
            "officer": "张三",
            "searched_on": on,
            "found": chance % 4 == 0,
        },
        Event.ASK_SUPPLEMENT: {"what": "位置", "due_on": on + timedelta(days=15)},
        Event.CONSULT_ORGAN: {"whom": "县住建局", "joint": even},
        Event.SERVE_CONSULTATION: number,
        Event.RECORD_OPINION: number | {"opinion": list(Opinion)[chance % len(Opinion)]},
        Event.TELL_THIRD_PARTY: number | {"what": "全文", "reason": "公共利益"},
        Event.PROPOSE_EXTENSION: {"workdays": 1 + chance % 20, "reason": "量大"},
        Event.RECEIVE_REASONS: {"what": "写论文", "reasonable": even},
        Event.SET_DELAY: {"until_on": on + timedelta(days=60 + chance), "reason": "量大"},
        Event.DRAFT_REPLY: {"answers": answers},
        Event.REPLY: service if case.state == State.ISSUED else {"grounds": _all(case, ground)},
        Event.REPLY_ANEW: service,
        Event.SERVE_AGAIN: service,
        Event.SERVE_LETTER: _notice(case, chance) | service,
        Event.RECORD_ARRIVAL: _notice(case, chance),
        Event.REOPEN: DECISION | {"due_on": None if even else on + timedelta(days=20)},
    }
    by_case[Event.RECORD_LAST_OPINION] = by_case[Event.RECORD_OPINION]
    return by_case.get(event) or TELLS.get(event, {})


def _notice(case: InfoRequest, chance: int) -> dict[str, Any]:
    """Return a procedural letter of the case, one that waits where there is any."""
    found = notices_of(acts_of(case)) or (Notice("L01", 1, date(2020, 1, 1)),)
    waiting = [each for each in found if each.latest is None or each.under_way] or found
    chosen = waiting[-1 - chance % len(waiting)]
    return {"kind": chosen.code, "act": chosen.number}


def _all(case: InfoRequest, ground: Ground) -> dict[int, Ground]:
    return {item.place: ground for item in case.items.all()}


class Life(RuleBasedStateMachine):
    """Two organs, the requests made to them, and everything that the verbs may do."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.stack.enter_context(transaction.atomic())
        rendered = Rendered(b"docx", b"pdf", "0" * 64)
        for name, told in (
            ("gongkai.letters.actions.rendering.render", {"return_value": rendered}),
            ("gongkai.adapters.letter_files.keep", {}),
        ):
            self.stack.enter_context(patch(name, **told))

    @initialize()
    def set_up(self) -> None:
        self.organs = [an_organ("one"), an_organ("two")]
        for organ in self.organs:
            a_profile(organ)

    @precondition(lambda self: InfoRequest.objects.count() < MOST_CASES)
    @rule(
        place=st.integers(0, 1),
        on=FIRST_DAYS,
        kind=st.sampled_from(RequesterKind),
        channel=st.sampled_from(IntakeChannel),
        items=st.sampled_from([(), ("甲", "乙")]),
        begun=st.sampled_from([True, True, False]),
    )
    def submit(self, place, on, kind, channel, items, begun) -> None:
        make = processing if begun else submitted
        make(self.organs[place], on, kind=kind, channel=channel, items=items)

    @precondition(lambda self: InfoRequest.objects.exists())
    @rule(
        place=st.integers(0, 99),
        choice=st.integers(0, 999),
        days=st.sampled_from([0, 0, 0, 1, 1, 3, 8, 22, 30]),
        ground=st.sampled_from([*[Ground.GRANTED, Ground.NOT_HELD, Ground.PARTIAL] * 5, *Ground]),
        by=st.sampled_from([ME, REVIEWER, HEAD]),
        chance=st.integers(0, 60),
    )
    def act(self, place, choice, days, ground, by, chance) -> None:
        cases = list(InfoRequest.objects.order_by("number"))
        case = cases[place % len(cases)]
        drawn = [
            event
            for event in open_events(State(case.state))
            for _ in range(1 if event in SELDOM else 4)
        ]
        if not drawn:
            return
        event = drawn[choice % len(drawn)]
        on = case.acts.latest("sequence").on + timedelta(days=days)
        before = case.acts.count()
        try:
            with transaction.atomic():
                self._do(case, event, on, ground, by, chance)
        except RequestError:
            assert case.acts.count() == before, "what is refused changes nothing"
        self._clock_agrees(case.pk)

    @precondition(lambda self: InfoRequest.objects.filter(state=State.PROCESSING).exists())
    @rule(
        place=st.integers(0, 99),
        ground=st.sampled_from([Ground.GRANTED, Ground.NOT_HELD, Ground.PARTIAL, *Ground]),
        chance=st.integers(0, 60),
        length=st.integers(1, len(ANSWERING)),
    )
    def answer(self, place, ground, chance, length) -> None:
        """Go some steps of the way from the draft to the file, on one day."""
        cases = list(InfoRequest.objects.filter(state=State.PROCESSING).order_by("number"))
        self._go(cases[place % len(cases)], ANSWERING[:length], ground, chance)

    @precondition(lambda self: InfoRequest.objects.filter(state=State.PROCESSING).exists())
    @rule(
        place=st.integers(0, 99),
        way=st.sampled_from(WAYS),
        chance=st.integers(0, 60),
        days=st.sampled_from([0, 2, 9, 23]),
    )
    def handle(self, place, way, chance, days) -> None:
        """Ask somebody something, and have an answer some days later."""
        cases = list(InfoRequest.objects.filter(state=State.PROCESSING).order_by("number"))
        self._go(cases[place % len(cases)], way, Ground.GRANTED, chance, days)

    def _go(self, case, way, ground, chance, days=0) -> None:
        for event, by in way:
            on = case.acts.latest("sequence").on
            on += timedelta(days=days if event in ANSWERED else 0)
            case.refresh_from_db()
            try:
                with transaction.atomic():
                    self._do(case, event, on, ground, by, chance)
            except RequestError:
                return
            finally:
                self._clock_agrees(case.pk)

    def _do(self, case, event, on, ground, by, chance) -> None:
        if event is Event.REGISTER:
            confirmed = on if IntakeChannel(case.channel).needs_confirmation else None
            actions.register(case, confirmed_on=confirmed, by=by, at=moment(on, 17))
            return
        told = tell(case, event, on, ground, chance)
        if event is Event.TRANSFER:
            to = next(organ for organ in self.organs if organ.pk != case.organ_id)
            told = {"to": to, "reason": "选错机关"}
        if event is Event.MERGE:
            others = InfoRequest.objects.filter(organ=case.organ).exclude(pk=case.pk)
            into = others.order_by("number").first()
            if into is None:
                return
            told = {"into": into, "reason": "重复"}
        verb = VERBS.get(event, event.value.lower())
        if event is Event.REPLY and case.state == State.ISSUED:
            verb = "serve"
        do(getattr(actions, verb), case, on, by=by, **told)

    def _clock_agrees(self, pk) -> None:
        case = InfoRequest.objects.get(pk=pk)
        assert case.pending == (case.state not in CONCLUDED)
        if case.pending:
            assert case.due_on == oracle.due_on(acts_of(case), national())

    def _foots(self) -> None:
        """Every year that something happened in, and the one after, foots for each organ."""
        ids = [organ.pk for organ in self.organs]
        last = Act.objects.aggregate(day=Max("on"))["day"] or date(FIRST_YEAR, 1, 1)
        before = facts_by_organ(Period.of_year(FIRST_YEAR - 1), ids)
        for year in range(FIRST_YEAR, last.year + 2):
            facts = facts_by_organ(Period.of_year(year), ids)
            told = outcomes_by_acts(Period.of_year(year), ids)
            for pk in ids:
                _crossfoots(year, facts[pk], before[pk])
                # V11: the results counted from the acts themselves.
                counted = {each: n for each, n in facts[pk].items() if "outcome." in each.aspect}
                assert {each: told[pk][each] for each in counted} == counted
                assert set(told[pk]) <= set(counted)
            before = facts

    def teardown(self) -> None:
        try:
            if hasattr(self, "organs"):
                self._whole()
        finally:
            transaction.set_rollback(True)
            self.stack.close()

    def _whole(self) -> None:
        assert list(differences()) == []
        self._foots()
        _one_row_each(self.organs)
        assert gaps([organ.pk for organ in self.organs]) == []
        for case in InfoRequest.objects.all():
            _letters_fit(case)


def _crossfoots(year: int, facts: dict, before: dict) -> None:
    found = crossfoot(edition_for(year).lay_out(facts))
    assert [each for each in found if each.rule in {"V1", "V2", "V3"}] == []
    for kind in RequesterKind:  # V5
        carried_out = before[requests_measure("carried_out", kind)]
        assert facts[requests_measure("carried_in", kind)] == carried_out


def _one_row_each(organs: list[Organ]) -> None:
    """Every received request with a result of its own is in exactly one result row (V11)."""
    ever = Period(date(2000, 1, 1), date(2100, 1, 1))
    rows: dict[str, int] = {}
    for ground in Ground:
        for kind in RequesterKind:
            measure = requests_measure(f"outcome.{ground.name}", kind)
            for record in records_behind(measure, ever, [organ.pk for organ in organs]):
                rows[record.id] = rows.get(record.id, 0) + 1
    passed_on = (State.SPLIT, State.MERGED, State.TRANSFERRED)
    concluded = InfoRequest.objects.filter(
        concluded_on__isnull=False, received_on__isnull=False
    ).exclude(state__in=passed_on)
    assert rows == {case.typed_id: 1 for case in concluded}


def _letters_fit(case: InfoRequest) -> None:
    """A letter stands when its answer does: cancelled ones were struck, served ones were not."""
    made: dict[str, LetterState] = {}
    for act in acts_of(case):
        if act.kind is Event.ISSUE:
            (newest,) = act.data["letter_ids"]
            made[newest] = LetterState.ISSUED
        elif act.kind is Event.CANCEL_ISSUE or (act.kind is Event.WITHDRAW and made):
            open_letter = list(made)[-1]
            made[open_letter] = LetterState.CANCELLED
    assert {str(each.pk): each.state for each in letters_about(case.typed_id)} == made


@pytest.mark.django_db
class TestLife(Life.TestCase):
    """The machine as a test."""


def _histories() -> int:
    """Return how many to try: what the law says is tried on SQLite, PostgreSQL must only agree."""
    if settings.get_current_profile_name() == "thorough":
        return 500
    if settings.get_current_profile_name() == "landing":
        return 8
    return 20 if connection.vendor == "sqlite" else 8


TestLife.settings = settings(
    max_examples=_histories(),
    stateful_step_count=50,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
