"""What every public page asks for: the site, its columns, the reader's display."""

from urllib.parse import urlencode

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.safestring import SafeString

from gongkai.adapters import report_html
from gongkai.portal.columns import RECORD_COLUMNS, as_column, entries_under
from gongkai.portal.display import CONTRASTS, SIZES, Display, display_of
from gongkai.portal.home import Home
from gongkai.portal.home import home_of as parts_of
from gongkai.portal.kiosk import is_kiosk
from gongkai.portal.reports import Link, lines_of, newest_links
from gongkai.portal.site import Column, PublicSite, site_of
from gongkai.tables.report import ReportContent

register = template.Library()


@register.simple_tag(takes_context=True)
def public_site(context: Context) -> PublicSite:
    """Return the site that the request asks for."""
    return site_of(context["request"])


@register.simple_tag(takes_context=True)
def columns_under(context: Context, slug: str) -> tuple[Column, ...]:
    """Return the columns under `slug` that have something to show."""
    return entries_under(slug, context["request"])


@register.simple_tag(takes_context=True)
def home_of(context: Context) -> Home:
    """Return the parts of the home page."""
    return parts_of(context["request"])


@register.simple_tag(takes_context=True)
def newest_reports(context: Context) -> tuple[Link, ...]:
    """Return the annual reports published last."""
    profile = site_of(context["request"]).profile
    return newest_links(lines_of(context["request"], profile.county)) if profile else ()


@register.simple_tag(takes_context=True)
def display_mode(context: Context) -> Display:
    """Return the type size and contrast that the reader chose."""
    return display_of(context["request"])


@register.simple_tag(takes_context=True)
def display_choices(context: Context) -> list[dict[str, object]]:
    """Return the links of the display switch; each comes back to this page."""
    request = context["request"]
    mode = display_of(request)
    choices: list[dict[str, object]] = []
    for name, values, chosen in (
        ("size", SIZES, mode.size),
        ("contrast", CONTRASTS, mode.contrast),
    ):
        for value, label in values.items():
            query = urlencode({name: value, "back": request.get_full_path()})
            url = f"{reverse('portal_display')}?{query}"
            choices.append({"label": label, "url": url, "chosen": value == chosen})
    return choices


@register.simple_tag(takes_context=True)
def at_kiosk(context: Context) -> bool:
    """Say whether the page is shown on a terminal of the 体验区."""
    return is_kiosk(context["request"])


@register.simple_tag
def report_article(content: ReportContent) -> SafeString:
    """Return the report's text and tables as HTML."""
    return report_html.article(content)


@register.simple_tag(takes_context=True)
def trail_to(context: Context, url: str, with_last: bool = False) -> list[Column]:
    """Return the columns on the way from the home to `url`; that one only `with_last`."""
    site = site_of(context["request"])
    steps = [column for column in site.columns if url.startswith(column.url)]
    taken = {column.url for column in steps}
    steps += [
        as_column(column)
        for column in RECORD_COLUMNS
        if url.startswith(column.url) and column.url not in taken
    ]
    ways = sorted(steps, key=lambda column: len(column.url))
    return [column for column in ways if with_last or column.url != url]


@register.filter
def lies_under(path: str, url: str) -> bool:
    """Return whether a page's path lies under a column's address."""
    return path.startswith(url)
