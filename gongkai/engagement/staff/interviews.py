"""Screens of interviews and press conferences: the list, one of them, its acts."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from wagtail.admin import messages
from wagtail.admin.widgets.button import HeaderButton

from gongkai.disclosure.actions import DisclosureError
from gongkai.disclosure.models.entries import EntryState
from gongkai.engagement import actions, queries
from gongkai.engagement.lifecycle import EngagementError, InterviewEvent, InterviewState
from gongkai.engagement.lifecycle.interviews import allows
from gongkai.engagement.models import Exchange, Interview
from gongkai.engagement.staff.record_forms import (
    ChangePlanForm,
    ExchangeForm,
    PlanForm,
    WhyForm,
)
from gongkai.engagement.staff.record_screens import (
    Act,
    ActScreen,
    AddScreen,
    Fact,
    Line,
    ListScreen,
    RecordScreen,
)
from gongkai.orgs.models import Organ

_HOME = {"url": reverse_lazy("engagement:interviews"), "label": "访谈和发布会"}


def _moment(at: Any) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}"


class InterviewsView(ListScreen):
    """The interviews and press conferences of every organ the person sees, latest first."""

    page_title = "访谈和发布会"
    header_icon = "openquote"
    home = _HOME
    url_name = "interviews"
    heads = ("主题", "形式", "主办机关", "举行时间", "问答", "状态")
    empty = "还没有登记访谈和发布会。"

    def rows(self, standing: str) -> QuerySet[Interview]:
        """Return them."""
        return queries.interviews_of(self.organ_ids)

    def line(self, row: Interview) -> Line:
        """Return one as the list shows it."""
        return Line(
            reverse("engagement:interview", args=[row.pk]),
            row.theme,
            (
                row.get_kind_display(),
                row.organ.short_name,
                _moment(row.held_at),
                f"提问{row.last_number}，回答{row.answered}",
                row.get_state_display(),
            ),
        )

    def get_header_buttons(self) -> list[HeaderButton]:
        """Offer a new one to those who may."""
        if not self.person.acts_for.exists():
            return []
        url = reverse("engagement:plan_interview")
        return [HeaderButton("登记访谈或发布会", url=url, icon_name="plus")]


class InterviewScreen(RecordScreen):
    """A screen of one interview."""

    header_icon = "openquote"
    home = _HOME
    url_name = "interview"
    missing = "没有这次访谈，或者您无权查看。"

    def find(self, pk: int) -> Interview | None:
        """Return the interview among those the person sees."""
        return queries.find_interview(pk, self.organ_ids)


class InterviewView(InterviewScreen):
    """One interview: the plan, its texts, the questions with their answers."""

    template_name = "engagement/interview_record.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it."""
        row = self.seen(pk)
        self.page_title = row.theme
        may = self.person.may_act_for(row.organ_id)
        state = InterviewState(row.state)
        context = self.get_context_data(
            row=row,
            facts=_facts(row),
            acts=self._acts(row) if may else [],
            exchanges=queries.exchanges_of(row),
            may_answer=may and allows(state, InterviewEvent.ANSWER),
            may_draft=may and allows(state, InterviewEvent.DRAFT_TRANSCRIPT),
        )
        return self.render_to_response(context)

    def _acts(self, row: Interview) -> list[Act]:
        state = InterviewState(row.state)
        offers = (
            (InterviewEvent.ANSWER, "record_exchange", True),
            (InterviewEvent.CHANGE, "change_interview", False),
            (InterviewEvent.CANCEL, "cancel_interview", False),
        )
        return [
            Act(event.label, reverse(f"engagement:{name}", args=[row.pk]), main)
            for event, name, main in offers
            if allows(state, event)
        ]

    def trail(self) -> list[dict[str, Any]]:
        """Return nothing: this is the interview's own page."""
        return []


def _facts(row: Interview) -> list[Fact]:
    facts = [
        Fact("状态", row.get_state_display()),
        Fact("形式", row.get_kind_display()),
        Fact("主办机关", row.organ.name),
        Fact("嘉宾", row.guests),
        Fact("举行时间", _moment(row.held_at)),
        Fact("地点", row.place or "—"),
    ]
    if row.questions_until is not None:
        facts.append(Fact("网上提问截止时间", _moment(row.questions_until)))
    for label, entry in (("预告", row.entry), ("实录", row.transcript_entry)):
        if entry is not None:
            url = reverse("disclosure:entry", args=[entry.pk])
            facts.append(Fact(label, f"{entry.title}（{EntryState(entry.state).label}）", url=url))
    if row.cancelled_why:
        facts.append(Fact("取消理由", row.cancelled_why))
    return facts


class PlanView(AddScreen):
    """Plan an interview or a press conference."""

    page_title = "登记访谈或发布会"
    header_icon = "openquote"
    home = _HOME
    url_name = "interview"
    done = "已登记。生成预告的，请打开预告核对送审。"

    def form(self, *args: Any) -> PlanForm:
        """Return the form."""
        return PlanForm(*args, organs=self.person.acts_for)

    def make(self, form: PlanForm) -> Interview:
        """Plan it."""
        told = form.cleaned_data
        announce = told["announce"]
        return actions.plan_interview(
            told["organ"], plan=form.plan(), announce=announce, **self.who
        )


class InterviewAct(InterviewScreen, ActScreen):
    """The form of one act on one interview."""


class ChangeInterviewView(InterviewAct):
    """Change the plan."""

    page_title = "修改安排"
    done = "已修改。预告正文写明的安排也要相应修改。"

    def form(self, row: Interview, *args: Any) -> ChangePlanForm:
        """Return the form with the plan."""
        plan = queries.plan_of(row)
        given = {name: getattr(plan, name) for name in type(plan).__dataclass_fields__}
        own = Organ.objects.filter(pk=row.organ_id)
        return ChangePlanForm(*args, organs=own, initial=given | {"organ": row.organ_id})

    def take(self, row: Interview, form: ChangePlanForm) -> None:
        """Change it."""
        why = form.cleaned_data["why"]
        actions.change_interview(row, plan=form.plan(), why=why, **self.who)


class CancelInterviewView(InterviewAct):
    """Cancel it."""

    page_title = "取消活动"
    done = "已取消。"

    def form(self, row: Interview, *args: Any) -> WhyForm:
        """Return the form."""
        return WhyForm(*args)

    def take(self, row: Interview, form: WhyForm) -> None:
        """Cancel it."""
        actions.cancel_interview(row, **form.cleaned_data, **self.who)


class ExchangeView(InterviewAct):
    """Record a question with its answer."""

    page_title = "登记问答"
    done = "已登记。全部登记以后，起草实录。"

    def exchange(self, row: Interview) -> Exchange | None:
        """Return the question that came online, where one is answered."""
        number = self.request.GET.get("n", "")
        if not number.isdecimal() or len(number) > 9:
            return None
        return get_object_or_404(Exchange, interview=row, number=int(number))

    def form(self, row: Interview, *args: Any) -> ExchangeForm:
        """Return the form, with the question as it came."""
        asked, given = self.exchange(row), {}
        if asked is not None:
            given = {
                "asked_by": asked.asked_by or ("网友" if asked.online else ""),
                "asked": asked.question or asked.text,
                "answered_by": asked.answered_by,
                "spoken": asked.answer,
            }
        return ExchangeForm(*args, initial=given)

    def take(self, row: Interview, form: ExchangeForm) -> None:
        """Record it."""
        told = form.cleaned_data
        actions.record_exchange(
            row,
            question=told["asked"],
            answer=told["spoken"],
            asked_by=told["asked_by"],
            answered_by=told["answered_by"],
            exchange=self.exchange(row),
            **self.who,
        )


class TranscriptView(InterviewScreen):
    """Draft the record out of what was recorded, or write its draft anew."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Draft it and go to its text."""
        row = self.to_change(pk)
        try:
            made = actions.draft_transcript(row, **self.who)
        except (EngagementError, DisclosureError) as refused:
            messages.error(request, str(refused))
            return redirect("engagement:interview", row.pk)
        messages.success(request, "已按登记的问答生成实录稿件，核对后送审。")
        return redirect("disclosure:entry", made.transcript_entry_id)
