"""What all screens here share: who may enter, a form that calls a verb and shows its refusal."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from gongkai.accounts.actions import AccountError
from gongkai.orgs.actions import OrgError
from gongkai.orgs.staff.access import may_administer


class DayInput(forms.DateInput):
    """A day picked with the browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class Page(WagtailAdminTemplateMixin):
    """A page of the staff site under its home."""

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """End the path with this page, whose name the header shows."""
        here = {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()}
        return [*self.breadcrumbs_items, here]


class AdministratorMixin(Page):
    """Lets in administrators only, unless a screen says whom else (`lets_in`)."""

    def lets_in(self, request: HttpRequest) -> bool:
        """Return whether the user may enter."""
        return may_administer(request)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Turn away everybody else."""
        if not self.lets_in(request):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class AdministratorView(AdministratorMixin, TemplateView):
    """A page for administrators."""


class VerbView(AdministratorMixin, FormView):
    """A form that calls one verb; what the verb refuses stands beside its field."""

    template_name = "orgs/verb_form.html"
    button = "保存"
    done = "已保存。"
    warning = ""

    def perform(self, values: dict[str, Any]) -> str:
        """Call the verb with the cleaned `values`; return where to go next."""
        raise NotImplementedError

    def get_form(self, form_class: type[forms.Form] | None = None) -> forms.Form:
        """Let what is missing be named by its field."""
        form = super().get_form(form_class)
        for field in form.fields.values():
            field.error_messages["required"] = f"请填写“{field.label}”"
        return form

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Call the verb and go on, or show why not."""
        try:
            onward = self.perform(form.cleaned_data)
        except (OrgError, AccountError) as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
            return self.form_invalid(form)
        messages.success(self.request, self.done)
        return redirect(onward)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the words of the button and of the warning."""
        return super().get_context_data(button=self.button, warning=self.warning, **kwargs)
