"""The beds of the garden: each module plants the faults of one subject, with their look-alikes."""

from collections.abc import Callable

from tests.garden.beds import (
    accounts,
    attachments,
    charsets,
    columns,
    days,
    elements,
    external,
    guides,
    homes,
    links,
    markup,
    messages,
    pictures,
    privacy,
    reach,
    robots,
    tags,
    wording,
)
from tests.garden.ground import Plan

BEDS: tuple[Callable[[Plan], None], ...] = (
    homes.plant,
    columns.plant,
    links.plant,
    pictures.plant,
    attachments.plant,
    charsets.plant,
    tags.plant,
    elements.plant,
    external.plant,
    markup.plant,
    reach.plant,
    messages.plant,
    guides.plant,
    accounts.plant,
    privacy.plant,
    wording.plant,
    days.plant,
    robots.plant,
)


def planted() -> Plan:
    """Return the whole garden: every site with its pages, every fault and every look-alike."""
    plan = Plan()
    for plant in BEDS:
        plant(plan)
    plan.finish()
    return plan
