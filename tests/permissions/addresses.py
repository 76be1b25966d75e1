"""Every address of the product, read from the resolver, filled in with records of the county.

`FILLED` says by the beginning of a route which record fills which place of it; "=word" stands
for itself. Several ways to fill one route are several rows of the matrix.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import URLPattern, URLResolver, get_resolver

from tests.permissions.county import Found

STAFF = "staff/"
Values = dict[str, str]

FILLED: tuple[tuple[str, tuple[Values, ...]], ...] = (
    ("staff/turnover/orders/", ({"pk": "order"},)),
    ("staff/turnover/requests/", ({"pk": "request"},)),
    ("staff/site/", ({"pk": "county"},)),
    (
        "staff/annualreport/<int:year_id>/cell/",
        ({"year_id": "year", "whose": "typed_return.id", "path": "=proactive/T2.1.1/c1"},),
    ),
    (
        "staff/annualreport/<int:year_id>/figure/",
        ({"year_id": "year", "whose": "typed_return.id", "name": "=disclosure.published"},),
    ),
    ("staff/annualreport/<int:year_id>/", ({"year_id": "year"},)),
    ("staff/annualreport/return/", ({"pk": "return"},)),
    ("staff/annualreport/report/<int:pk>/download/", ({"pk": "public_report", "kind": "=docx"},)),
    ("staff/annualreport/report/", ({"pk": "annual", "kind": "=docx"},)),
    ("staff/annualreport/record/", ({"record": "typed_return.id"},)),
    ("staff/inspections/<int:pk>/", ({"pk": "finding"},)),
    ("staff/inspections/act/", ({"act": "=order"}, {"act": "=answer"}, {"act": "=recheck"})),
    ("staff/inspections/indicators/", ({"code": "=W5"},)),
    ("staff/inspections/sites/", ({"pk": "site"},)),
    ("staff/inspections/years/<int:pk>/act/", ({"pk": "site_year", "act": "=review"},)),
    ("staff/inspections/years/<int:pk>/behind/", ({"pk": "counted_year", "code": "=published"},)),
    ("staff/inspections/years/", ({"pk": "site_year", "code": "=visits"},)),
    ("staff/inspections/bulletins/<int:pk>/sign/", ({"pk": "issued"},)),
    ("staff/inspections/bulletins/<int:pk>/publish/", ({"pk": "issued"},)),
    ("staff/inspections/bulletins/", ({"pk": "bulletin", "kind": "=docx"},)),
    ("staff/remedies/complaints/<uuid:pk>/step/", ({"pk": "complaint", "event": "=accept"},)),
    ("staff/remedies/complaints/", ({"pk": "complaint"},)),
    ("staff/remedies/<uuid:pk>/parties/", ({"pk": "remedy", "part": "party"},)),
    ("staff/remedies/<uuid:pk>/evidence/", ({"pk": "remedy", "part": "evidence"},)),
    ("staff/remedies/<uuid:pk>/draft/", ({"pk": "remedy", "what": "=reply"},)),
    ("staff/remedies/complaints/", ({"pk": "complaint", "event": "=accept"},)),
    ("staff/remedies/<uuid:pk>/draft/", ({"pk": "remedy", "what": "=answer"},)),
    ("staff/remedies/<uuid:pk>/evidence/", ({"pk": "remedy", "part": "evidence"},)),
    ("staff/remedies/<uuid:pk>/parties/", ({"pk": "remedy", "part": "party"},)),
    ("staff/remedies/<uuid:pk>/step/", ({"pk": "remedy", "event": "=answer"},)),
    ("staff/remedies/", ({"pk": "remedy"},)),
    ("staff/policy/<int:pk>/dossier/", ({"pk": "dossier"},)),
    ("staff/policy/<int:pk>/amend/", ({"pk": "public_document"},)),
    ("staff/policy/<int:pk>/repeal/", ({"pk": "public_document"},)),
    ("staff/policy/<int:pk>/relate/", ({"pk": "public_document"},)),
    ("staff/policy/<int:pk>/lapse/", ({"pk": "public_document"},)),
    ("staff/policy/<int:pk>/file/", ({"pk": "public_document"},)),
    ("staff/policy/<int:pk>/", ({"pk": "document"},)),
    ("staff/policy/relations/", ({"pk": "relation"},)),
    ("staff/policy/interpretations/<int:pk>/pairs/", ({"pk": "questions"},)),
    ("staff/policy/interpretations/", ({"pk": "interpretation"},)),
    ("staff/policy/rounds/items/", ({"pk": "round_item"},)),
    ("staff/policy/rounds/", ({"pk": "round"},)),
    ("staff/policy/decisions/items/", ({"pk": "decision"},)),
    ("staff/policy/decisions/", ({"pk": "decisions"},)),
    ("staff/policy/gazettes/", ({"pk": "gazette"},)),
    (
        "staff/inforequests/rights/corrections/<uuid:pk>/<slug:slug>/",
        ({"pk": "correction", "slug": "=check"},),
    ),
    ("staff/inforequests/rights/corrections/", ({"pk": "correction"},)),
    ("staff/inforequests/rights/alike/", ({"pk": "alike"},)),
    ("staff/inforequests/rights/<uuid:pk>/", ({"pk": "request"},)),
    ("staff/inforequests/offices/", ({"pk": "organ"},)),
    ("staff/inforequests/mails/", ({"pk": "mail"},)),
    (
        "staff/inforequests/<uuid:pk>/act/",
        tuple({"pk": "request", "event": f"={name}"} for name in ("assign", "search", "withdraw")),
    ),
    ("staff/inforequests/<uuid:pk>/review/", ({"pk": "reviewing"},)),
    ("staff/inforequests/<uuid:pk>/preview/", ({"pk": "reviewing"},)),
    ("staff/inforequests/<uuid:pk>/withheld/", ({"pk": "withheld", "place": "=1"},)),
    ("staff/inforequests/", ({"pk": "request", "place": "=1"},)),
    ("staff/newmedia/posts/", ({"pk": "post"},)),
    ("staff/newmedia/<int:pk>/act/", ({"pk": "account", "act": "=close"},)),
    ("staff/newmedia/<int:pk>/", ({"pk": "account"},)),
    ("staff/newmedia/publish/", ({"pk": "public_entry", "account": "other_account"},)),
    ("staff/newmedia/publications/", ({"pk": "publication", "act": "=cancel"},)),
    ("staff/newmedia/campaigns/", ({"pk": "campaign", "item": "campaign_item"},)),
    ("staff/registers/years/", ({"year": "=2026"},)),
    ("staff/registers/add/", ({"kind": "=LICENCE"},)),
    ("staff/registers/decisions/", ({"pk": "penalty", "event": "=cancel"},)),
    ("staff/registers/import/", ({"pk": "import"},)),
    ("staff/registers/", ({"pk": "batch"},)),
    ("staff/hotline/settings/rules/", ({"pk": "rule"},)),
    ("staff/hotline/settings/clients/", ({"pk": "client"},)),
    ("staff/hotline/figures/report", ({"kind": "=docx"},)),
    ("staff/hotline/reports/", ({"pk": "month_report", "kind": "=docx"},)),
    ("staff/hotline/<uuid:pk>/step/", ({"pk": "order", "event": "=answer"},)),
    ("staff/hotline/", ({"pk": "order"},)),
    ("staff/proposals/figures/", ({"year": "=2026"},)),
    ("staff/proposals/<int:pk>/act/", ({"pk": "proposal", "act": "=reply"},)),
    ("staff/proposals/", ({"pk": "proposal"},)),
    ("staff/servicehall/<int:pk>/act/", ({"pk": "service", "act": "=submit"},)),
    ("staff/servicehall/<int:pk>/", ({"pk": "service"},)),
    ("staff/servicehall/halls/leave/", ({"kind": "=window", "pk": "window"},)),
    ("staff/servicehall/halls/", ({"pk": "hall", "act": "=window"},)),
    ("staff/servicehall/policies/clauses/", ({"pk": "clause"},)),
    ("staff/servicehall/policies/", ({"pk": "benefit", "act": "=end"},)),
    ("staff/servicehall/cases/", ({"pk": "case", "act": "=examine"},)),
    ("staff/servicehall/help/steps/", ({"pk": "assistance_step"},)),
    ("staff/servicehall/help/", ({"pk": "assistance", "act": "=stop"},)),
    ("staff/servicehall/zones/", ({"pk": "zone", "act": "=check"},)),
    ("staff/servicehall/figures/", ({"key": "=hall.people"},)),
    ("staff/engagement/errors/", ({"pk": "report"},)),
    ("staff/engagement/solicitations/", ({"pk": "solicitation", "comment": "comment"},)),
    ("staff/engagement/messages/", ({"pk": "message"},)),
    ("staff/engagement/mailboxes/", ({"pk": "mailbox"},)),
    ("staff/engagement/surveys/", ({"pk": "survey"},)),
    ("staff/engagement/interviews/", ({"pk": "interview"},)),
    ("staff/engagement/faqs/", ({"pk": "faq"},)),
    ("staff/engagement/opinion/", ({"pk": "opinion"},)),
    ("staff/engagement/banners/", ({"pk": "banner"},)),
    (
        "staff/disclosure/entries/<int:pk>/act/",
        (
            {"pk": "entry", "slug": "=submit"},
            {"pk": "first_review", "slug": "=approve-first"},
            {"pk": "secrecy_review", "slug": "=clear-secrecy"},
            {"pk": "signing", "slug": "=sign"},
            {"pk": "signed", "slug": "=publish"},
            {"pk": "public_entry", "slug": "=withdraw"},
        ),
    ),
    (
        "staff/disclosure/entries/<int:pk>/preview/<int:number>/",
        ({"pk": "public_entry", "number": "=1"},),
    ),
    (
        "staff/disclosure/entries/",
        ({"pk": "entry", "number": "=1", "file": "entry_file"},),
    ),
    ("staff/disclosure/^overrides/", ({"pk": "override", "answer": "=grant"},)),
    ("staff/disclosure/sections/", ({"pk": "section"},)),
    ("staff/disclosure/lists/stop/", ({"pk": "term"},)),
    ("staff/disclosure/lists/", ({"slug": "=words"},)),
    ("staff/disclosure/catalogues/", ({"pk": "catalogue"},)),
    ("staff/disclosure/fields/", ({"pk": "field"},)),
    ("staff/disclosure/items/", ({"pk": "item"},)),
    ("staff/disclosure/legal/", ({"pk": "county"},)),
    ("staff/disclosure/guides/", ({"pk": "organ"},)),
    ("staff/letters/templates/", ({"pk": "template", "kind": "=A1", "form": "=docx"},)),
    ("staff/letters/profiles/", ({"pk": "organ"},)),
    ("staff/letters/", ({"pk": "letter", "form": "=pdf"},)),
    ("staff/files/of/", ({"about": "request.typed_id"},)),
    ("staff/files/", ({"pk": "file", "number": "=1"},)),
    ("staff/records/cases/", ({"pk": "packed"},)),
    ("staff/records/", ({"pk": "transfer", "form": "=xlsx"},)),
    ("staff/accounts/security/networks/", ({"pk": "network"},)),
    ("staff/accounts/security/people/", ({"pk": "person", "provider": "=province"},)),
    ("staff/oversight/plans/", ({"pk": "plan"},)),
    ("staff/oversight/tasks/<int:pk>/change/", ({"pk": "draft_task"},)),
    ("staff/oversight/tasks/<int:pk>/remove/", ({"pk": "draft_task"},)),
    ("staff/oversight/tasks/", ({"pk": "task"},)),
    ("staff/oversight/events/", ({"pk": "work_event"},)),
    ("staff/oversight/appraisals/<int:pk>/confirm/", ({"pk": "shown_appraisal"},)),
    ("staff/oversight/appraisals/<int:pk>/publish/", ({"pk": "confirmed_appraisal"},)),
    ("staff/oversight/appraisals/<int:pk>/unpublish/", ({"pk": "ranking"},)),
    ("staff/oversight/appraisals/", ({"pk": "appraisal"},)),
    ("staff/oversight/indicators/", ({"pk": "indicator"},)),
    ("staff/oversight/units/", ({"pk": "unit"},)),
    ("staff/oversight/ratings/", ({"pk": "rating"},)),
    ("staff/oversight/objections/", ({"pk": "objection"},)),
    ("staff/oversight/cases/", ({"pk": "accountability"},)),
    ("staff/oversight/evaluations/mark/", ({"pk": "unmarked"},)),
    ("staff/oversight/evaluations/", ({"pk": "evaluation"},)),
    ("staff/oversight/sheets/file/", ({"kind": "=docx"},)),
    ("staff/orgs/delegations/", ({"pk": "delegation"},)),
    ("staff/orgs/organs/", ({"pk": "organ"},)),
    ("staff/orgs/posts/", ({"pk": "post_held"},)),
    ("staff/orgs/people/", ({"pk": "person"},)),
    ("zwgk/xxgknb/", ({"year": "=2020", "code": "county.code"},)),
    ("zwgk/ysqgk/", ({"code": "organ.code", "year": "=2026", "key": "=1"},)),
    ("sitemap-<key:block>.xml", ({"block": "=0"},)),
    ("zwgk/kaohe/", ({"pk": "ranking"},)),
    ("zwgk/shpy/", ({"pk": "public_evaluation"},)),
    ("zwgk/tongbao/", ({"pk": "public_bulletin"},)),
    ("zwgk/jczwgk/", ({"slug": "field.slug"},)),
    ("zwgk/jg/", ({"slug": "organ.code", "path": "=zwgk/fdzdgknr/tjxx", "page": "=1"},)),
)
# What a few addresses are asked for after the question mark, by the record that fills it.
ASKED: Mapping[str, Values] = {
    "staff/oversight/sheets/behind/": {"name": "=requests.received"},
    "staff/hotline/figures/behind/": {"kpi": "=ON_TIME", "part": "=BELOW"},
    "staff/inforequests/rights/alike/suggest/": {"n": "request.number"},
}


@dataclass(frozen=True)
class Row:
    """One address of the matrix: its route, how it is filled, whose code answers."""

    key: str
    address: str
    ours: bool
    staff: bool


def _routes(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for each in resolver.url_patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from _routes(each, route)
        else:
            yield route, each


def rows(found: Found) -> Iterator[Row]:
    """Yield every address there is, once for each way to fill it."""
    seen: set[str] = set()
    for route, pattern in _routes(get_resolver()):
        ours = _module(pattern).startswith("gongkai.")
        for values in _ways(route):
            words = " ".join(f"{name}{said}" for name, said in values.items() if said[0] == "=")
            key = f"{route} {words}".strip()
            if key in seen:  # an address behind another of the same route is never reached
                continue
            seen.add(key)
            filled = {name: _said(found, value) for name, value in values.items()}
            address = _filled(route, filled) + _asked(found, route)
            yield Row(key, address, ours, route.startswith(STAFF))


def _module(pattern: URLPattern) -> str:
    view = pattern.callback
    return str(getattr(getattr(view, "view_class", view), "__module__", ""))


def _ways(route: str) -> tuple[Values, ...]:
    places = set(re.findall(r"<(?:\w+:)?(\w+)>", route))
    for beginning, ways in FILLED:
        if route.startswith(beginning):
            return tuple({n: v for n, v in way.items() if n in places} for way in ways)
    return ({},)


def _said(found: Found, value: str) -> str:
    if value.startswith("="):
        return value[1:]
    name, _, attribute = value.partition(".")
    return str(getattr(found[name], attribute or "pk"))


def _asked(found: Found, route: str) -> str:
    told = {name: _said(found, value) for name, value in ASKED.get(route, {}).items()}
    return f"?{urlencode(told)}" if told else ""


ANY = "00000000-0000-0000-0000-000000000001"


def _filled(route: str, values: Values) -> str:
    """Fill every place of a route: as told, else with something that fits its kind."""

    def put(match: re.Match[str]) -> str:
        kind, name = match["kind"] or "", match["name"]
        return values.get(name) or (ANY if kind == "uuid" else _GUESSED.get(name, "1"))

    route = re.sub(r"\(\?P<(?P<name>\w+)>(?P<kind>)(?:[^()]|\([^)]*\))*\)", put, route)
    route = re.sub(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>", put, route)
    return "/" + re.sub(r"[\^$\\]|\\Z|\(\?:.*?\)\*\)|\(|\)", "", route)


_GUESSED = {
    "county": "jingan",
    "year": "2025",
    "code": "jingan",
    "month": "202609",
    "path": "zwgk",
    "kind": "json",
    "whom": "geren",
}
