"""Catalogues as the public reads them: the fields, one field with its items and their content.

An item leads to its newest entries, organ by organ; an organ that has published nothing yet is
named as such, so that nobody looks for what is not there.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from gongkai.disclosure.models import (
    CatalogueField,
    CatalogueItem,
    ItemEntry,
    ItemOrgan,
    StandardCatalogue,
)
from gongkai.disclosure.models.catalogues import CatalogueLevel
from gongkai.disclosure.queries.catalogue import catalogues_of, standing_on
from gongkai.orgs.models import Organ

NEWEST = 3


@dataclass(frozen=True, slots=True)
class ContentLink:
    """An entry that fulfils an item."""

    title: str
    address: str
    published_on: date


@dataclass(frozen=True, slots=True)
class OrganContent:
    """What one organ has published for an item, newest first; empty when nothing."""

    organ: str
    code: str
    links: tuple[ContentLink, ...]


@dataclass(frozen=True, slots=True)
class PublicItem:
    """One row of a public catalogue with every column and what it leads to."""

    level: str
    number: str
    first_level: str
    second_level: str
    content: str
    basis: str
    time_limit: str
    organ_words: str
    channels: tuple[str, ...]
    audience: str
    means: str
    at: str
    section_address: str
    content_by_organ: tuple[OrganContent, ...]

    @property
    def empty(self) -> bool:
        """Say whether no organ has published anything for it."""
        return not any(each.links for each in self.content_by_organ)


@dataclass(frozen=True, slots=True)
class FieldPage:
    """A field with its items of the county and of the townships."""

    name: str
    slug: str
    catalogues: tuple[str, ...]
    items: tuple[PublicItem, ...]


@dataclass(frozen=True, slots=True)
class FieldLine:
    """A field in the list of all: how many items, how many of them lead to content."""

    name: str
    slug: str
    added_by: str
    items: int
    with_content: int


@dataclass(frozen=True, slots=True)
class CataloguePage:
    """A county's catalogue of one level as the list of its fields."""

    title: str
    level: str
    basis: str
    valid_from: date
    fields: tuple[FieldLine, ...]


def field_page(county: Organ, slug: str, day: date) -> FieldPage | None:
    """Return a field of the county's catalogues on a day, None when there is none. Five queries."""
    catalogues = list(catalogues_of(county, day))
    fields = list(
        CatalogueField.objects.filter(standing_on(day), catalogue__in=catalogues, slug=slug)
    )
    if not fields:
        return None
    codes = {(field.catalogue_id, field.code) for field in fields}
    items = [
        item
        for item in CatalogueItem.objects.filter(
            standing_on(day),
            field__catalogue__in=catalogues,
            field__code__in={code for _, code in codes},
        )
        .select_related("field__catalogue", "section")
        .order_by("field__catalogue__level", "order", "pk")
        if (item.field.catalogue_id, item.field.code) in codes
    ]
    contents = _contents([item.pk for item in items], day)
    return FieldPage(
        name=fields[0].name,
        slug=slug,
        catalogues=tuple(each.title for each in catalogues),
        items=tuple(_public(item, contents.get(item.pk, ())) for item in items),
    )


def catalogue_pages(county: Organ, day: date) -> tuple[CataloguePage, ...]:
    """Return the county's catalogues in force on a day with their fields. Four queries."""
    catalogues = list(catalogues_of(county, day))
    fields: dict[int, list[CatalogueField]] = {}
    for field in CatalogueField.objects.filter(standing_on(day), catalogue__in=catalogues).order_by(
        "order", "pk"
    ):
        fields.setdefault(field.catalogue_id, []).append(field)
    items = CatalogueItem.objects.filter(standing_on(day), field__catalogue__in=catalogues)
    places = dict(_by_place(items.order_by()))
    full = set(
        ItemEntry.objects.filter(item__in=items, entry__live=True)
        .order_by()
        .values_list("item_id", flat=True)
        .distinct()
    )
    return tuple(_page(each, fields.get(each.pk, []), places, full) for each in catalogues)


def _by_place(items: object) -> list[tuple[tuple[int, str], list[int]]]:
    found: dict[tuple[int, str], list[int]] = {}
    for catalogue, code, pk in items.values_list("field__catalogue_id", "field__code", "pk"):
        found.setdefault((catalogue, code), []).append(pk)
    return list(found.items())


def _page(
    catalogue: StandardCatalogue,
    fields: list[CatalogueField],
    places: dict[tuple[int, str], list[int]],
    full: set[int],
) -> CataloguePage:
    lines = []
    for field in fields:
        own = places.get((catalogue.pk, field.code), [])
        lines.append(
            FieldLine(
                field.name, field.slug, field.added_by, len(own), sum(pk in full for pk in own)
            )
        )
    return CataloguePage(
        catalogue.title,
        CatalogueLevel(catalogue.level).label,
        catalogue.basis,
        catalogue.valid_from,
        tuple(lines),
    )


def _contents(item_ids: list[int], day: date) -> dict[int, tuple[OrganContent, ...]]:
    """Return organ by organ what each item leads to; every organ that owes it is there."""
    links: dict[tuple[int, int], list[ContentLink]] = {}
    names: dict[int, tuple[str, str]] = {}
    newest = (
        ItemEntry.objects.filter(item__in=item_ids, entry__live=True)
        .annotate(
            place=Window(
                RowNumber(),
                partition_by=[F("item_id"), F("entry__organ_id")],
                order_by=[F("entry__published_at").desc(), F("entry_id").desc()],
            )
        )
        .filter(place__lte=NEWEST)
        .order_by("item_id", "-entry__published_at", "-entry_id")
        .values_list(
            *("item_id", "entry__organ_id", "entry__organ__short_name", "entry__organ__code"),
            *("entry__title", "entry__address", "entry__published_at"),
        )
    )
    owing: dict[int, dict[int, None]] = {}
    pairs = ItemOrgan.objects.filter(standing_on(day, "organ__"), item__in=item_ids)
    for item, organ, name, code in pairs.order_by("organ__order", "organ__code").values_list(
        "item_id", "organ_id", "organ__short_name", "organ__code"
    ):
        owing.setdefault(item, {})[organ] = None
        names[organ] = (name, code)
    for item, organ, name, code, title, address, at in newest:
        owing.setdefault(item, {})[organ] = None
        names[organ] = (name, code)
        link = ContentLink(title, address, timezone.localdate(at))
        links.setdefault((item, organ), []).append(link)
    return {
        item: tuple(
            OrganContent(*names[organ], tuple(links.get((item, organ), ()))) for organ in organs
        )
        for item, organs in owing.items()
    }


def _public(item: CatalogueItem, contents: tuple[OrganContent, ...]) -> PublicItem:
    other = item.other_channel
    channels = tuple(
        f"{name}（{other}）" if name == "其他" and other else name for name in item.channels
    )
    audience = [*(["全社会"] if item.to_all else []), *([item.to_group] if item.to_group else [])]
    means = [*(["主动"] if item.proactive else []), *(["依申请"] if item.on_request else [])]
    at = [
        *(["县级"] if item.at_county else []),
        *([item.village_words or "乡级"] if item.at_township else []),
    ]
    return PublicItem(
        level=CatalogueLevel(item.field.catalogue.level).label,
        number=item.number,
        first_level=item.first_level,
        second_level=item.second_level,
        content=item.content,
        basis=item.basis,
        time_limit=item.time_limit,
        organ_words=item.organ_words,
        channels=channels,
        audience="、".join(audience),
        means="、".join(means),
        at="、".join(at),
        section_address=item.section.address if item.section else "",
        content_by_organ=contents,
    )
