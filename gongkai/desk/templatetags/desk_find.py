"""What the search's screen shows of a hit."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from gongkai.adapters.searchindex.types import Mark

register = template.Library()


@register.simple_tag
def marked(marks: Iterable[Mark]) -> SafeString:
    """Return a piece of what was found, with what was asked for in <mark>."""
    pieces = (
        format_html("<mark>{}</mark>", mark.text) if mark.found else mark.text for mark in marks
    )
    return format_html_join("", "{}", ((piece,) for piece in pieces))
