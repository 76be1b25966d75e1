"""What may be done with findings, each act with its form, its doer and its verb."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from gongkai.disclosure.actions import DisclosureError, allow_word
from gongkai.inspections import actions
from gongkai.inspections.actions import Answer
from gongkai.inspections.lifecycle import FindingEvent, FindingState, ToldWrongly
from gongkai.inspections.lifecycle.findings import open_events
from gongkai.inspections.models import Finding
from gongkai.inspections.queries import Inspector
from gongkai.inspections.rules.published import WORDING
from gongkai.inspections.staff import forms as asked

Take = Callable[[Sequence[Finding], Any, dict[str, Any]], None]


@dataclass(frozen=True, slots=True)
class Act:
    """One act: its slug, its words, the event it rests on, its form, and whose it is."""

    slug: str
    label: str
    event: FindingEvent
    form: type[forms.Form]
    take: Take
    office: bool = True
    many: bool = False  # offered for several findings of the list at once
    main: bool = False
    rules: frozenset[str] = frozenset()  # offered for findings of these alone, where told

    def open_to(self, person: Inspector, finding: Finding) -> bool:
        """Say whether a person may do this with a finding now."""
        if self.event not in open_events(FindingState(finding.state)):
            return False
        if self.rules and finding.rule not in self.rules:
            return False
        return person.keeps(finding) if self.office else person.answers_for(finding)


def _told(form: Any) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in form.fields}


def _rule(findings: Sequence[Finding], form: Any, who: dict[str, Any]) -> None:
    told = form.cleaned_data
    upheld = told["upheld"] == "yes"
    actions.rule_on_objection(findings[0], upheld=upheld, reason=told["reason"], **who)


def _recheck(findings: Sequence[Finding], form: Any, who: dict[str, Any]) -> None:
    told = form.cleaned_data
    actions.recheck(findings, passed=told["passed"] == "yes", words=told["words"], **who)


def _answer(findings: Sequence[Finding], form: Any, who: dict[str, Any]) -> None:
    told = form.cleaned_data
    answer = Answer(told["result"], told["measures"], told["person"])
    actions.answer(findings[0], told=answer, proofs=form.told_proofs(), **who)


def _no_mistake(findings: Sequence[Finding], form: Any, who: dict[str, Any]) -> None:
    """List the word first: where that is refused, the finding stands as it was."""
    told, [finding] = form.cleaned_data, findings
    try:
        allow_word(finding.county, told["word"], why=told["why"], **who)
    except DisclosureError as refused:
        field = {"reason": "why"}.get(refused.field, refused.field)
        raise ToldWrongly(str(refused), field) from refused
    actions.mark_false(findings, why=told["why"], **who)


_E = FindingEvent
_ALL = (
    Act(
        "order",
        "交办整改",
        _E.ORDER,
        asked.OrderForm,
        lambda found, form, who: _void(actions.order(found, **_told(form), **who)),
        many=True,
        main=True,
    ),
    Act(
        "send",
        "告知责任单位",
        _E.SEND,
        asked.EmptyForm,
        lambda found, form, who: _void(actions.send(found, **who)),
        many=True,
    ),
    Act(
        "false",
        "认定误报",
        _E.MARK_FALSE,
        asked.WhyForm,
        lambda found, form, who: _void(actions.mark_false(found, **_told(form), **who)),
        many=True,
    ),
    Act(
        "no-mistake",
        "认定不是错误，以后不再提示",
        _E.MARK_FALSE,
        asked.NoMistakeForm,
        _no_mistake,
        rules=frozenset({WORDING}),
    ),
    Act(
        "back",
        "撤销误报认定",
        _E.TAKE_BACK,
        asked.WhyForm,
        lambda found, form, who: _void(actions.take_back(found[0], **_told(form), **who)),
    ),
    Act(
        "pass-on",
        "改派",
        _E.PASS_ON,
        asked.PassOnForm,
        lambda found, form, who: _void(actions.pass_on(found[0], **_told(form), **who)),
    ),
    Act("rule", "裁定异议", _E.UPHOLD, asked.RuleForm, _rule, main=True),
    Act("recheck", "复核", _E.PASS, asked.RecheckForm, _recheck, many=True, main=True),
    Act(
        "close",
        "销号",
        _E.CLOSE,
        asked.EmptyForm,
        lambda found, form, who: _void(actions.close(found, **who)),
        many=True,
        main=True,
    ),
    Act("answer", "反馈整改结果", _E.ANSWER, asked.AnswerForm, _answer, office=False, main=True),
    Act(
        "object",
        "提出异议",
        _E.OBJECT,
        asked.ObjectForm,
        lambda found, form, who: _void(actions.object_to(found[0], **_told(form), **who)),
        office=False,
    ),
)
ACTS = {act.slug: act for act in _ALL}


def offered(person: Inspector, finding: Finding) -> list[Act]:
    """Return what a person may do with a finding now, the usual first."""
    return sorted(
        (act for act in _ALL if act.open_to(person, finding)), key=lambda act: not act.main
    )


def _void(_: object) -> None:
    """Leave what a verb returns: screens read anew."""
