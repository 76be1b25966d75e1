"""Which pages of the service hall there are, for the writing of a site as files."""

from collections.abc import Iterable, Iterator

from django.utils import timezone

from gongkai.orgs.models import Organ
from gongkai.portal.columns import FULFILMENT, SERVICES, ZONES
from gongkai.servicehall.queries import offer_of, paid_years, public_keys

RUN = 200  # guides in a portion
_ITEM, _IMPORT = "servicehall:", "servicehall.import:"


def runs_of_guides(county: Organ) -> Iterator[str]:
    """Yield runs of the keys of items that have a page: "1-200"."""
    keys = public_keys(county.pk, timezone.localdate())
    for start in range(0, len(keys), RUN):
        run = keys[start : start + RUN]
        yield f"{run[0]}-{run[-1]}"


def guides_in(county: Organ, run: str) -> Iterator[str]:
    """Yield the addresses of the guides of a run."""
    first, _, last = run.partition("-")
    for key in public_keys(county.pk, timezone.localdate()):
        if int(first) <= key <= int(last):
            yield address_of(key)


def lists(county: Organ) -> Iterator[str]:
    """Yield the addresses of every page of the hall but the guides."""
    yield from (SERVICES.url, f"{SERVICES.url}dating/", FULFILMENT.url, ZONES.url)
    yield from (f"{SERVICES.url}geren/", f"{SERVICES.url}faren/")
    offer = offer_of(county.pk, timezone.localdate())
    yield from (f"{SERVICES.url}bm/{each.key}/" for each in offer.organs)
    yield from (f"{SERVICES.url}zt/{each.key}/" for each in (*offer.persons, *offer.bodies))
    yield from (f"{FULFILMENT.url}{year}/" for year in paid_years(county.pk))


def touched(county: Organ, records: Iterable[str]) -> Iterator[str]:
    """Yield the addresses of the guides that verbs on some records change."""
    targets = [each for each in records if each.startswith((_ITEM, _IMPORT))]
    if any(each.startswith(_IMPORT) for each in targets):
        yield from map(address_of, public_keys(county.pk, timezone.localdate()))
        return
    keys = {each.removeprefix(_ITEM) for each in targets if each.startswith(_ITEM)}
    yield from (address_of(int(key)) for key in sorted(keys) if key.isdigit())


def address_of(key: int) -> str:
    """Return the address of an item's guide."""
    return f"{SERVICES.url}{key}.html"
