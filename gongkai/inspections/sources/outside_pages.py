"""One page of a round: the rules of pages, and the facts kept for what the whole site tells."""

from collections.abc import Callable, Iterable, Iterator

from gongkai.adapters.crawler.addresses import is_first_page, list_of
from gongkai.adapters.crawler.runfile import RunFile
from gongkai.inspections.rules import columns, guides, messages, prose
from gongkai.inspections.rules.accessible import accessible
from gongkai.inspections.rules.charsets import charsets, garbled
from gongkai.inspections.rules.documents import days, published_on, secrets, validity
from gongkai.inspections.rules.elements import elements
from gongkai.inspections.rules.faults import Fault
from gongkai.inspections.rules.hidden import hidden
from gongkai.inspections.rules.homes import newest
from gongkai.inspections.rules.markup import markup
from gongkai.inspections.rules.tags import tags
from gongkai.inspections.rules.views import Kind, View
from gongkai.inspections.sources.outside_book import Wanted
from gongkai.text.privacy import PrivacyRule
from gongkai.text.sitepages import Place
from gongkai.text.wording import Wording

Rule = Callable[[View], Iterable[Fault]]
_PRIVATE = frozenset(rule.value for rule in PrivacyRule)
_AXE = frozenset(
    f"axe-{each}"
    for each in ("button-name", "document-title", "frame-title", "html-has-lang", "image-alt",
                 "label", "link-name")
)  # fmt: skip
_LISTED = frozenset(("listed-word", "listed-link"))
_UNDATED = 40


class PageRules:
    """The rules of pages that are wanted; what is slow is built only where it is."""

    def __init__(self, wanted: Wanted, run: RunFile) -> None:
        """Choose the rules by the names that are wanted."""
        self._wanted, self._run = wanted, run
        checker = Wording(allow=wanted.no_mistakes) if "wording" in wanted.only else None
        every: tuple[tuple[Rule, frozenset[str]], ...] = (
            (tags, frozenset(("tag-missing", "tag-empty", "tag-repeated", "tag-format"))),
            (elements, frozenset(("element-missing",))),
            (charsets, frozenset(("charset-undeclared", "charset-mismatch"))),
            (garbled, frozenset(("text-garbled",))),
            (markup, frozenset(("html-invalid",))),
            (accessible, _AXE),
            (hidden, frozenset(("link-hidden", "frame-hidden"))),
            (days, frozenset(("date-in-future", "date-disagrees", "published-before-formed",
                              "published-late"))),
            (validity, frozenset(("validity-unmarked",))),
            (secrets, frozenset(("W1",))),
            (messages.solicitation, frozenset(("solicitation-without-feedback",))),
            (prose.privacy, _PRIVATE),
        )  # fmt: skip
        self._rules = [rule for rule, names in every if names & wanted.only]
        if checker is not None:
            self._rules.append(lambda view: prose.wording(view, checker))
        if wanted.lists and wanted.only & _LISTED:
            self._rules.append(lambda view: prose.listed(view, wanted.lists))

    def judge(self, view: View, found_on: str) -> Iterator[Fault]:
        """Yield a page's faults, and keep what the whole site is judged by."""
        for rule in self._rules:
            yield from rule(view)
        yield from self._guide(view, found_on)
        self._keep(view, found_on)

    def _guide(self, view: View, found_on: str) -> Iterator[Fault]:
        if not guides.is_guide(view) or view.kind is Kind.COLUMN:
            return
        lacking = guides.missing(view)
        self._run.put("guide", view.page.address, {"lacking": len(lacking), "on": found_on})
        yield from guides.guide(view, lacking)

    def _keep(self, view: View, found_on: str) -> None:
        page = view.page
        if view.kind is Kind.COLUMN:
            self._column(view)
        elif view.kind is Kind.ARTICLE and (on := published_on(view)):
            self._run.put("day", page.address, on.isoformat())
        name = page.meta("ColumnName") or page.heading or page.title or ""
        if view.kind is not Kind.ARTICLE and messages.is_way_to_ask(page, name):
            self._run.put("way", page.address, name)
        if asked_on := messages.unanswered_since(view):
            told = {"on": found_on, "asked": asked_on.isoformat(), "title": page.heading}
            self._run.put("message", page.address, told)

    def _column(self, view: View) -> None:
        """Keep a column over all its pages: the newest day, whether anything is there at all."""
        page = view.page
        key = list_of(page.address)
        known = self._run.fact("column", key) or {}
        rows = [each for each in page.entries if each.place is Place.MAIN]
        last = newest(rows, view.today)
        days_known = [each for each in (known.get("newest"), last and last.isoformat()) if each]
        undated = [each.address for each in rows if not each.on][:_UNDATED]
        is_first = is_first_page(page.address)
        address = page.address if is_first or not known else known["address"]
        self._run.put("column", key, {
            "address": address,
            "name": page.meta("ColumnName") or page.heading or page.title or "",
            "said": page.meta("ColumnType"),
            "newest": max(days_known, default=None),
            "undated": (known.get("undated", []) + ([] if last else undated))[:_UNDATED],
            "empty": columns.is_empty(view) and known.get("empty", True),
            "closed": columns.is_closed(view) or known.get("closed", False),
            "words": view.main[:200],
        })  # fmt: skip
