"""Taking a request in at the desk: the form, the number, and the day of receipt if it is known."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages

from gongkai.inforequests import actions
from gongkai.inforequests.lifecycle.errors import RequestError
from gongkai.inforequests.models import InfoRequest, IntakeChannel
from gongkai.inforequests.staff.access import RequestsView
from gongkai.inforequests.staff.intake_forms import IntakeForm

_FIELDS = {"submitted_at": "arrived_on", "on": "confirmed_on"}


class AddView(RequestsView):
    """The form of Art. 29, filled in by a clerk; nothing typed is lost when it is refused."""

    template_name = "inforequests/add.html"
    page_title = "登记申请"

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Refuse those who may take requests in for no organ."""
        if not self.person.acts_for.exists():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the empty form."""
        initial = {"arrived_on": self.person.today}
        return self.show(IntakeForm(organs=self.person.acts_for, initial=initial))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Take the request in, or show the form again with what is wrong."""
        form = IntakeForm(request.POST, organs=self.person.acts_for)
        if not form.is_valid():
            return self.show(form)
        try:
            info_request = self.take_in(form)
        except RequestError as refused:
            field = _FIELDS.get(getattr(refused, "field", ""), getattr(refused, "field", ""))
            form.add_error(field if field in form.fields else None, str(refused))
            return self.show(form)
        messages.success(request, f"已登记，申请编号 {info_request.number}")
        return redirect("inforequests:record", info_request.pk)

    def take_in(self, form: IntakeForm) -> InfoRequest:
        """Submit and, when the day of receipt is known, register: both or neither."""
        person, told = self.person, form.told()
        confirmed_on = form.cleaned_data["confirmed_on"]
        with transaction.atomic():
            info_request = actions.submit(
                form.cleaned_data["organ"],
                told=told,
                requester=form.requester(),
                submitted_at=form.submitted_at(person.now),
                by=person.actor,
                at=person.now,
            )
            if IntakeChannel(told.channel).needs_confirmation and confirmed_on is None:
                return info_request
            return actions.register(
                info_request, confirmed_on=confirmed_on, by=person.actor, at=person.now
            )

    def show(self, form: IntakeForm) -> HttpResponse:
        """Show the form; 422 when it was refused."""
        context = self.get_context_data(form=form, media=form.media)
        return self.render_to_response(context, status=422 if form.errors else 200)
