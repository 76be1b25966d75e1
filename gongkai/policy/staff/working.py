"""A screen with one form over one verb, for anything that is not a single document.

What a verb refuses is shown at its field; what was typed stays.
"""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages

from gongkai.adapters.report_pdf import NoChineseFont
from gongkai.disclosure.actions import DisclosureError
from gongkai.disclosure.actions import EntryRefused as TextRefused
from gongkai.files.actions import FileRefused
from gongkai.orgs.models import Organ, Role
from gongkai.policy.rules import DocumentRefused, PolicyError
from gongkai.policy.staff.access import PolicyView

RELEASERS = frozenset({Role.PUBLISHER, Role.OGI_OFFICE, Role.LEADER, Role.OGI_HEAD})
REFUSALS = (PolicyError, DisclosureError, FileRefused, NoChineseFont)


def tell(form: forms.Form, refused: Exception) -> None:
    """Show a refusal at the fields it names, else above the form."""
    faults = refused.faults if isinstance(refused, (DocumentRefused, TextRefused)) else ()
    for fault in faults:
        form.add_error(fault.field if fault.field in form.fields else None, fault.message)
    if not faults:
        form.add_error(None, str(refused))


class WorkingView(PolicyView):
    """A screen that shows a form and carries out one verb with it."""

    template_name = "policy/working.html"
    button = "确定"
    explains = ""
    back = ""

    def office_only(self) -> Organ:
        """Return the county of the office that this person works in; refuse others."""
        if not self.counties:
            raise PermissionDenied
        return self.counties[0]

    def office_of(self, county_id: int) -> None:
        """Refuse who does not work in this county's office."""
        if county_id not in {county.pk for county in self.counties}:
            raise PermissionDenied

    @property
    def said(self) -> dict[str, Any]:
        """Who acts and when."""
        return {"by": self.person.actor, "at": self.person.now}

    @property
    def said_by_office(self) -> dict[str, Any]:
        """Who acts from the office's post, and when."""
        return {"by": self.office.actor, "at": self.person.now}

    def show(self, form: forms.Form, **more: Any) -> HttpResponse:
        """Show the form; 422 when it was refused."""
        context = self.get_context_data(
            form=form, button=self.button, explains=self.explains, back=self.back, **more
        )
        return self.render_to_response(context, status=422 if form.errors else 200)

    def run(self, form: forms.Form, verb: Callable[[], Any], done: str, to: str) -> HttpResponse:
        """Carry out the verb of a valid form and go on, or show the form again."""
        if not form.is_valid():
            return self.show(form)
        try:
            verb()
        except REFUSALS as refused:
            tell(form, refused)
            return self.show(form)
        messages.success(self.request, done)
        return redirect(to or self.back)

    def try_verb(self, request: HttpRequest, verb: Callable[[], Any], done: str) -> None:
        """Carry out a verb that needs no form; what refuses it is told on the next page."""
        try:
            verb()
        except REFUSALS as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, done)
