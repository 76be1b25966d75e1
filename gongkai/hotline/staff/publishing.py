"""Publishing an order in words that name nobody, and taking it off again."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages

from gongkai.hotline import actions, queries
from gongkai.hotline.lifecycle import HotlineError
from gongkai.hotline.staff.forms import PublishForm, ReasonForm
from gongkai.hotline.staff.views import StepView, blame, why_not_public


class PublishView(StepView):
    """Publish an order in words that name nobody, or change what is public."""

    page_title = "公开工单"

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show the form, or why the order may not be published."""
        order = self.order_to_steer(pk)
        if why := why_not_public(order):
            messages.error(request, why)
            return redirect("hotline:record", order.pk)
        return self.show(order, PublishForm.of(order, queries.last_answer(order)))

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Publish, or show the form again with what tells who called."""
        order = self.order_to_steer(pk)
        form = PublishForm(request.POST)
        if not form.is_valid():
            return self.show(order, form)
        try:
            actions.publish(order, told=form.told(), by=self.person.actor, at=self.person.now)
        except HotlineError as refused:
            return self.show(order, blame(form, refused))
        messages.success(request, "已公开")
        return redirect("hotline:record", order.pk)


class UnpublishView(StepView):
    """Take an order off the public pages."""

    page_title = "撤下公开"

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Ask for the reason."""
        return self.show(self.order_to_steer(pk), ReasonForm())

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Take it off."""
        order = self.order_to_steer(pk)
        form = ReasonForm(request.POST)
        if not form.is_valid():
            return self.show(order, form)
        try:
            actions.unpublish(
                order,
                reason=form.cleaned_data["reason"],
                by=self.person.actor,
                at=self.person.now,
            )
        except HotlineError as refused:
            return self.show(order, blame(form, refused))
        messages.success(request, "已撤下")
        return redirect("hotline:record", order.pk)
