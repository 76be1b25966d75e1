"""The screens: the list, a new order, one order with its steps, one form for each step."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.widgets.button import HeaderButton

from gongkai.hotline import actions, queries
from gongkai.hotline.lifecycle import (
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
from gongkai.hotline.staff.forms import FORMS, OrderForm, StepForm

PAGE = 50
# A face that stands above adds (label, address) to the steps of an order, and resolves what the
# order is linked to as (name, address); each hook takes the request and the order.
STEPS_HOOK = "hotline_order_steps"
LINKED_HOOK = "hotline_order_linked"


class IndexView(HotlineView):
    """The orders of every organ the person sees: open ones, what is owed first; or ended ones."""

    template_name = "hotline/index.html"
    page_title = "热线工单"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show one page of the list."""
        ended = request.GET.get("ended") == "1"
        text = request.GET.get("q", "")[:100]
        orders = queries.matching(queries.orders_of(self.organ_ids, ended=ended), text)
        page = Paginator(orders, PAGE).get_page(request.GET.get("p"))
        context = self.get_context_data(
            rows=queries.order_rows(page.object_list, self.person.today),
            items=page,
            elided_page_range=page.paginator.get_elided_page_range(page.number),
            ended=ended,
            q=text,
        )
        return self.render_to_response(context)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way here; the list is the chapter's own home."""
        return self.breadcrumbs_items

    def get_header_buttons(self) -> list[HeaderButton]:
        """Offer to record an order to those who may."""
        if not self.person.acts_for.exists():
            return []
        return [HeaderButton("登记工单", url=reverse("hotline:add"), icon_name="plus")]


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
        initial = {"received_at": self.person.now}
        return self.show(OrderForm(organs=self.person.acts_for, initial=initial))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Record the order, or show the form again with what is wrong."""
        form = OrderForm(request.POST, organs=self.person.acts_for)
        if not form.is_valid():
            return self.show(form)
        try:
            order = actions.register_order(
                form.cleaned_data["organ"],
                told=form.told(),
                caller=form.caller(),
                received_at=form.cleaned_data["received_at"],
                by=self.person.actor,
                at=self.person.now,
            )
        except HotlineError as refused:
            return self.show(blame(form, refused))
        messages.success(request, f"已登记工单：{order}")
        return redirect("hotline:record", order.pk)

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
        may_act = self.person.may_act_for(order.organ_id)
        linked = [
            each for hook in hooks.get_hooks(LINKED_HOOK) for each in hook(self.request, order)
        ]
        more = [each for hook in hooks.get_hooks(STEPS_HOOK) for each in hook(self.request, order)]
        context = self.get_context_data(
            order=order,
            caller=caller,
            may_act=may_act,
            late=queries.is_late(order, self.person.today),
            owed=order.state in queries.UNANSWERED,
            steps=[
                (step, "" if is_typed_id(step.to) else step.to, step.words)
                for step in queries.steps_of(order)
            ],
            events=_offered(order) if may_act else [],
            more=more if may_act else [],
            linked=linked,
        )
        return self.render_to_response(context)


class CallerView(RecordView):
    """Show who called, in full; each showing is logged."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Log the showing and show the order with its caller."""
        order = self.order_to_change(pk)
        caller = actions.show_caller(order, by=self.person.actor, at=self.person.now)
        return self.show(order, caller)


class StepView(HotlineView):
    """The form of one step of one order."""

    template_name = "hotline/form.html"

    def prepare(self, pk: UUID, event: str) -> WorkOrder:
        """Find the order and the step, and refuse whose posts do not allow it."""
        order = self.order_to_change(pk)
        found = next((each for each in FORMS if each.value.lower() == event), None)
        if found is None:
            raise Http404
        self.event = found
        self.page_title = found.label
        return order

    def get(self, request: HttpRequest, pk: UUID, event: str) -> HttpResponse:
        """Show the form, or why the step is refused now."""
        order = self.prepare(pk, event)
        try:
            next_state(State(order.state), self.event)
        except Refused as refused:
            messages.error(request, str(refused))
            return redirect("hotline:record", order.pk)
        return self.show(order, FORMS[self.event](initial={"on": self.person.today}))

    def post(self, request: HttpRequest, pk: UUID, event: str) -> HttpResponse:
        """Record the step, or show the form again with what stands against it."""
        order = self.prepare(pk, event)
        form = FORMS[self.event](request.POST)
        if not form.is_valid():
            return self.show(order, form)
        verb = getattr(actions, self.event.value.lower())
        try:
            verb(order, **form.told(), by=self.person.actor, at=self.person.now)
        except HotlineError as refused:
            return self.show(order, blame(form, refused))
        messages.success(request, f"已登记：{self.event.label}")
        return redirect("hotline:record", order.pk)

    def show(self, order: WorkOrder, form: StepForm) -> HttpResponse:
        """Show the form; 422 when it was refused."""
        back = reverse("hotline:record", args=[order.pk])
        context = self.get_context_data(order=order, form=form, back=back)
        return self.render_to_response(context, status=422 if form.errors else 200)


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
