"""Writes an annual report as HTML: a file that stands alone, or its parts for a page.

Tables carry a caption, and every figure names its headers, so that a screen
reader can tell them; a wide table scrolls inside a labelled region that the
keyboard reaches. No script, nothing from elsewhere.
"""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from gongkai.tables.layout import LaidCell, LaidTable, Scope, lay_tables
from gongkai.tables.report import ReportContent, Section, printable
from gongkai.tables.sheet import Table

TABLE_CLASSES = {Table.PROACTIVE: "items", Table.REQUESTS: "requests", Table.REMEDIES: "remedies"}
STYLE = """
body{max-width:60rem;margin:0 auto;padding:2rem 1rem;color:#1a1a1a;background:#fff;
font:1.125rem/1.9 FangSong,"仿宋_GB2312","Noto Serif CJK SC",serif}
h1{font-size:1.75rem;line-height:1.5;text-align:center}h2{font-size:1.25rem}h3{font-size:1.125rem}
h1,h2,h3{font-family:"Noto Sans CJK SC","Microsoft YaHei",SimHei,sans-serif}
p{text-indent:2em;text-align:justify;margin:.5em 0}
.report-sign,.report-note{text-align:right;text-indent:0}.report-note{text-align:center}
.table-scroll{overflow-x:auto}.table-scroll:focus-visible{outline:3px solid #0b4a8f}
table{border-collapse:collapse;width:100%;font-size:1rem;line-height:1.5}
caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
th,td{border:1px solid #555;padding:.25em .4em;text-align:center;font-weight:normal}
th{background:#f2f5f8}.table-requests th[scope=row]{text-align:left}
.table-requests,.table-remedies{min-width:44rem}
@media print{body{max-width:none;padding:0;font-size:12pt}.table-scroll{overflow:visible}
table{min-width:0!important}tr{break-inside:avoid}h2,h3,caption{break-after:avoid}}
"""


def render(content: ReportContent) -> bytes:
    """Return the report as an HTML file that needs nothing else, in UTF-8.

    Raises:
        KeyError: the sheet's edition is none of ours.
    """
    page = format_html(
        '<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="author" content="{organ}">\n<title>{title}</title>\n'
        "<style>{style}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n{body}\n</main>\n"
        "</body>\n</html>\n",
        organ=printable(content.organ),
        title=printable(content.title),
        style=SafeString(STYLE),
        body=article(content),
    )
    return page.encode()


def article(content: ReportContent) -> SafeString:
    """Return what stands under the title, to be put in a page whose h1 is the title."""
    tables = {laid.table: laid for laid in lay_tables(content.sheet)}
    notice = format_html('<p class="report-note">{}</p>\n', printable(content.notice))
    signature = (content.organ, content.date_line, content.revision)
    return format_html(
        "{}{}\n{}\n{}",
        notice if content.notice else "",
        _paragraphs(content.preamble),
        _join(_section(section, tables, 2) for section in content.sections),
        format_html_join(
            "\n",
            '<p class="report-sign">{}</p>',
            ((printable(text),) for text in signature if text and content.published_on),
        ),
    )


def _join(parts) -> SafeString:
    return format_html_join("\n", "{}", ((part,) for part in parts))


def _paragraphs(texts: tuple[str, ...]) -> SafeString:
    return format_html_join("\n", "<p>{}</p>", ((printable(text),) for text in texts))


def _section(section: Section, tables: dict[Table, LaidTable], level: int) -> SafeString:
    return format_html(
        "<section>\n<h{level}>{heading}</h{level}>\n{text}\n{table}\n{parts}\n</section>",
        level=level,
        heading=printable(section.heading),
        text=_paragraphs(section.paragraphs),
        table="" if section.table is None else table_html(tables[section.table]),
        parts=_join(_section(part, tables, level + 1) for part in section.parts),
    )


def table_html(laid: LaidTable) -> SafeString:
    """Return a table in a region that scrolls sideways, labelled by the table's caption."""
    caption = f"caption-{laid.table.value}"
    head, body = laid.rows[: laid.head_rows], laid.rows[laid.head_rows :]
    return format_html(
        '<div class="table-scroll" role="region" aria-labelledby="{caption}" tabindex="0">\n'
        '<table class="table-{kind}">\n<caption id="{caption}">{title}</caption>\n'
        "{head}<tbody>\n{body}\n</tbody>\n</table>\n</div>",
        caption=caption,
        kind=TABLE_CLASSES[laid.table],
        title=laid.caption,
        head=format_html("<thead>\n{}\n</thead>\n", _join(map(_row, head))) if head else "",
        body=_join(map(_row, body)),
    )


def _row(cells: tuple[LaidCell, ...]) -> SafeString:
    return format_html("<tr>{}</tr>", format_html_join("", "{}", ((_cell(c),) for c in cells)))


def _cell(cell: LaidCell) -> SafeString:
    tag = "th" if cell.header else "td"
    marks: list[tuple[str, object]] = []
    if cell.id:
        marks.append(("id", cell.id))
    if cell.scope is not Scope.NONE:
        marks.append(("scope", cell.scope.value))
    if cell.headers:
        marks.append(("headers", " ".join(cell.headers)))
    marks += [
        (name, span)
        for name, span in (("colspan", cell.colspan), ("rowspan", cell.rowspan))
        if span > 1
    ]
    return format_html(
        "<{tag}{marks}>{text}</{tag}>",
        tag=tag,
        marks=format_html_join("", ' {}="{}"', marks),
        text=printable(cell.text),
    )
