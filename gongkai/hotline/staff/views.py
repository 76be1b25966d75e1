"""The screens of one order: a new one, its page with its steps, one form for each step."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from wagtail import hooks
from wagtail.admin import messages

from gongkai.files.queries import panel
from gongkai.hotline import actions, queries
from gongkai.hotline.lifecycle import (
    OUTSIDE,
    Event,
    HotlineError,
    Refused,
    SourceChannel,
    State,
    next_state,
    open_events,
)
from gongkai.hotline.models import WorkOrder
from gongkai.hotline.rules import Caller, is_typed_id
from gongkai.hotline.staff.access import HotlineView
from gongkai.hotline.staff.forms import OrderForm
from gongkai.hotline.staff.steps import FORMS, StepForm
from gongkai.orgs.models import Organ, OrganKind

# A face that stands above adds (label, address) to the steps of an order, and resolves what the
# order is linked to as (name, address); each hook takes the request and the order.
STEPS_HOOK = "hotline_order_steps"
LINKED_HOOK = "hotline_order_linked"
_SELDOM = (
    *(Event.TURN_OVER, Event.SEND_BACK, Event.MERGE, Event.VOID),
    *(Event.SUSPEND, Event.SUPERVISE),
)


class AddView(HotlineView):
    """Record a new order; what was typed stays when something is wrong."""

    template_name = "hotline/form.html"
    page_title = "登记工单"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Refuse those who may record orders of no organ."""
        if not self.person.acts_for.exists():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the empty form."""
        return self.show(self.form(initial={"received_at": self.person.now}))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Record the order, or show the form again with what is wrong."""
        form = self.form(request.POST)
        if not form.is_valid():
            return self.show(form)
        try:
            order = actions.register_order(
                form.cleaned_data["organ"],
                told=form.told(),
                caller=form.caller(),
                received_at=form.cleaned_data["received_at"],
                township=form.cleaned_data["township"],
                by=self.person.actor,
                at=self.person.now,
            )
        except HotlineError as refused:
            return self.show(blame(form, refused))
        messages.success(request, f"已登记工单：{order}")
        return redirect("hotline:record", order.pk)

    def form(self, *args: Any, **kwargs: Any) -> OrderForm:
        """Return the form with the organs for which this person records and their townships."""
        organs = self.person.acts_for
        counties = {each.county_id or each.pk for each in organs}
        here = Organ.objects.filter(county_id__in=counties, kind=OrganKind.TOWNSHIP)
        townships = here.filter(valid_to__isnull=True).order_by("order", "code")
        return OrderForm(*args, organs=organs, townships=townships, **kwargs)

    def show(self, form: OrderForm) -> HttpResponse:
        """Show the form; 422 when it was refused."""
        context = self.get_context_data(form=form, back=reverse("hotline:index"))
        return self.render_to_response(context, status=422 if form.errors else 200)


class RecordView(HotlineView):
    """One order: what is wanted, its term, its steps."""

    template_name = "hotline/record.html"

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show the order; who called stays masked until asked for."""
        return self.show(self.order(pk))

    def show(self, order: WorkOrder, caller: Caller | None = None) -> HttpResponse:
        """Show the order, with the caller in full when that was asked for and logged."""
        self.page_title = f"工单 {order.number}"
        linked = [
            each for hook in hooks.get_hooks(LINKED_HOOK) for each in hook(self.request, order)
        ]
        steers = self.steers(order)
        more = [each for hook in hooks.get_hooks(STEPS_HOOK) for each in hook(self.request, order)]
        owed = order.state in queries.UNANSWERED
        events = [event for event in _offered(order) if self.may_do(order, event)]
        context = self.get_context_data(
            order=order,
            caller=caller,
            steers=steers,
            may_see_caller=steers or (self.handles(order) and not order.confidential),
            late=queries.is_late(order, self.person.today),
            owed=owed,
            facts=self.facts(order),
            steps=[
                (step, "" if is_typed_id(step.to) else step.to, step.words)
                for step in queries.steps_of(order)
            ],
            events=[event for event in events if event not in _SELDOM],
            seldom=[event for event in events if event in _SELDOM],
            more=more if steers else [],
            linked=linked,
            papers=panel(order.typed_id, self.request.user, self.person.now),
            publishable=steers and not why_not_public(order),
        )
        return self.render_to_response(context)

    def facts(self, order: WorkOrder) -> list[tuple[str, Any, str]]:
        """Return what else is known of an order: name, value, and how it is to be marked."""
        signed_late = order.sign_due_at is not None and (
            (order.signed_at or self.person.now) > order.sign_due_at
        )
        waits = order.state == State.ASSIGNED
        rows: list[tuple[str, Any, str]] = [
            ("紧急程度", order.get_urgency_display(), "bad" if order.urgency == "URGENT" else ""),
            ("归口分类", order.category_path, ""),
            ("所在乡镇", order.township, ""),
            ("派单时限", self.dispatch_due(order), ""),
            ("派单时间", order.assigned_at, ""),
            ("签收时限", order.sign_due_at if waits else None, "bad" if signed_late else ""),
            ("签收时间", order.signed_at, "late" if signed_late else ""),
            ("答复时间", order.answered_at, ""),
            ("答复方式", order.get_answer_way_display(), ""),
            ("联系诉求人", _said(order.contacted), ""),
            ("解决情况", order.get_solved_display(), ""),
            ("回访时间", order.called_back_at, ""),
            ("满意度", order.get_satisfaction_display(), ""),
            ("办结时间", order.closed_at, ""),
            ("督办", order.get_supervision_display(), "bad"),
        ]
        return [row for row in rows if row[1] not in (None, "")]

    def dispatch_due(self, order: WorkOrder) -> Any:
        """Return by when a new order is to be dispatched; nothing once it has been."""
        if order.state != State.RECEIVED or order.assigned_at is not None:
            return None
        try:
            return queries.dispatch_due(order, timezone.localtime(order.received_at))
        except Refused:
            return None


class CallerView(RecordView):
    """Show who called, in full; each showing is logged."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Log the showing and show the order with its caller."""
        order = self.order(pk)
        if not self.steers(order) and (order.confidential or not self.handles(order)):
            raise PermissionDenied
        caller = actions.show_caller(order, by=self.person.actor, at=self.person.now)
        return self.show(order, caller)


class StepView(HotlineView):
    """The form of one step of one order."""

    template_name = "hotline/form.html"

    def prepare(self, pk: UUID, event: str) -> WorkOrder:
        """Find the order and the step, and refuse whose posts do not allow it."""
        order = self.order(pk)
        found = next((each for each in FORMS if each.value.lower() == event), None)
        if found is None:
            raise Http404
        if not self.may_do(order, found):
            raise PermissionDenied
        self.event = found
        self.page_title = found.label
        return order

    def form(self, order: WorkOrder, *args: Any) -> StepForm:
        """Return the form of the step."""
        return FORMS[self.event](
            *args, order=order, today=self.person.today, organ_ids=self.organ_ids
        )

    def get(self, request: HttpRequest, pk: UUID, event: str) -> HttpResponse:
        """Show the form, or why the step is refused now."""
        order = self.prepare(pk, event)
        try:
            next_state(State(order.state), self.event)
        except Refused as refused:
            messages.error(request, str(refused))
            return redirect("hotline:record", order.pk)
        return self.show(order, self.form(order))

    def post(self, request: HttpRequest, pk: UUID, event: str) -> HttpResponse:
        """Record the step, or show the form again with what stands against it."""
        order = self.prepare(pk, event)
        form = self.form(order, request.POST)
        if not form.is_valid():
            return self.show(order, form)
        verb = getattr(actions, self.event.value.lower())
        try:
            verb(order, **form.told(), by=self.person.actor, at=self.person.now)
        except HotlineError as refused:
            return self.show(order, blame(form, refused))
        messages.success(request, f"已登记：{self.event.label}")
        return redirect("hotline:record", order.pk)

    def show(self, order: WorkOrder, form: Any) -> HttpResponse:
        """Show the form; 422 when it was refused."""
        back = reverse("hotline:record", args=[order.pk])
        context = self.get_context_data(order=order, form=form, back=back)
        return self.render_to_response(context, status=422 if form.errors else 200)


def why_not_public(order: WorkOrder) -> str:
    """Return what stands against publishing an order, "" when nothing does."""
    if order.confidential:
        return "不能公开：诉求人要求保密。"
    if not order.may_publish:
        return "不能公开：诉求人没有同意公开。"
    if order.state in OUTSIDE or order.state == State.RECEIVED:
        return f"不能公开：工单{order.get_state_display()}，派单以后才能公开。"
    return ""


def _said(told: bool | None) -> str:
    return "" if told is None else "是" if told else "否"


def _offered(order: WorkOrder) -> list[Event]:
    """Return the steps to offer; what another chapter passed on has nobody to go back to."""
    passed_on = order.source == SourceChannel.TURNED_OVER
    events = open_events(State(order.state))
    return [event for event in events if not (passed_on and event is Event.SEND_BACK)]


def blame(form: Any, refused: HotlineError) -> Any:
    """Return the form with the refusal at the field it names."""
    field = getattr(refused, "field", "")
    form.add_error(field if field in form.fields else None, str(refused))
    return form
