"""What every public page asks for: the site, its columns, the reader's display."""

from collections.abc import Iterable
from urllib.parse import quote

from django import template
from django.template import Context, Node, NodeList
from django.template.base import FilterExpression, Parser, Token
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from gongkai.adapters import report_html
from gongkai.adapters.searchindex.types import Mark
from gongkai.disclosure.queries import ListRow
from gongkai.portal.columns import RECORD_COLUMNS, as_column, entries_under, menu_of
from gongkai.portal.display import CONTRASTS, SIZES, Display, display_of, is_kiosk
from gongkai.portal.engaging.urgent import Urgent, standing
from gongkai.portal.home import Home
from gongkai.portal.home import home_of as parts_of
from gongkai.portal.lines import facts_of, items_of
from gongkai.portal.media import Door, leading
from gongkai.portal.reports import Link, lines_of, newest_links
from gongkai.portal.searching import written
from gongkai.portal.searching.shown import Choice, Line
from gongkai.portal.site import Column, PublicSite, site_of
from gongkai.tables.report import ReportContent

register = template.Library()
_LONGEST_WAY_BACK = 1000  # characters of an address; a longer one was written to do harm


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
def leading_accounts(context: Context) -> tuple[Door, ...]:
    """Return the accounts on other platforms that lead the county's."""
    return leading(context["request"])


@register.simple_tag(takes_context=True)
def urgent_notices(context: Context) -> list[Urgent]:
    """Return the emergency notices that stand now; of pages that are files, for the home alone."""
    profile = site_of(context["request"]).profile
    return standing(profile.county_id, timezone.now()) if profile else []


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
def display_links(context: Context) -> SafeString:
    """Return the links of the display switch; each comes back to this page.

    Written out here, as `entry_lines`: they differ on every page, and a template takes longer.
    """
    request = context["request"]
    mode = display_of(request)
    address = site_of(request).once("display", lambda: reverse("portal_display"))
    whole = request.get_full_path()
    back = quote(whole if len(whole) <= _LONGEST_WAY_BACK else request.path, safe="")
    items = []
    for name, values, chosen in (
        ("size", SIZES, mode.size),
        ("contrast", CONTRASTS, mode.contrast),
    ):
        for value, label in values.items():
            now = ' aria-current="true"' if value == chosen else ""
            href = f"{address}?{name}={value}&amp;back={back}"
            items.append(f'<li><a href="{href}" rel="nofollow"{now}>{label}</a></li>')
    return SafeString("".join(items))


@register.simple_tag(takes_context=True)
def entry_lines(context: Context, rows: Iterable[ListRow]) -> SafeString:
    """Return the lines of a list of entries; with the organ where `show_organ` is set."""
    return items_of(rows, show_organ=bool(context.get("show_organ")))


@register.simple_tag
def fact_items(facts: Iterable[tuple[str, str]]) -> SafeString:
    """Return labels with their values as the items of a list of terms."""
    return facts_of(facts)


@register.simple_tag(takes_context=True)
def menu_columns(context: Context) -> tuple[Column, ...]:
    """Return the columns of the main menu."""
    return menu_of(context["request"])


@register.simple_tag(takes_context=True)
def menu_mark(context: Context) -> tuple[str, str]:
    """Return the nearest menu entry that the page is ("page") or lies under ("true")."""
    path = context["request"].path
    above = [column.url for column in menu_of(context["request"]) if path.startswith(column.url)]
    nearest = max(above, key=len, default="/" if path == "/" else "")
    return nearest, "page" if nearest == path else "true"


@register.tag
def kept(parser: Parser, token: Token) -> "Kept":
    """Render a part once for each value of its arguments while the site's tree is kept.

    `{% kept "menu" mark %}…{% endkept %}`: what stands inside may hang on the site and on the
    arguments alone.
    """
    keys = [parser.compile_filter(bit) for bit in token.split_contents()[1:]]
    nodes = parser.parse(("endkept",))
    parser.delete_first_token()
    return Kept(keys, nodes)


class Kept(Node):
    """The part of a template between `kept` and `endkept`."""

    def __init__(self, keys: list[FilterExpression], nodelist: NodeList) -> None:
        """Keep both."""
        self.keys, self.nodelist = keys, nodelist

    def render(self, context: Context) -> SafeString:
        """Return the part as it was rendered first."""
        key = ("part", *(each.resolve(context) for each in self.keys))
        found: SafeString = site_of(context["request"]).once(
            key, lambda: self.nodelist.render(context)
        )
        return found


@register.simple_tag
def marked(marks: Iterable[Mark]) -> SafeString:
    """Return a piece of what was found, with what was asked for in <mark>."""
    return written.marked(marks)


@register.simple_tag
def hit_items(lines: Iterable[Line]) -> SafeString:
    """Return what was found as the items of a list."""
    return written.hit_items(lines)


@register.simple_tag
def facet_items(choices: Iterable[Choice]) -> SafeString:
    """Return the values of a facet as items with links."""
    return written.facet_items(choices)


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
    steps = site.on_the_way(url)
    taken = {column.url for column in steps}
    others = (each for each in RECORD_COLUMNS if url.startswith(each.url) and each.url not in taken)
    if added := [as_column(column) for column in others]:
        steps = sorted([*steps, *added], key=lambda column: len(column.url))
    return [column for column in steps if with_last or column.url != url]
