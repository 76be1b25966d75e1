"""What many ask for (Art. 44): groups of alike requests, and whether they are disclosed for all."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse_lazy
from wagtail.admin import messages

from gongkai.inforequests import actions, queries
from gongkai.inforequests.lifecycle.errors import RequestError
from gongkai.inforequests.models import DisclosureSuggestion, InfoRequest, SuggestionState
from gongkai.inforequests.queries import HANDLERS, HEADS
from gongkai.inforequests.staff.access import RequestsView
from gongkai.inforequests.staff.fields import line_field, text_field

_WINDOW = timedelta(days=730)
_MOST = 60  # requests that one suggestion may hold


class SuggestForm(forms.Form):
    """Why the information should be disclosed for all."""

    why = text_field("建议的理由", 2000, rows=3)


class DecideForm(forms.Form):
    """Whether it is disclosed for all, and where in the catalogue."""

    decision = forms.ChoiceField(
        label="决定",
        choices=[("yes", "纳入主动公开"), ("no", "不纳入主动公开")],
        widget=forms.RadioSelect,
        error_messages={"required": "请选择“决定”", "invalid_choice": "请重新选择“决定”"},
    )
    why = text_field("理由", 2000, rows=3)
    catalogue_entry = line_field("公开目录条目", 120, required=False, help_text="纳入的填写")


class AlikeView(RequestsView):
    """The groups, those nobody has put up first, and what has been put up."""

    template_name = "inforequests/alike.html"
    page_title = "申请较集中的信息（第四十四条）"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show groups of one organ each, or of the whole county when asked for."""
        person, whole = self.person, request.GET.get("county") == "1"
        since = person.today - _WINDOW
        groups = queries.alike_groups(sorted(person.sees), since=since, whole_county=whole)
        suggestions = list(queries.open_suggestions(sorted(person.sees))[:100])
        for each in suggestions:
            each.may_decide = (
                each.state == SuggestionState.OFFERED and each.organ_id in person.organs_as(HEADS)
            )
        return self.render_to_response(
            self.get_context_data(
                groups=[(group, self._may_suggest(group)) for group in groups],
                suggestions=suggestions,
                whole=whole,
                many=len(person.sees) > 1,
                since=since,
            )
        )

    def _may_suggest(self, group: queries.AlikeGroup) -> bool:
        organs = {each.organ_id for each in group.requests}
        return group.suggestion is None and organs <= self.person.organs_as(HANDLERS)


class SuggestView(RequestsView):
    """The form by which a group is put up; the requests stand in the address."""

    template_name = "inforequests/suggest.html"
    page_title = "建议主动公开"

    def trail(self) -> list[dict[str, Any]]:
        """Return the list of groups."""
        return [{"url": reverse_lazy("rights:alike"), "label": "申请较集中的信息"}]

    def chosen(self) -> list[InfoRequest]:
        """Return the requests asked for, or refuse who does not handle all of them."""
        numbers = self.request.GET.getlist("n")[:_MOST]
        found = list(
            InfoRequest.objects.filter(organ_id__in=self.person.sees, number__in=numbers)
            .select_related("organ", "requester")
            .order_by("-submitted_at")
        )
        if not found:
            raise Http404
        if not {each.organ_id for each in found} <= self.person.organs_as(HANDLERS):
            raise PermissionDenied
        return found

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the empty form."""
        return self.show(self.chosen(), SuggestForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Put the group up, or show what stands against it."""
        cases, form = self.chosen(), SuggestForm(request.POST)
        if form.is_valid():
            try:
                actions.suggest_disclosure(cases, why=form.cleaned_data["why"], **self.who)
            except RequestError as refused:
                form.add_error(None, str(refused))
            else:
                messages.success(request, "已建议主动公开，等待负责人审核")
                return redirect("rights:alike")
        return self.show(cases, form)

    def show(self, cases: list[InfoRequest], form: forms.Form) -> HttpResponse:
        """Show the form; 422 when it was refused."""
        context = self.get_context_data(cases=cases, form=form, media=form.media)
        return self.render_to_response(context, status=422 if form.errors else 200)


class DecideView(RequestsView):
    """The form by which a head decides on what was put up."""

    template_name = "inforequests/suggest.html"
    page_title = "审核主动公开建议"

    def trail(self) -> list[dict[str, Any]]:
        """Return the list of groups."""
        return [{"url": reverse_lazy("rights:alike"), "label": "申请较集中的信息"}]

    def find(self, pk: int) -> DisclosureSuggestion:
        """Return a suggestion to decide on: 404 out of sight, refused to whom it is not for."""
        found = queries.open_suggestions(sorted(self.person.sees)).filter(pk=pk).first()
        if found is None:
            raise Http404
        if found.organ_id not in self.person.organs_as(HEADS):
            raise PermissionDenied
        return found

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the empty form."""
        return self.show(self.find(pk), DecideForm())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Decide, or show what stands against it."""
        suggestion, form = self.find(pk), DecideForm(request.POST)
        if form.is_valid():
            told = form.cleaned_data
            try:
                actions.decide_suggestion(
                    suggestion,
                    accepted=told["decision"] == "yes",
                    why=told["why"],
                    catalogue_entry=told["catalogue_entry"],
                    **self.who,
                )
            except RequestError as refused:
                form.add_error(None, str(refused))
            else:
                messages.success(request, "已登记决定")
                return redirect("rights:alike")
        return self.show(suggestion, form)

    def show(self, suggestion: DisclosureSuggestion, form: forms.Form) -> HttpResponse:
        """Show the form; 422 when it was refused."""
        cases = [
            each
            for each in suggestion.requests.select_related("organ", "requester")
            if each.organ_id in self.person.sees
        ]
        context = self.get_context_data(
            cases=cases, suggestion=suggestion, form=form, media=form.media
        )
        return self.render_to_response(context, status=422 if form.errors else 200)


PATTERNS = [
    path("alike/", AlikeView.as_view(), name="alike"),
    path("alike/suggest/", SuggestView.as_view(), name="suggest"),
    path("alike/<int:pk>/", DecideView.as_view(), name="decide"),
]
