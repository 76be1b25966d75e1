"""Screens of the verbs on catalogues, fields and items; each calls one verb."""

from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.urls import reverse

from gongkai.disclosure.actions import catalogue as verbs
from gongkai.disclosure.actions import catalogue_items as item_verbs
from gongkai.disclosure.models import Section, StandardCatalogue
from gongkai.disclosure.models.catalogues import CatalogueLevel
from gongkai.disclosure.staff.catalogue_access import OfField, OfItem, VerbPage
from gongkai.disclosure.staff.catalogue_forms import (
    AddFieldForm,
    EndForm,
    FoundForm,
    ItemForm,
    OrgansForm,
    RenameFieldForm,
    initial_of,
)
from gongkai.orgs.models import Organ
from gongkai.orgs.queries import existing_between, organs_of

_BESIDE = {"audience": "to_all", "means": "proactive", "level": "at_county"}


def field_url(pk: int) -> str:
    """Return the address of a field."""
    return reverse("disclosure:catalogue_field", args=[pk])


class FoundPage(VerbPage):
    """Begin a catalogue."""

    form_class = FoundForm
    page_title = "编制标准目录"
    done = "目录已建立，请增加或者导入公开事项。"

    def check_right(self) -> None:
        """Refuse who keeps no county's catalogues."""
        if not self.kept_counties:
            raise PermissionDenied

    def get_initial(self) -> dict[str, Any]:
        """Begin today."""
        return {"on": self.person.today}

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the counties kept."""
        counties = Organ.objects.filter(pk__in=self.kept_counties)
        return {**super().get_form_kwargs(), "counties": counties}

    def perform(self, values: dict[str, Any]) -> str:
        """Call found_catalogue."""
        level = CatalogueLevel(values.pop("level"))
        held = verbs.found_catalogue(values.pop("county"), level=level, **values, **self.acting)
        return reverse("disclosure:catalogue", args=[held.pk])


class OfCatalogue(VerbPage):
    """A verb on one catalogue that the person keeps."""

    @cached_property
    def held(self) -> StandardCatalogue:
        """Return the catalogue of the address."""
        return self.catalogue(self.kwargs["pk"])

    def check_right(self) -> None:
        """Refuse who does not keep it."""
        self.keeper_only(self.held)

    def get_initial(self) -> dict[str, Any]:
        """Begin today."""
        return {"on": self.person.today}

    def get_page_subtitle(self) -> str:
        """Return the catalogue's title."""
        return self.held.title


class CloseCataloguePage(OfCatalogue):
    """End a catalogue."""

    form_class = EndForm
    page_title = "停用标准目录"
    button = "确认停用"
    warning = "停用后这份目录不再列入覆盖情况，公众页面不再显示；原有内容仍可查阅。"

    def perform(self, values: dict[str, Any]) -> str:
        """Call close_catalogue."""
        verbs.close_catalogue(self.held, **values, **self.acting)
        return reverse("disclosure:catalogues")


class AddFieldPage(OfCatalogue):
    """Add a field."""

    form_class = AddFieldForm
    page_title = "增设领域"
    done = "领域已增设，请增加公开事项。"

    def perform(self, values: dict[str, Any]) -> str:
        """Call add_field."""
        return field_url(verbs.add_field(self.held, **values, **self.acting).pk)


class RenameFieldPage(OfField):
    """Give a field a new name."""

    form_class = RenameFieldForm
    page_title = "领域更名"

    def get_initial(self) -> dict[str, Any]:
        """Begin with the name in force."""
        return {"name": self.field.name, "on": self.person.today}

    def perform(self, values: dict[str, Any]) -> str:
        """Call change_field."""
        verbs.change_field(self.field, **values, **self.acting)
        return reverse("disclosure:catalogue", args=[self.field.catalogue_id])


class CloseFieldPage(OfField):
    """End a field."""

    form_class = EndForm
    page_title = "停用领域"
    button = "确认停用"
    warning = "领域停用的，其中的公开事项同时停用；已经公开的信息不撤下。"

    def get_initial(self) -> dict[str, Any]:
        """Begin today."""
        return {"on": self.person.today}

    def perform(self, values: dict[str, Any]) -> str:
        """Call close_field."""
        verbs.close_field(self.field, **values, **self.acting)
        return reverse("disclosure:catalogue", args=[self.field.catalogue_id])


def _sections(county: Organ) -> Any:
    return Section.objects.of(county).open().order_by("path")


class AddItemPage(OfField):
    """Add an item; its organs are those that its words name."""

    form_class = ItemForm
    page_title = "增加公开事项"
    beside = _BESIDE
    done = "公开事项已增加，请核对公开主体。"

    def get_initial(self) -> dict[str, Any]:
        """Begin today, at the level of the catalogue."""
        town = self.field.catalogue.level == CatalogueLevel.TOWNSHIP
        return {"on": self.person.today, "at_county": not town, "at_township": town}

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the sections of the county."""
        sections = _sections(self.field.catalogue.county)
        return {**super().get_form_kwargs(), "sections": sections, "own": ()}

    def perform(self, values: dict[str, Any]) -> str:
        """Call add_item."""
        item = item_verbs.add_item(
            self.field,
            row=self.told.row(),
            on=values["on"],
            section=values["section"],
            update_days=values["update_days"],
            **self.acting,
        )
        return reverse("disclosure:catalogue_organs", args=[item.pk])


class ChangeItemPage(OfItem):
    """Change an item from a day."""

    form_class = ItemForm
    page_title = "修改公开事项"
    beside = _BESIDE

    def get_initial(self) -> dict[str, Any]:
        """Begin with what is in force."""
        return {**initial_of(self.item), "on": self.person.today}

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the sections of the county and the item's own channels."""
        own = tuple(self.item.channels)
        return {**super().get_form_kwargs(), "sections": _sections(self.county), "own": own}

    def perform(self, values: dict[str, Any]) -> str:
        """Call change_item."""
        item_verbs.change_item(
            self.item,
            row=self.told.row(),
            on=values["on"],
            section=values["section"],
            update_days=values["update_days"],
            **self.acting,
        )
        return field_url(self.item.field_id)


class CloseItemPage(OfItem):
    """End an item."""

    form_class = EndForm
    page_title = "停用公开事项"
    button = "确认停用"

    def get_initial(self) -> dict[str, Any]:
        """Begin today."""
        return {"on": self.person.today}

    def perform(self, values: dict[str, Any]) -> str:
        """Call close_item."""
        item_verbs.close_item(self.item, **values, **self.acting)
        return field_url(self.item.field_id)


class OrgansPage(OfItem):
    """Say which organs owe an item."""

    form_class = OrgansForm
    page_title = "指定公开主体"
    done = "公开主体已指定。"

    def get_initial(self) -> dict[str, Any]:
        """Begin with those that owe it."""
        return {"organs": list(self.item.organs.values_list("organ_id", flat=True))}

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the organs of the county in being."""
        today = self.person.today
        organs = organs_of(self.county).filter(existing_between(today, today))
        return {**super().get_form_kwargs(), "organs": organs}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show the words of the catalogue above the choice."""
        return super().get_context_data(told=f"目录中的文字：{self.item.organ_words}", **kwargs)

    def perform(self, values: dict[str, Any]) -> str:
        """Call assign_organs."""
        item_verbs.assign_organs(self.item, organs=list(values["organs"]), **self.acting)
        return field_url(self.item.field_id)
