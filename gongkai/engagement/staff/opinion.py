"""Screens of the register of public opinion.

The register is not public: the county's office keeps it, an organ sees what it must answer.
"""

from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from wagtail.admin.widgets.button import HeaderButton

from gongkai.engagement import actions, queries
from gongkai.engagement.lifecycle import OpinionEvent, OpinionState, ResponseKind, Severity
from gongkai.engagement.lifecycle.opinion import open_events
from gongkai.engagement.models import OpinionMatter
from gongkai.engagement.queries import (
    OPINION_RECORDERS,
    OPINION_VIEWERS,
    OpinionRow,
)
from gongkai.engagement.staff.record_forms import (
    ConsultForm,
    JudgeForm,
    OpinionForm,
    ResponseForm,
    WordsForm,
)
from gongkai.engagement.staff.record_screens import (
    Act,
    ActScreen,
    AddScreen,
    Fact,
    Line,
    ListScreen,
    RecordScreen,
    Step,
)
from gongkai.orgs.queries import Official, existing_between, organs_of

_HOME = {"url": reverse_lazy("engagement:opinions"), "label": "政务舆情"}
_ACTS = {
    OpinionEvent.RESPOND: "respond",
    OpinionEvent.CONSULT: "consult",
    OpinionEvent.JUDGE: "judge",
    OpinionEvent.SET_ASIDE: "set_aside",
    OpinionEvent.EVALUATE: "evaluate",
}


def _moment(at: Any) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}"


class OpinionPerson:
    """Who keeps and who sees the register."""

    request: HttpRequest

    @cached_property
    def person(self) -> Official:
        """The signed-in person at the moment of the request."""
        user = self.request.user
        return Official(user, timezone.now(), OPINION_RECORDERS, OPINION_VIEWERS)


class OpinionsView(OpinionPerson, ListScreen):
    """The matters of every organ the person sees: those that wait, oldest first."""

    page_title = "政务舆情"
    header_icon = "warning"
    home = _HOME
    url_name = "opinions"
    tabs = (("", "待回应"), ("responded", "已回应"), ("aside", "不需回应"), ("evaluated", "已评估"))
    heads = ("编号", "舆情", "等级", "责任单位", "发现时间", "时限")
    empty = "没有这样的舆情。"
    note = "本登记簿不公开。时限按小时计算，节假日不扣除。"

    def rows(self, standing: str) -> QuerySet[OpinionMatter]:
        """Return the matters of a standing."""
        return queries.matters_of(self.organ_ids, standing)

    def line(self, row: OpinionMatter) -> Line:
        """Return a matter as the list shows it."""
        told = OpinionRow(row, row.clocks(self.person.now))
        clocks = "；".join(f"{each.rule.label}：{each.standing}" for each in told.clocks)
        return Line(
            reverse("engagement:opinion", args=[row.pk]),
            row.number,
            (
                row.title,
                row.get_severity_display(),
                row.organ.short_name,
                _moment(row.found_at),
                clocks,
            ),
            bad="超时" if told.late else "",
        )

    def get_header_buttons(self) -> list[HeaderButton]:
        """Offer a new matter to those who may."""
        if not self.person.acts_for.exists():
            return []
        return [HeaderButton("登记舆情", url=reverse("engagement:collect"), icon_name="plus")]


class OpinionScreen(OpinionPerson, RecordScreen):
    """A screen of one matter."""

    header_icon = "warning"
    home = _HOME
    url_name = "opinion"
    missing = "没有这条舆情，或者您无权查看。"

    def find(self, pk: int) -> OpinionMatter | None:
        """Return the matter among those the person sees."""
        return queries.find_matter(pk, self.organ_ids)


class OpinionView(OpinionScreen):
    """One matter: its clocks, responses, steps."""

    template_name = "engagement/opinion_record.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it."""
        row = self.seen(pk)
        self.page_title = f"舆情 {row.number}"
        clocks = row.clocks(self.person.now)
        late = [each for each in clocks if each.late and each.met_at is None]
        may = self.person.may_act_for(row.organ_id)
        context = self.get_context_data(
            row=row,
            clocks=clocks,
            warnings=[f"{each.rule.label}{each.standing}。" for each in late],
            acts=_acts(row) if may else [],
            facts=_facts(row),
            responses=row.responses.all(),
            steps=[
                Step(
                    _moment(each.at),
                    each.get_event_display(),
                    "，".join(filter(None, (each.actor_name, each.actor_post))),
                    each.words,
                )
                for each in row.steps.all()
            ],
        )
        return self.render_to_response(context)

    def trail(self) -> list[dict[str, Any]]:
        """Return nothing: this is the matter's own page."""
        return []


def _acts(row: OpinionMatter) -> list[Act]:
    events = open_events(OpinionState(row.state))
    return [
        Act(
            event.label,
            reverse(f"engagement:{name}", args=[row.pk]),
            event is OpinionEvent.RESPOND,
        )
        for event, name in _ACTS.items()
        if event in events
    ]


def _facts(row: OpinionMatter) -> list[Fact]:
    facts = [
        Fact("状态", row.get_state_display()),
        Fact("舆情标题", row.title),
        Fact("舆情摘要", row.summary),
        Fact("来源", row.source),
        Fact("链接", row.link or "—", url=row.link),
        Fact("发现时间", _moment(row.found_at)),
        Fact("等级", row.get_severity_display()),
        Fact("责任单位", row.organ.name),
    ]
    if row.evaluation:
        facts.append(Fact("评估", row.evaluation))
    return facts


class CollectView(OpinionPerson, AddScreen):
    """Enter a matter in the register."""

    page_title = "登记舆情"
    header_icon = "warning"
    home = _HOME
    url_name = "opinion"
    done = "已登记，时限从发现时间起算。"

    def form(self, *args: Any) -> OpinionForm:
        """Return the form."""
        given = {"found_at": timezone.localtime(self.person.now)}
        return OpinionForm(*args, organs=self.person.acts_for, initial=given)

    def make(self, form: OpinionForm) -> OpinionMatter:
        """Enter it."""
        told = form.cleaned_data
        new = actions.NewOpinion(
            title=told["title"],
            summary=told["opinion_summary"],
            source=told["source"],
            found_at=told["found_at"],
            severity=Severity(told["severity"]),
            link=told["link"],
        )
        return actions.collect_opinion(told["organ"], told=new, **self.who)


class OpinionAct(OpinionScreen, ActScreen):
    """The form of one act on one matter."""

    def told(self, row: OpinionMatter) -> str:
        """Return the matter above the form."""
        return f"{row.number}（{row.get_severity_display()}）：{row.title}\n{row.summary}"


class ConsultView(OpinionAct):
    """Put down what was agreed."""

    page_title = "登记会商"
    done = "已登记会商。"

    def form(self, row: OpinionMatter, *args: Any) -> ConsultForm:
        """Return the form with the organs of the county."""
        today = self.person.today
        organs = organs_of(row.county).filter(existing_between(today, today))
        return ConsultForm(*args, organs=organs, initial={"to": row.organ_id})

    def take(self, row: OpinionMatter, form: ConsultForm) -> None:
        """Put it down."""
        actions.consult_on_opinion(row, **form.cleaned_data, **self.who)


class JudgeView(OpinionAct):
    """Put down how grave it is."""

    page_title = "登记研判"
    done = "已登记研判，时限已按等级重算。"

    def form(self, row: OpinionMatter, *args: Any) -> JudgeForm:
        """Return the form."""
        return JudgeForm(*args, initial={"severity": row.severity})

    def take(self, row: OpinionMatter, form: JudgeForm) -> None:
        """Put it down."""
        told = form.cleaned_data
        severity = Severity(told["severity"])
        actions.judge_opinion(row, severity=severity, words=told["words"], **self.who)


class RespondView(OpinionAct):
    """Put down a response."""

    page_title = "登记回应"
    done = "已登记回应。"

    def form(self, row: OpinionMatter, *args: Any) -> ResponseForm:
        """Return the form."""
        return ResponseForm(*args, initial={"released_at": timezone.localtime(self.person.now)})

    def take(self, row: OpinionMatter, form: ResponseForm) -> None:
        """Put it down."""
        told = dict(form.cleaned_data)
        told["kind"] = ResponseKind(told["kind"])
        actions.respond_to_opinion(row, told=actions.Answered(**told), **self.who)


class SetAsideView(OpinionAct):
    """Put down that no response is needed."""

    page_title = "不作回应"
    done = "已登记。"

    def form(self, row: OpinionMatter, *args: Any) -> WordsForm:
        """Return the form."""
        return WordsForm(*args)

    def take(self, row: OpinionMatter, form: WordsForm) -> None:
        """Put it down."""
        actions.set_opinion_aside(row, **form.cleaned_data, **self.who)


class EvaluateView(OpinionAct):
    """Put down what the response has done."""

    page_title = "登记评估"
    done = "已登记评估。"

    def form(self, row: OpinionMatter, *args: Any) -> WordsForm:
        """Return the form."""
        return WordsForm(*args)

    def take(self, row: OpinionMatter, form: WordsForm) -> None:
        """Put it down."""
        actions.evaluate_opinion(row, **form.cleaned_data, **self.who)
