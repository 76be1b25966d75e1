"""The search page, its suggestions and what a browser's own search box needs to know of it.

Every view answers GET and HEAD; only words sought in vain are written down, and nothing of who
sought them (`misses`). Each answer works without scripts.
"""

import logging
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.adapters import searchindex
from gongkai.adapters.pacing import asks_too_often
from gongkai.adapters.searchindex.types import Facet, Found, Hit, IndexFailed, Sort
from gongkai.orgs.models import Organ
from gongkai.portal.columns import ORGANS
from gongkai.portal.documents import county_of
from gongkai.portal.guarding import guarded
from gongkai.portal.offices import offices_of
from gongkai.portal.searching import misses
from gongkai.portal.searching.query import (
    ADDRESS,
    FACETS,
    LAST_PAGE,
    LONGEST,
    SIZE,
    Asked,
    asked_of,
    tidy,
)
from gongkai.portal.searching.shown import chosen_of, groups_of, lines_of
from gongkai.portal.site import site_of

SEARCHES, SUGGESTIONS = 120, 400  # a minute and visitor; an office is one visitor
LOG = logging.getLogger(__name__)
_SUGGESTED = 8
_FAQS, _FAQ_SECTION = 3, "hdjl/cjwt"
_LONGEST_TYPED = 30


@guarded
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show what was asked for, or how to ask."""
    county = county_of(request)
    asked = asked_of(request.GET)
    if asked.is_empty:
        return _shown(request, asked)
    if asks_too_often(request, "search", SEARCHES):
        response = _shown(request, asked, often=True, status=429)
        response["Retry-After"] = "60"
        return response
    try:
        found = searchindex.public_index().search(asked.query(f"county:{county.pk}"))
        faqs = _faqs(request, county, asked) if found.total else ()
    except IndexFailed:
        LOG.exception("the search index cannot be read")
        return _shown(request, asked, broken=True, status=503)
    return _answer(request, county, asked, found, faqs)


def _answer(
    request: HttpRequest, county: Organ, asked: Asked, found: Found, faqs: Sequence[Hit]
) -> HttpResponse:
    today = timezone.localdate()
    lines = lines_of(county.pk, found.hits, today)
    if asked.words and asked.page == 1 and not asked.narrowed and not found.total:
        misses.note(county.pk, asked.words, today)
    last = min(-(-found.total // SIZE), LAST_PAGE)
    told: dict[str, Any] = {
        "found": found,
        "lines": lines,
        "groups": groups_of(county.pk, asked, found),
        "chosen": chosen_of(county.pk, asked),
        "spelling": (found.spelling, asked.address(words=found.spelling)),
        "last": last,
        "beyond": asked.address(page=last) if asked.page > last > 0 else "",
        "faqs": lines_of(county.pk, faqs, today) if faqs else (),
        "deepest": LAST_PAGE * SIZE if found.total > LAST_PAGE * SIZE else 0,
        "earlier": asked.address(page=asked.page - 1) if 1 < asked.page <= last else "",
        "later": asked.address(page=asked.page + 1) if asked.page < last else "",
    }
    if not lines:
        told["requests"] = bool(offices_of(request, county, today))
        told["organs"] = ORGANS
    return _shown(request, asked, **told)


def _faqs(request: HttpRequest, county: Organ, asked: Asked) -> Sequence[Hit]:
    """Return the answers often asked for that a question of words alone finds, best first.

    Most sites have few or none, and most questions find none of them: nothing looser is tried.

    Raises:
        IndexFailed: the index cannot be read.
    """
    site = site_of(request)
    node = site.nodes.get(_FAQ_SECTION)
    if node is None or not site.live.get(node.id):
        return ()
    if not asked.words or asked.narrowed or asked.page > 1:
        return ()
    only = replace(
        asked.query(f"county:{county.pk}"),
        filters={Facet.SECTION: (_FAQ_SECTION,)},
        facets=(),
        size=_FAQS,
        exact=True,
    )
    return searchindex.public_index().search(only).hits


def _shown(request: HttpRequest, asked: Asked, *, status: int = 200, **told: Any) -> HttpResponse:
    narrowing = {name: asked.filters.get(facet, ()) for name, facet in FACETS.items()}
    context = {
        "asked": asked,
        "address": ADDRESS,
        "longest": LONGEST,
        "on_search_page": True,
        "kept": [(name, value) for name, values in narrowing.items() for value in values],
        "orders": [
            ("相关程度", asked.address(sort=Sort.RELEVANCE), asked.sort is Sort.RELEVANCE),
            ("发布时间", asked.address(sort=Sort.DATE), asked.sort is Sort.DATE),
        ],
        "places": [
            ("标题和全文", asked.address(in_title=False), not asked.in_title),
            ("只查标题", asked.address(in_title=True), asked.in_title),
        ],
        "bare": asked.address(filters={}, since=None, until=None),
        **told,
    }
    response = render(request, "portal/searching/search.html", context, status=status)
    response["X-Robots-Tag"] = "noindex, follow"
    response["Cache-Control"] = "private, no-cache"
    return response


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """Send titles and names that go on from what was typed, as OpenSearch suggestions."""
    county = county_of(request)
    typed = tidy(request.GET.get("ci", ""))[:_LONGEST_TYPED].strip()
    found: tuple[str, ...] = ()
    if typed and not asks_too_often(request, "suggest", SUGGESTIONS):
        try:
            index = searchindex.public_index()
            found = index.suggest(typed, scopes=(f"county:{county.pk}",), limit=_SUGGESTED)
        except IndexFailed:  # a box without suggestions still searches; the page says what is wrong
            LOG.exception("the search index cannot be read")
    response = JsonResponse(
        [typed, list(found)],
        safe=False,
        content_type="application/x-suggestions+json; charset=utf-8",
        json_dumps_params={"ensure_ascii": False},
    )
    response["Cache-Control"] = "public, max-age=60"
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def description(request: HttpRequest) -> HttpResponse:
    """Tell browsers how to search here from their own box (OpenSearch 1.1)."""
    county_of(request)
    context = {"root": request.build_absolute_uri("/").rstrip("/"), "site": site_of(request)}
    media = "application/opensearchdescription+xml; charset=utf-8"
    return render(request, "portal/searching/opensearch.xml", context, content_type=media)
