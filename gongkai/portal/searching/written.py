"""Hits and facets of the search page as HTML.

A page has ten hits and some eighty links of facets; a template takes three times as long for them
as these functions, and that was the greater part of the page's cost.
"""

from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString

from gongkai.adapters.searchindex.types import Mark
from gongkai.policy.queries.documents import Validity
from gongkai.portal.searching.shown import Choice, Line


def hit_items(lines: Iterable[Line]) -> SafeString:
    """Return hits as the items of a list: title, stamp, extract with its place, facts."""
    return SafeString("".join(map(_hit, lines)))


def facet_items(choices: Iterable[Choice]) -> SafeString:
    """Return the values of a facet as items with links."""
    return SafeString("".join(map(_facet, choices)))


def marked(marks: Iterable[Mark]) -> SafeString:
    """Return a piece of what was found, with what was asked for in <mark>."""
    return SafeString(
        "".join(
            f"<mark>{escape(mark.text)}</mark>" if mark.found else escape(mark.text)
            for mark in marks
        )
    )


def _hit(line: Line) -> str:
    extract = ""
    if line.extract:
        place = f'<span class="place">{escape(line.place)}</span>' if line.place else ""
        extract = f'<p class="extract">{place}{marked(line.extract)}</p>'
    told = [escape(each) for each in (line.number, line.organ, line.kind) if each]
    facts = "".join(f"<span>{each}</span>" for each in told)
    if line.on:
        day = line.on.isoformat()
        facts += f'<time datetime="{day}">{day}</time>'
    return (
        f'<li><h3><a href="{escape(line.address)}">{marked(line.title)}</a>'
        f'{_stamp(line.validity)}</h3>{extract}<p class="line-facts">{facts}</p></li>'
    )


def _stamp(validity: Validity | None) -> str:
    if validity is None:
        return ""
    off = not validity.in_force and validity is not Validity.NOT_YET_EFFECTIVE
    return f' <span class="stamp{" off" if off else ""}">{escape(validity.label)}</span>'


def _facet(choice: Choice) -> str:
    now = ' aria-current="true"' if choice.chosen else ""
    cancel = '<span class="unseen">（已选，取消）</span>' if choice.chosen else ""
    return (
        f'<li><a href="{escape(choice.address)}" rel="nofollow"{now}>'
        f"<span>{escape(choice.label)}{cancel}</span>"
        f'<span class="count">{choice.count}<span class="unseen">条</span></span></a></li>'
    )
