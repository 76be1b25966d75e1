"""Screens of the correction of own records (Art. 41): list, intake, record, each step."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse, reverse_lazy
from wagtail.admin import messages
from wagtail.admin.widgets.button import HeaderButton

from gongkai.calendars.queries import workday_calendar
from gongkai.files.queries import panel
from gongkai.inforequests import actions, queries
from gongkai.inforequests.lifecycle.corrections import (
    CorrectionEvent,
    CorrectionState,
    RecordOwner,
    correction_refusal,
    open_correction_events,
)
from gongkai.inforequests.lifecycle.errors import RequestError
from gongkai.inforequests.models import CorrectionRequest, IntakeChannel
from gongkai.inforequests.queries import HANDLERS, TAKERS
from gongkai.inforequests.staff import correction_forms as forms
from gongkai.inforequests.staff.access import RequestsView
from gongkai.inforequests.staff.correction_access import may_show_correction, seen_correction
from gongkai.letters.queries import letters_about

PAGE = 50
_E = CorrectionEvent
_STEPS: dict[CorrectionEvent, tuple[type[forms.StepForm], Callable[..., Any]]] = {
    _E.REGISTER: (forms.StepForm, actions.register_correction),
    _E.CHECK: (forms.CheckForm, actions.check_correction),
    _E.CORRECT: (forms.CorrectForm, actions.decide_correction),
    _E.REFUSE: (forms.RefuseForm, actions.decide_correction),
    _E.PASS_ON: (forms.PassOnForm, actions.decide_correction),
    _E.TELL_WHERE: (forms.TellWhereForm, actions.decide_correction),
    _E.SERVE: (forms.ServeForm, actions.serve_correction),
    _E.WITHDRAW: (forms.StepForm, actions.withdraw_correction),
    _E.CLOSE: (forms.CloseForm, actions.close_correction),
}
_BY_SLUG = {event.value.lower(): event for event in _STEPS}
_TOLD = {
    "wrong": "记录不准确之处",
    "right": "应当更正为",
    "evidence": "证据",
    "finding": "核查情况和理由",
}
_ACT_WORDS = {"unit": "核查科室", "to": "有权更正的机关", "how": "送达方式", "tracking": "邮件号"}


class CorrectionView(RequestsView):
    """A screen of corrections; a correction of an organ out of sight is as if it were not there."""

    correction: CorrectionRequest | None = None

    def trail(self) -> list[dict[str, Any]]:
        """Return the list of corrections, and the record when the screen is about one."""
        way = [{"url": reverse_lazy("rights:corrections"), "label": "更正申请"}]
        if self.correction is not None and self.page_title != self.correction.number:
            url = reverse("rights:correction", args=[self.correction.pk])
            way.append({"url": url, "label": self.correction.number})
        return way

    def find(self, pk: UUID) -> CorrectionRequest:
        """Return a correction that this person may see; else 404."""
        found = seen_correction(self.person, pk)
        if found is None:
            raise Http404("没有这件更正申请，或者您无权查看。")
        self.correction = found
        return found

    def allow(self, roles: frozenset[Any], correction: CorrectionRequest) -> None:  # type: ignore[override]
        """Refuse a person who does not act in one of `roles` for the organ of a correction."""
        if correction.organ_id not in self.person.organs_as(roles):
            raise PermissionDenied


class CorrectionsView(CorrectionView):
    """The corrections of every organ the person sees."""

    template_name = "inforequests/corrections.html"
    page_title = "更正申请"

    def trail(self) -> list[dict[str, Any]]:
        """Return nothing: the list is the way's own end."""
        return []

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show one page of the open ones, or of those that are over."""
        over = request.GET.get("over") == "1"
        found = queries.corrections(sorted(self.person.sees), over=over)
        page = Paginator(found, PAGE).get_page(request.GET.get("p"))
        calendar = workday_calendar()
        rows = [queries.correction_row(each, self.person.today, calendar) for each in page]
        return self.render_to_response(
            self.get_context_data(rows=rows, items=page, over=over, told="over=1" if over else "")
        )

    def get_header_buttons(self) -> list[HeaderButton]:
        """Offer to take one in to those who may."""
        if not self.person.organs_as(TAKERS):
            return []
        url = reverse("rights:correction_add")
        return [HeaderButton("登记更正申请", url=url, icon_name="plus")]


class AddCorrectionView(CorrectionView):
    """The form of a new correction; nothing typed is lost when it is refused."""

    template_name = "inforequests/correction_add.html"
    page_title = "登记更正申请"

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Refuse those who take nothing in."""
        if not self.person.organs_as(TAKERS):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the empty form."""
        initial = {"arrived_on": self.person.today}
        return self.show(forms.NewCorrectionForm(organs=self.person.takes_in_for, initial=initial))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Take it in, or show the form again with what is wrong."""
        form = forms.NewCorrectionForm(request.POST, organs=self.person.takes_in_for)
        if not form.is_valid():
            return self.show(form)
        try:
            made = actions.submit_correction(
                form.cleaned_data["organ"],
                told=form.told(),
                requester=form.requester(),
                submitted_at=form.submitted_at(self.person.now),
                **self.who,
            )
        except RequestError as refused:
            _tell(form, refused)
            return self.show(form)
        messages.success(request, f"已登记，编号 {made.number}")
        return redirect("rights:correction", made.pk)

    def show(self, form: forms.NewCorrectionForm) -> HttpResponse:
        """Show the form; 422 when it was refused."""
        context = self.get_context_data(form=form, media=form.media)
        return self.render_to_response(context, status=422 if form.errors else 200)


class RecordView(CorrectionView):
    """One correction; who asks and what they told stays closed until asked for and logged."""

    template_name = "inforequests/correction.html"

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show it, masked."""
        return self.show(self.find(pk))

    def show(self, correction: CorrectionRequest, shown: Any = None) -> HttpResponse:
        """Show the correction, in full when it was asked for."""
        self.page_title = correction.number
        state = CorrectionState(correction.state)
        handles = self.person.may_handle(correction.organ_id)
        allowed = [event for event in _STEPS if event in open_correction_events(state)]
        context = self.get_context_data(
            correction=correction,
            row=queries.correction_row(correction, self.person.today),
            owner=RecordOwner(correction.owner).label,
            channel=IntakeChannel(correction.channel).label,
            shown=shown,
            may_show=may_show_correction(self.person, correction) and not correction.erased_at,
            steps=[(e.value.lower(), e.label) for e in allowed] if handles else [],
            refusals=[correction_refusal(state, e) for e in _STEPS if e not in allowed],
            timeline=[
                (act, CorrectionEvent(act.kind).label, _act_words(act.data))
                for act in correction.acts.order_by("sequence")
            ],
            letters=letters_about(correction.typed_id),
            papers=panel(correction.typed_id, self.request.user, self.person.now),
        )
        return self.render_to_response(context)


class ShowView(RecordView):
    """Show who asks and what they told; each showing is logged."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Log the showing and show the correction in full."""
        correction = self.find(pk)
        if not may_show_correction(self.person, correction):
            raise PermissionDenied
        who, told = actions.show_correction(correction, **self.who)
        words = [(_TOLD[name], told[name]) for name in _TOLD if told.get(name)]
        return self.show(correction, {"who": list(who.told.items()), "told": words})


class StepView(CorrectionView):
    """The form of one step."""

    template_name = "inforequests/correction_act.html"

    def prepare(self, pk: UUID, slug: str) -> type[forms.StepForm]:
        """Find the correction and the step, and refuse who does not handle it."""
        correction = self.find(pk)
        self.event = _BY_SLUG.get(slug) or _nowhere()
        self.allow(TAKERS if self.event is _E.REGISTER else HANDLERS, correction)
        self.page_title = self.event.label
        return _STEPS[self.event][0]

    def get(self, request: HttpRequest, pk: UUID, slug: str) -> HttpResponse:
        """Show the form, or why the step is refused now."""
        form = self.prepare(pk, slug)
        state = CorrectionState(self.correction.state)
        if self.event not in open_correction_events(state):
            messages.error(request, correction_refusal(state, self.event))
            return redirect("rights:correction", pk)
        return self.show(form(initial={"on": self.person.today}))

    def post(self, request: HttpRequest, pk: UUID, slug: str) -> HttpResponse:
        """Do the step, or show the form again with what stands against it."""
        form = self.prepare(pk, slug)(request.POST)
        if not form.is_valid():
            return self.show(form)
        verb = _STEPS[self.event][1]
        try:
            verb(self.correction, on=form.cleaned_data["on"], **form.told(), **self.who)
        except RequestError as refused:
            _tell(form, refused)
            return self.show(form)
        messages.success(request, f"已登记“{self.event.label}”")
        return redirect("rights:correction", pk)

    def show(self, form: forms.StepForm) -> HttpResponse:
        """Show the form; 422 when it was refused."""
        context = self.get_context_data(
            correction=self.correction, form=form, media=form.media, button=self.event.label
        )
        return self.render_to_response(context, status=422 if form.errors else 200)


def _act_words(data: dict[str, Any]) -> str:
    return "；".join(f"{_ACT_WORDS[name]}：{data[name]}" for name in _ACT_WORDS if name in data)


def _tell(form: Any, refused: RequestError) -> None:
    fields = {"submitted_at": "arrived_on"}
    field = getattr(refused, "field", "")
    field = fields.get(field, field)
    form.add_error(field if field in form.fields else None, str(refused))


def _nowhere() -> CorrectionEvent:
    raise Http404


PATTERNS = [
    path("corrections/", CorrectionsView.as_view(), name="corrections"),
    path("corrections/add/", AddCorrectionView.as_view(), name="correction_add"),
    path("corrections/<uuid:pk>/", RecordView.as_view(), name="correction"),
    path("corrections/<uuid:pk>/show/", ShowView.as_view(), name="correction_show"),
    path("corrections/<uuid:pk>/<slug:slug>/", StepView.as_view(), name="correction_act"),
]
