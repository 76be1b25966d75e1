"""A list of entries as HTML without a template: it is most of the work of a list page."""

from collections.abc import Iterable

from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString

from gongkai.disclosure.queries import ListRow


def items_of(rows: Iterable[ListRow], *, show_organ: bool = False) -> SafeString:
    """Return each entry as an item: its title as a link, its number, its organ, its day."""
    zone = timezone.get_current_timezone()
    lines = []
    for row in rows:
        day = row.published_at.astimezone(zone).date().isoformat()
        number = f'<span class="number">{escape(row.document_number)}</span>'
        organ = f"<span>{escape(row.organ)}</span>" if show_organ else ""
        lines.append(
            f'<li><a href="{escape(row.address)}">{escape(row.title)}'
            f"{number if row.document_number else ''}</a> "
            f'<span class="line-facts">{organ}<time datetime="{day}">{day}</time></span></li>'
        )
    return SafeString("".join(lines))


def facts_of(facts: Iterable[tuple[str, str]]) -> SafeString:
    """Return labels with their values as the items of a list of terms."""
    items = (
        f"<div><dt>{escape(label)}</dt><dd>{escape(value)}</dd></div>" for label, value in facts
    )
    return SafeString("".join(items))
