"""Who enters the screens of catalogues and guides, and what they share.

The county office keeps the catalogues; a department or township sees the rows that it owes and
keeps its own guide. What a person may do hangs on their posts on the day.
"""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse_lazy
from django.utils import timezone
from django.views import View
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from gongkai.disclosure.models import CatalogueField, CatalogueItem, StandardCatalogue
from gongkai.disclosure.queries import VIEWERS, WRITERS
from gongkai.disclosure.rules import DisclosureError, EntryRefused
from gongkai.orgs.models import Organ, OrganKind, Role
from gongkai.orgs.queries import Official, organs_seen_by

KEEPERS = frozenset({Role.OGI_OFFICE, Role.OGI_HEAD})


class CataloguePage(WagtailAdminTemplateMixin, View):
    """A screen of the catalogues: page furniture, the person, what they may see."""

    header_icon = "list-ul"
    breadcrumbs_items = [
        {"url": reverse_lazy("wagtailadmin_home"), "label": "首页"},
        {"url": reverse_lazy("disclosure:catalogues"), "label": "标准目录"},
    ]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Turn away who has no post in disclosure."""
        if not self.person.sees_any:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def person(self) -> Official:
        """The signed-in person at the moment of the request."""
        return Official(self.request.user, timezone.now(), WRITERS, VIEWERS)

    @cached_property
    def kept_counties(self) -> frozenset[int]:
        """The counties whose catalogues this person keeps."""
        seen = organs_seen_by(self.person.user, self.person.today, KEEPERS)
        county = seen.filter(kind=OrganKind.COUNTY_GOVERNMENT)
        return frozenset(county.values_list("pk", flat=True))

    @cached_property
    def catalogues(self) -> Any:
        """The catalogues of the counties of which this person sees some organ."""
        seen = self.person.sees
        counties = {pk for pair in seen.values_list("pk", "county_id") for pk in pair if pk}
        return StandardCatalogue.objects.filter(county__in=counties).select_related("county")

    def catalogue(self, pk: int) -> StandardCatalogue:
        """Return a catalogue that this person may see; else 404."""
        return get_object_or_404(self.catalogues, pk=pk)

    def keeper_only(self, catalogue: StandardCatalogue) -> None:
        """Refuse who does not keep the catalogues of its county."""
        if catalogue.county_id not in self.kept_counties:
            raise PermissionDenied

    def keeps(self, catalogue: StandardCatalogue) -> bool:
        """Say whether this person keeps a catalogue."""
        return catalogue.county_id in self.kept_counties

    def own_organs(self, catalogue: StandardCatalogue) -> frozenset[int] | None:
        """Return the organs whose rows this person sees; None for every organ of the county."""
        seen = frozenset(self.person.sees.values_list("pk", flat=True))
        return None if catalogue.county_id in seen else seen

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way to this screen."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]


class VerbPage(CataloguePage, FormView):
    """A form that calls one verb; what the verb refuses stands beside its field."""

    template_name = "disclosure/catalogue/form.html"
    button = "保存"
    done = "已保存。"
    warning = ""
    beside: Mapping[str, str] = {}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the form to those who may call the verb."""
        self.check_right()
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Call the verb for those who may."""
        self.check_right()
        return super().post(request, *args, **kwargs)

    def check_right(self) -> None:
        """Refuse who may not call the verb."""
        raise NotImplementedError

    def perform(self, values: dict[str, Any]) -> str:
        """Call the verb with the cleaned `values`; return where to go next."""
        raise NotImplementedError

    @property
    def acting(self) -> dict[str, Any]:
        """Return who acts and when, as every verb asks."""
        return {"by": self.person.actor, "at": self.person.now}

    def get_form(self, form_class: type[forms.Form] | None = None) -> forms.Form:
        """Let what is missing be named by its field."""
        form = super().get_form(form_class)
        for field in form.fields.values():
            field.error_messages["required"] = f"请填写“{field.label}”"
        return form

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Call the verb and go on, or show why not."""
        self.told = form
        try:
            onward = self.perform(form.cleaned_data)
        except DisclosureError as refused:
            put_beside(form, refused, self.beside)
            return self.form_invalid(form)
        messages.success(self.request, self.done)
        return redirect(onward)

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        """Show the form again with what was typed."""
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the words of the button and of the warning."""
        return super().get_context_data(button=self.button, warning=self.warning, **kwargs)


def put_beside(form: forms.Form, refused: DisclosureError, beside: Mapping[str, str]) -> None:
    """Put each fault of a refusal beside its field of the form."""
    if isinstance(refused, EntryRefused) and refused.faults:
        told = [(beside.get(fault.field, fault.field), fault.message) for fault in refused.faults]
    else:
        told = [(refused.field, str(refused))]
    for name, message in told:
        form.add_error(name if name in form.fields else None, message)


class OfField(VerbPage):
    """A verb on one field of a catalogue that the person keeps."""

    @cached_property
    def field(self) -> CatalogueField:
        """Return the field of the address, of a catalogue this person may see."""
        fields = CatalogueField.objects.filter(catalogue__in=self.catalogues)
        return get_object_or_404(fields.select_related("catalogue__county"), pk=self.kwargs["pk"])

    def check_right(self) -> None:
        """Refuse who does not keep the catalogue."""
        self.keeper_only(self.field.catalogue)

    def get_page_subtitle(self) -> str:
        """Return the field's name."""
        return self.field.name


class OfItem(VerbPage):
    """A verb on one item of a catalogue that the person keeps."""

    @cached_property
    def item(self) -> CatalogueItem:
        """Return the item of the address, of a catalogue this person may see."""
        items = CatalogueItem.objects.filter(field__catalogue__in=self.catalogues)
        return get_object_or_404(
            items.select_related("field__catalogue__county", "section"), pk=self.kwargs["pk"]
        )

    @property
    def county(self) -> Organ:
        """The county of the catalogue."""
        return self.item.field.catalogue.county

    def check_right(self) -> None:
        """Refuse who does not keep the catalogue."""
        self.keeper_only(self.item.field.catalogue)

    def get_page_subtitle(self) -> str:
        """Return the item's name."""
        return str(self.item)
