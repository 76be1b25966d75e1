"""Leading links between taken-over texts to their new addresses, once all are there."""

import html
import re
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from itertools import islice

from gongkai.audit import Actor
from gongkai.disclosure.actions import relink_imported
from gongkai.disclosure.models import Entry
from gongkai.orgs.models import Organ
from gongkai.portal.models import OldAddress
from gongkai.portal.old_addresses import normalised

_LINK = re.compile(r'\s(?:href|src)="([^"#][^"]*)"')
_PORTION = 500
_NOT_PAGES = ("mailto:", "tel:", "/attachment/", "#")


def relink(county: Organ, *, by: Actor, at: datetime) -> int:
    """Rewrite the links of imported texts that lead to imported ones; return how many texts.

    Texts that people have revised since are left alone. Doing it again changes nothing.
    """
    done = 0
    texts = _texts(county, by)
    while portion := list(islice(texts, _PORTION)):
        wanted = {address for _, links in portion for address in links.values()}
        targets = _targets(county, wanted)
        exchanged: dict[int, dict[str, str]] = {}
        for entry_id, links in portion:
            moved = {
                link: _with_fragment(link, targets[address])
                for link, address in links.items()
                if address in targets and targets[address] != link
            }
            if moved:
                exchanged[entry_id] = moved
        done += relink_imported(exchanged, by=by, at=at)
    return done


def _texts(county: Organ, by: Actor) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the entries whose text came by an import, with its links and what they ask for."""
    taken = OldAddress.objects.filter(county=county, target="").values("entry_id")
    rows = (
        Entry.objects.live()
        .filter(pk__in=taken, published__made_by_account=by.account)
        .filter(published__body__contains='="')
        .order_by("pk")
        .values_list("pk", "published__body")
    )
    for entry_id, body in rows.iterator(chunk_size=_PORTION):
        links = {html.unescape(found) for found in _LINK.findall(body)}
        asked = {link: normalised(link) for link in links if not link.startswith(_NOT_PAGES)}
        if asked:
            yield entry_id, asked


def _targets(county: Organ, addresses: Collection[str]) -> Mapping[str, str]:
    rows = OldAddress.objects.filter(county=county, address__in=list(addresses), entry__live=True)
    found = rows.values_list("address", "target", "entry__address")
    return {address: target or page for address, target, page in found}


def _with_fragment(link: str, target: str) -> str:
    _, mark, fragment = link.partition("#")
    return f"{target}{mark}{fragment}"
