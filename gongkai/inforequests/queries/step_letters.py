"""What the letters of the steps say: receipt, supplement, extension, consultation, fee, lapse.

Serves law.md 2.2, L01 to L10 and S1: each is filled from the act it tells of. What no act
knows (how to pay, where it is served) comes as `extra`, by the names of `LetterValues`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.utils import timezone

from gongkai.calendars.queries import workday_calendar
from gongkai.inforequests import deadlines
from gongkai.inforequests.lifecycle.acts import CaseAct
from gongkai.inforequests.lifecycle.channels import IntakeChannel
from gongkai.inforequests.lifecycle.states import Event
from gongkai.inforequests.models import AcceptingOffice, InfoRequest
from gongkai.inforequests.queries.answer_letters import addressed, you_of
from gongkai.inforequests.queries.cases import acts_of
from gongkai.inforequests.queries.requesters import times_asked
from gongkai.inforequests.rules.requesters import names_a_body
from gongkai.letters.queries import (
    FEE_UNPAID,
    NOT_SUPPLEMENTED,
    Due,
    LetterIncomplete,
    LetterKind,
    LetterState,
    LetterValues,
    Told,
    fill_answer,
    letters_about,
    sentence,
    shortened,
)
from gongkai.statute.clock import ConsultationKind
from gongkai.statute.days import written
from gongkai.statute.grounds import Ground
from gongkai.statute.limits import Rule, limit_on

# Which act a letter tells of, the newest of them unless another is named.
TELLS_OF: Mapping[LetterKind, tuple[Event, ...]] = {
    LetterKind.RECEIPT: (Event.REGISTER,),
    LetterKind.SUPPLEMENT: (Event.ASK_SUPPLEMENT,),
    LetterKind.REASONS: (Event.ASK_REASONS,),
    LetterKind.EXTENSION: (Event.EXTEND,),
    LetterKind.LATER_DATE: (Event.SET_DELAY,),
    LetterKind.THIRD_PARTY: (Event.CONSULT_THIRD_PARTY,),
    LetterKind.CONSULTING: (Event.CONSULT_THIRD_PARTY, Event.CONSULT_ORGAN),
    LetterKind.OTHER_ORGAN: (Event.CONSULT_ORGAN,),
    LetterKind.TELL_THIRD_PARTY: (Event.TELL_THIRD_PARTY,),
    LetterKind.FEE: (Event.CHARGE_FEE,),
    LetterKind.LAPSE: (Event.LAPSE_SUPPLEMENT, Event.LAPSE_FEE),
    LetterKind.WITHDRAWN: (Event.WITHDRAW,),
    LetterKind.PROOF_OF_SERVICE: (Event.REPLY, Event.REPLY_ANEW, Event.SERVE_AGAIN, Event.ISSUE),
}
_TEXTS = (
    *("recipient", "received_how", "reason", "tariff_words", "payment", "query_way"),
    *("refers_to", "consulted", "place", "method"),
)
_USUAL_TERM = 7  # working days for giving reasons; the Regulations set none
_LONGEST_ITEM = 500
_YEAR = timedelta(days=365)


@dataclass(frozen=True)
class _Told:
    """A case and the one act that a letter tells of."""

    info_request: InfoRequest
    acts: Sequence[CaseAct]
    act: CaseAct

    @cached_property
    def you(self) -> str:
        """Return 你 or 你单位."""
        return you_of(self.info_request)

    def first(self, kind: Event) -> CaseAct | None:
        """Return the newest act of a kind up to the one told of."""
        before = [each for each in self.acts if each.sequence <= self.act.sequence]
        return next((each for each in reversed(before) if each.kind is kind), None)

    def name_of(self, kind: LetterKind, otherwise: str) -> str:
        """Return an earlier letter of the case by title and number, or other words for it."""
        letters = letters_about(self.info_request.typed_id).filter(
            kind=kind.value, state=LetterState.ISSUED.value
        )
        letter = letters.last()
        return f"《{kind.title}》（{letter.number}）" if letter and letter.number else otherwise


def step_letter(
    info_request: InfoRequest, kind: LetterKind, act: int | None, extra: Mapping[str, str]
) -> LetterValues:
    """Return the values of the letter that tells of a step; `act` is the sequence of its act.

    Raises:
        LetterIncomplete: the case has no such act, or `extra` lacks or misnames something.
    """
    acts = acts_of(info_request)
    told = _Told(info_request, acts, _act_told(kind, acts, act))
    known = LetterValues(**{**addressed(info_request), **_FILL[kind](told)})
    return _with_extra(known, extra)


def _act_told(kind: LetterKind, acts: Sequence[CaseAct], number: int | None) -> CaseAct:
    events = TELLS_OF.get(kind)
    if events is None:
        raise LetterIncomplete(f"“{kind.label}”不能单独制作，请通过拟写答复办理", field="kind")
    for act in reversed(acts):
        if act.kind in events and number in (None, act.sequence):
            return act
    labels = "、".join(event.label for event in events)
    raise LetterIncomplete(f"制作“{kind.label}”前，请先登记“{labels}”", field="act")


def _with_extra(values: LetterValues, extra: Mapping[str, str]) -> LetterValues:
    told: dict[str, Any] = {}
    for name, text in extra.items():
        if name == "days" and text.strip().isdecimal():
            told["days"] = int(text)
        elif name in _TEXTS:
            told[name] = text
        else:
            raise LetterIncomplete(f"公文没有“{name}”这一项，请核对", field=name)
    return replace(values, **{name: value for name, value in told.items() if value})


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.split("\n") if line.strip())


def _due(told: _Told, since: str = "") -> Due:
    """Return the deadline as it stood with the act told of."""
    acts = tuple(each for each in told.acts if each.sequence <= told.act.sequence)
    channel = IntakeChannel(told.info_request.channel)
    deadline = deadlines.reply_deadline(acts, channel, workday_calendar())
    if deadline is None:
        raise LetterIncomplete("申请尚未确定收到之日，不能写明答复期限", field="due")
    if not since:
        since = "自收到申请之日起"
        since = "自收到补正之日起" if told.first(Event.RECEIVE_SUPPLEMENT) else since
        since = "自缴费次日起" if told.first(Event.RECORD_PAYMENT) else since
    return Due(deadline.due_on, deadline.provisional, deadline.workdays, since)


def _receipt(told: _Told) -> dict[str, Any]:
    case, you = told.info_request, told.you
    channel = IntakeChannel(case.channel)
    arrived = written(timezone.localdate(case.submitted_at))
    how = f"{you}于{arrived}当面提交，以提交之日为收到申请之日"
    if channel is IntakeChannel.POST_SIGNED:
        how = f"{you}邮寄的申请由本机关于{arrived}签收，以签收之日为收到申请之日"
    elif channel.needs_confirmation:
        how = (
            f"{you}的申请于{arrived}通过{channel.label}提交，{written(told.act.on)}经双方确认，"
            "以确认之日为收到申请之日"
        )
    office = AcceptingOffice.objects.filter(organ_id=case.organ_id).first()
    phone = f"，或者拨打{office.phone}" if office and office.phone else ""
    query_way = f"登录县政府门户网站“依申请公开”栏目，凭申请编号和查询码查询{phone}"
    return {"received_how": how, "query_way": query_way, "due": _due(told)}


def _supplement(told: _Told) -> dict[str, Any]:
    due_on = told.act.day("due_on")
    days = workday_calendar().count(told.act.on, due_on) if due_on else None
    return {"items": _lines(told.act.data["what"]), "days": days}


def _reasons(told: _Told) -> dict[str, Any]:
    since = told.act.on - _YEAR
    number = times_asked(told.info_request, since)
    reason = f"{told.you}自{written(since)}以来已向本机关提交{number}件政府信息公开申请"
    return {"items": _lines(told.act.data["what"]), "days": _USUAL_TERM, "reason": reason}


def _extension(told: _Told) -> dict[str, Any]:
    data = told.act.data
    return {"reason": data["reason"], "days": data["workdays"], "due": _due(told)}


def _later_date(told: _Told) -> dict[str, Any]:
    return {"reason": told.act.data["reason"], "due": _due(told)}


def _asked_about(told: _Told) -> tuple[str, ...]:
    about = _lines(told.act.data.get("about", ""))
    if about:
        return about
    asked = told.info_request.items.order_by("place").values_list("text", flat=True)
    return tuple(shortened(text, _LONGEST_ITEM) for text in asked)


def _term_of(told: _Told) -> int:
    received_on = told.info_request.received_on or told.act.on
    return limit_on(told.act.consultation_kind.rule, received_on).value


def _party(whom: str) -> dict[str, Any]:
    """Return whom a letter is to, who is not the requester, and how it speaks to them."""
    return {"recipient": whom, "organisation": names_a_body(whom)}


def _third_party(told: _Told) -> dict[str, Any]:
    asked = {"items": _asked_about(told), "days": _term_of(told)}
    return {**_party(told.act.data["whom"]), **asked}


def _consulting(told: _Told) -> dict[str, Any]:
    if told.act.kind is Event.CONSULT_THIRD_PARTY:
        return {"consulted": "可能受影响的第三方"}
    return {"consulted": told.act.data["whom"]}


def _other_organ(told: _Told) -> dict[str, Any]:
    joint = told.act.consultation_kind is ConsultationKind.JOINT_ORGAN
    return {**_third_party(told), "organisation": True, "joint": joint}


def _tell_third_party(told: _Told) -> dict[str, Any]:
    number = told.act.data["consultation"]
    asked = next(each for each in told.acts if each.sequence == number)
    letter = told.name_of(
        LetterKind.THIRD_PARTY, f"{written(asked.on)}的《{LetterKind.THIRD_PARTY.title}》"
    )
    return {
        **_party(asked.data["whom"]),
        "items": _lines(told.act.data["what"]),
        "reason": told.act.data["reason"],
        "refers_to": letter,
    }


def _fee(told: _Told) -> dict[str, Any]:
    received_on = told.info_request.received_on or told.act.on
    return {
        "tariff_words": told.act.data["basis"],
        "amount_yuan": Decimal(told.act.data["amount"]),
        "days": limit_on(Rule.FEE_PAYMENT, received_on).value,
        "payment": "持本通知书到本机关政府信息公开工作机构办理缴款手续，缴入国库，"
        "以财政票据为缴费凭证",
    }


def _lapse(told: _Told) -> dict[str, Any]:
    if told.act.kind is Event.LAPSE_SUPPLEMENT:
        words, ground, kind = NOT_SUPPLEMENTED, Ground.NOT_SUPPLEMENTED, LetterKind.SUPPLEMENT
        asked = told.first(Event.ASK_SUPPLEMENT)
        due_on = asked.day("due_on") if asked else None
        term = f"{written(due_on)}前（含当日）" if due_on else ""
    else:
        words, ground, kind = FEE_UNPAID, Ground.FEE_UNPAID, LetterKind.FEE
        asked, term = told.first(Event.CHARGE_FEE), "自收到收费通知次日起20个工作日"
    asked_on = written(asked.on) if asked else ""
    facts = {
        "notice": told.name_of(kind, f"{asked_on}的《{kind.title}》"),
        "served_on": asked_on,
        "term": term,
    }
    return {
        "paragraphs": (fill_answer(words, facts, you=told.you),),
        "outcomes": (Told("", ground),),
    }


def _withdrawn(told: _Told) -> dict[str, Any]:
    facts = {"withdrawn_on": written(told.act.on), "how": told.act.data["reason"]}
    return {
        "paragraphs": (sentence(LetterKind.WITHDRAWN, facts, you=told.you),),
        "outcomes": (Told("", Ground.OTHER),),
    }


def _proof(told: _Told) -> dict[str, Any]:
    issued = told.first(Event.ISSUE)
    numbers = "、".join(issued.data["numbers"]) if issued else ""
    title = LetterKind(issued.data["kind"]).title if issued else ""
    return {"refers_to": f"《{title}》（{numbers}）" if issued else "", "method": "直接送达"}


_FILL: Mapping[LetterKind, Callable[[_Told], dict[str, Any]]] = {
    LetterKind.RECEIPT: _receipt,
    LetterKind.SUPPLEMENT: _supplement,
    LetterKind.REASONS: _reasons,
    LetterKind.EXTENSION: _extension,
    LetterKind.LATER_DATE: _later_date,
    LetterKind.THIRD_PARTY: _third_party,
    LetterKind.CONSULTING: _consulting,
    LetterKind.OTHER_ORGAN: _other_organ,
    LetterKind.TELL_THIRD_PARTY: _tell_third_party,
    LetterKind.FEE: _fee,
    LetterKind.LAPSE: _lapse,
    LetterKind.WITHDRAWN: _withdrawn,
    LetterKind.PROOF_OF_SERVICE: _proof,
}
