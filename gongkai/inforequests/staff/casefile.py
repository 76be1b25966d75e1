"""What the case page shows, put together once: headline, clock, consultations, acts, readers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from gongkai.audit.queries import LogLine, history_of
from gongkai.files.queries import FileLine
from gongkai.inforequests.lifecycle.acts import CaseAct
from gongkai.inforequests.lifecycle.opinions import Opinion
from gongkai.inforequests.lifecycle.states import Event, State
from gongkai.inforequests.models import Act, InfoRequest
from gongkai.inforequests.queries import DeskRow
from gongkai.inforequests.staff.wording import told
from gongkai.letters.queries import Letter, LetterKind
from gongkai.statute.clock import Deadline, TraceDay, terms
from gongkai.statute.days import written
from gongkai.statute.workdays import WorkdayCalendar

_ASKING = (Event.CONSULT_THIRD_PARTY, Event.CONSULT_ORGAN)
_OPINIONS = (Event.RECORD_OPINION, Event.RECORD_LAST_OPINION)
_READINGS = {
    "inforequests.show_requester": "查看申请人信息",
    "inforequests.renew_query_code": "另发查询码",
    "files.open": "打开文件",
    "letters.open": "打开文书",
}
_OFFER = "inforequests.offer"
FULL = 100


@dataclass(frozen=True, slots=True)
class Clock:
    """The sum of the clock: which working day of how many; `filled` from 0 to 100."""

    text: str
    filled: int
    tone: str  # "", "warn", "bad"


@dataclass(frozen=True, slots=True)
class Consulted:
    """One consultation as a row: whom, when sent, served, due, and what was said."""

    number: int
    kind: str
    whom: str
    about: str
    sent_on: date
    served_on: date | None
    due_on: date | None
    answered_on: date | None
    opinion: str
    overdue: bool


@dataclass(frozen=True, slots=True)
class Step:
    """One thing on the timeline: an act (with its number), a letter issued, a file stored."""

    number: int | None
    on: date
    label: str
    told: tuple[tuple[str, str], ...]
    who: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who looked: when, who, from which post, at what."""

    at: datetime
    name: str
    post: str
    what: str


def clock_of(
    row: DeskRow, deadline: Deadline | None, days: Sequence[TraceDay], today: date
) -> Clock | None:
    """Return where the clock stands today, None when it has not begun or is over."""
    if deadline is None or row.state.is_concluded or row.due_on is None:
        return None
    total = deadline.workdays
    if row.late:
        return Clock(f"共 {total} 个工作日，已经用完", FULL, "bad")
    day = max((each.number for each in days if each.number and each.on <= today), default=0)
    tone = "bad" if today == row.due_on else "warn" if row.soon else ""
    text = f"第 {day} 个工作日，共 {total} 个" if day else f"尚未计入，共 {total} 个工作日"
    if row.state is State.CONSULTING:
        text += "；征求意见期间暂停计算"
    return Clock(text, min(FULL, round(FULL * day / total)) if total else 0, tone)


def waits_for(
    info_request: InfoRequest, state: State, consulted: Sequence[Consulted], acts: Sequence[CaseAct]
) -> str:
    """Return in a sentence who must move next, and by when."""
    if state is State.CONSULTING:
        return "等待" + "；".join(_awaited(each) for each in consulted if not each.opinion) + "。"
    if state in (State.AWAITING_SUPPLEMENT, State.AWAITING_PAYMENT):
        what = "补正" if state is State.AWAITING_SUPPLEMENT else "缴费"
        term = info_request.requester_due_on
        until = f"，期限到{written(term)}为止" if term else ""
        return f"等待申请人{what}{until}；期间答复期限停止计算。"
    if state in (State.UNDER_REVIEW, State.REVIEWED):
        drafted = next((act for act in reversed(acts) if act.kind is Event.DRAFT_REPLY), None)
        who = "审核人审核" if state is State.UNDER_REVIEW else "负责人签发"
        not_by = f"；拟稿人（{drafted.account}）不能办理" if drafted else ""
        return f"等待{who}{not_by}。"
    if state is State.PROCESSING:
        return f"由{info_request.unit or '承办科室'}办理{_inner(info_request)}。"
    return _WAITS.get(state, "")


_WAITS = {
    State.SUBMITTED: "等待本机关与申请人确认收到，确认之日起计算期限（第三十一条）。",
    State.REGISTERED: "等待分办给承办科室和经办人。",
    State.SIGNED: "等待经办人制发答复书。",
    State.ISSUED: "答复书已经制发，等待送达；送达之日为答复之日（第四十条）。",
    State.REPLIED: "已经答复，等待办结。",
    State.LAPSED: "申请人视为放弃，等待办结。",
    State.WITHDRAWN: "申请人已撤回，等待办结。",
    State.CLOSED: "已经办结，等待归档。",
}


def consultations(
    acts: Sequence[CaseAct], received_on: date | None, today: date, calendar: WorkdayCalendar
) -> list[Consulted]:
    """Return the consultations of a case, in the order they were sent."""
    return [
        _consulted(act, acts, received_on, today, calendar) for act in acts if act.kind in _ASKING
    ]


def _consulted(
    asked: CaseAct,
    acts: Sequence[CaseAct],
    received_on: date | None,
    today: date,
    calendar: WorkdayCalendar,
) -> Consulted:
    about_it = [act for act in acts if act.data.get("consultation") == asked.sequence]
    served = next((act.on for act in about_it if act.kind is Event.SERVE_CONSULTATION), None)
    said = next((act for act in about_it if act.kind in _OPINIONS), None)
    kind, due_on = asked.consultation_kind, None
    if served and received_on:
        due_on = terms.opinion(kind, served, received_on, calendar).due_on
    return Consulted(
        number=asked.sequence,
        kind=kind.label,
        whom=asked.data["whom"],
        about=asked.data.get("about", ""),
        sent_on=asked.on,
        served_on=served,
        due_on=due_on,
        answered_on=said.on if said else None,
        opinion=Opinion(said.data["opinion"]).label if said else "",
        overdue=said is None and due_on is not None and due_on < today,
    )


def timeline(
    acts: Sequence[Act], letters: Sequence[Letter], files: Sequence[FileLine]
) -> list[Step]:
    """Return acts, letters and files in one line, in the order they were written down."""
    whom = {act.sequence: act.data["whom"] for act in acts if act.kind in _ASKING}
    steps = [
        Step(
            number=act.sequence,
            on=act.on,
            label=Event(act.kind).label,
            told=tuple(told(act.value, whom)),
            who=f"{act.actor_name}，{act.actor_post}" if act.actor_post else act.actor_name,
            recorded_at=act.recorded_at,
        )
        for act in acts
    ]
    told_by_act = {each for act in acts for each in act.data.get("letter_ids", ())}
    steps += [_issued(letter) for letter in letters if str(letter.pk) not in told_by_act]
    steps += [_stored(file) for file in files]
    return sorted(steps, key=lambda step: step.recorded_at)


def _issued(letter: Letter) -> Step:
    return Step(
        number=None,
        on=letter.issued_on,
        label=f"制发《{LetterKind(letter.kind).label}》",
        told=(("文号", letter.number),) if letter.number else (),
        who=letter.issued_by,
        recorded_at=letter.issued_at,
    )


def _stored(file: FileLine) -> Step:
    return Step(
        number=None,
        on=timezone.localdate(file.stored_at),
        label=f"存入{file.purpose_label}",
        told=(("文件", file.name),),
        who=file.stored_by,
        recorded_at=file.stored_at,
    )


def readers(info_request: InfoRequest, logged: Sequence[LogLine]) -> list[Reader]:
    """Return who has looked at the case, newest first; `logged` as `events_about` gives it."""
    found = [
        Reader(row.first_at, row.name, row.post, "查看案件") for row in info_request.readings.all()
    ]
    found += [
        Reader(line.at, line.actor_name, line.actor_post, _reading_words(line.verb, line.label))
        for line in logged
        if line.verb in _READINGS
    ]
    return sorted(found, key=lambda reader: reader.at, reverse=True)


def events_about(targets: Sequence[str]) -> list[LogLine]:
    """Return what the log holds of a case, its letters and its files."""
    return [line for target in targets for line in history_of(target)]


def handed_in(logged: Sequence[LogLine], acts: Sequence[Act]) -> list[str]:
    """Return what the requester handed in over the site since the last act, to be looked at."""
    last = max((act.recorded_at for act in acts), default=None)
    return [
        str(line.after.get("offer", ""))
        for line in logged
        if line.verb == _OFFER and (last is None or line.at > last)
    ]


def _reading_words(verb: str, label: str) -> str:
    what = _READINGS[verb]
    return what if verb.startswith("inforequests.") else f"{what}：{label}"


def _awaited(each: Consulted) -> str:
    if each.served_on is None:
        return f"{each.whom}收到征求意见书（尚未登记送达）"
    if each.due_on is None:
        return f"{each.whom}提出意见"
    over = "，已届满，请登记意见或者逾期" if each.overdue else ""
    return f"{each.whom}提出意见（期限到{written(each.due_on)}{over}）"


def _inner(info_request: InfoRequest) -> str:
    inner = info_request.inner_due_on
    return f"，内部办理期限{written(inner)}" if inner else ""
