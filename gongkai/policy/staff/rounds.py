"""Clean-ups: the list, one round with its documents, proposing, settling, closing."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from wagtail.admin.widgets.button import HeaderButton

from gongkai.policy import actions
from gongkai.policy.models import ReviewRound, RoundItem
from gongkai.policy.queries import rounds
from gongkai.policy.rules.rounds import Decision
from gongkai.policy.staff import office_forms as forms
from gongkai.policy.staff.working import WorkingView

PAGE = 50


class RoundsView(WorkingView):
    """Every clean-up of the counties whose organs the person sees."""

    template_name = "policy/rounds.html"
    page_title = "文件清理"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the list."""
        found = rounds.rounds_of(self.person.sees)
        rows = [(round_, rounds.progress_of(round_)) for round_ in found]
        return self.render_to_response(self.get_context_data(rows=rows))

    def get_header_buttons(self) -> list[HeaderButton]:
        """Offer a new round to the office."""
        if not self.counties:
            return []
        return [HeaderButton("启动清理", url=reverse("policy:open_round"), icon_name="plus")]


class OpenRoundView(WorkingView):
    """Begin a clean-up."""

    page_title = "启动清理"
    button = "启动"
    explains = (
        "本县现行有效的规章和行政规范性文件全部列入，由各机关逐件提出意见，政务公开办确定结论。"
    )

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The office only."""
        self.county = self.office_only()
        self.back = reverse("policy:rounds")
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the form for this year."""
        return self.show(forms.OpenRoundForm(initial={"year": self.person.today.year}))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Begin."""
        form = forms.OpenRoundForm(request.POST)
        county, said = self.county, self.said_by_office
        return self.run(
            form,
            lambda: actions.open_round(county, **form.cleaned_data, **said),
            "清理已启动，请各机关提出意见",
            self.back,
        )


class RoundView(WorkingView):
    """One clean-up: how far it is, its documents, its result."""

    template_name = "policy/round.html"

    def round_seen(self, pk: int) -> ReviewRound:
        """Return a round of a county of which the person sees organs; else 404."""
        found = rounds.rounds_of(self.person.sees).filter(pk=pk).select_related("county", "entry")
        round_ = found.first()
        if round_ is None:
            raise Http404
        return round_

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show one page of its documents: the person's organs only."""
        round_ = self.round_seen(pk)
        self.page_title = round_.title
        seen = list(self.person.sees.values_list("pk", flat=True))
        found = rounds.items_of(round_, seen)
        if request.GET.get("open"):
            found = found.filter(settled="")
        office = round_.county_id in {county.pk for county in self.counties}
        page = Paginator(found, PAGE).get_page(request.GET.get("p"))
        context = self.get_context_data(
            round=round_,
            items=page,
            progress=rounds.progress_of(round_),
            office=office,
            only_open=bool(request.GET.get("open")),
            reconciled=rounds.reconciled(round_, self.person.today) if round_.closed_at else None,
            acts_for=set(self.person.acts_for.values_list("pk", flat=True)),
        )
        return self.render_to_response(context)


class RoundItemView(RoundView):
    """What becomes of one document: its organ proposes, the office settles."""

    template_name = "policy/working.html"
    settles = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Find the document in the round; the organ's recorders propose, the office settles."""
        found = RoundItem.objects.select_related("document__organ", "round")
        self.item = found.filter(pk=kwargs["pk"]).first()
        if self.item is None:
            raise Http404
        self.round_seen(self.item.round_id)
        document = self.document(self.item.document_id)
        if self.settles:
            self.office_of(self.item.round.county_id)
        elif not self.may_change(document):
            raise PermissionDenied
        self.page_title = self.button = "确定结论" if self.settles else "提出意见"
        self.back = reverse("policy:round", args=[self.item.round_id])
        self.explains = str(document)
        if self.settles and self.item.proposed:
            proposed = self.item.get_proposed_display()
            self.explains += f"。部门建议：{proposed}。{self.item.proposed_reason}"
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what stands."""
        item = self.item
        told = (item.settled or item.proposed) if self.settles else item.proposed
        reason = item.settled_note if self.settles else item.proposed_reason
        return self.show(forms.DecisionForm(initial={"decision": told, "reason": reason}))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Propose or settle."""
        form = forms.DecisionForm(request.POST)

        def verb() -> None:
            decision = Decision(form.cleaned_data["decision"])
            words = form.cleaned_data["reason"]
            if self.settles:
                said = self.said_by_office
                actions.settle(self.item, decision=decision, note=words, **said)
            else:
                actions.propose(self.item, decision=decision, reason=words, **self.said)

        return self.run(form, verb, "已保存", self.back)


class CloseRoundView(RoundView):
    """Close a clean-up."""

    template_name = "policy/working.html"
    page_title = "办结清理"
    button = "办结"
    explains = "办结后登记废止和失效，并生成清理结果公告的稿件；公告按公开信息的程序审核发布。"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The office of the county only."""
        self.round_now = self.round_seen(kwargs["pk"])
        self.office_of(self.round_now.county_id)
        self.back = reverse("policy:round", args=[kwargs["pk"]])
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Propose today."""
        return self.show(forms.CloseRoundForm(initial={"effective_on": self.person.today}))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Close."""
        form = forms.CloseRoundForm(request.POST)
        round_, said = self.round_now, self.said_by_office
        return self.run(
            form,
            lambda: actions.close_round(round_, **form.cleaned_data, **said),
            "清理已办结，结果公告已生成稿件，请送审",
            self.back,
        )
