"""Major administrative decisions: the year's catalogue for staff and as the public reads it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch

from gongkai.policy.models import DecisionCatalogue, DecisionLink, MajorDecision
from gongkai.policy.rules.decisions import DecisionStep


@dataclass(frozen=True, slots=True)
class DecisionStepShown:
    """A step of a decision: whether it is done and the public texts of it."""

    step: DecisionStep
    done: bool
    links: tuple[tuple[str, str], ...]  # title, address


@dataclass(frozen=True, slots=True)
class DecisionShown:
    """A matter of a published catalogue."""

    id: int
    title: str
    organ: str
    steps: tuple[DecisionStepShown, ...]


@dataclass(frozen=True, slots=True)
class CatalogueShown:
    """A year's published catalogue; `address` is its list."""

    year: int
    address: str
    items: tuple[DecisionShown, ...]


def catalogues(county_id: int) -> list[DecisionCatalogue]:
    """Return the catalogues of a county, the newest first. One query."""
    found = DecisionCatalogue.objects.filter(county_id=county_id)
    return list(found.select_related("county", "entry").order_by("-year"))


def items_of(catalogue: DecisionCatalogue) -> list[MajorDecision]:
    """Return the matters of a catalogue with their links, dropped ones too. Two queries."""
    links = Prefetch("links", DecisionLink.objects.select_related("entry"))
    return list(catalogue.items.select_related("organ").prefetch_related(links))


def public_catalogues(county_id: int, year: int | None = None) -> tuple[CatalogueShown, ...]:
    """Return the published catalogues of a county, of one year where told, the newest first.

    Only matters that the published list names, only texts that are public.
    """
    found = DecisionCatalogue.objects.filter(county_id=county_id, entry__live=True)
    if year is not None:
        found = found.filter(year=year)
    links = Prefetch("links", DecisionLink.objects.select_related("entry"))
    items = MajorDecision.objects.filter(listed=True).select_related("organ")
    rows = found.select_related("entry").order_by("-year")
    rows = rows.prefetch_related(Prefetch("items", items.prefetch_related(links)))
    return tuple(
        CatalogueShown(row.year, row.entry.address, tuple(_shown(row.items.all()))) for row in rows
    )


def _shown(items: Iterable[MajorDecision]) -> Iterable[DecisionShown]:
    for item in items:
        linked = list(item.links.all())
        steps = tuple(
            DecisionStepShown(
                step,
                step.value in item.steps,
                tuple(
                    (link.entry.title, link.entry.address)
                    for link in linked
                    if link.step == step and link.entry.live
                ),
            )
            for step in DecisionStep
        )
        yield DecisionShown(item.pk, item.title, item.organ.short_name, steps)
