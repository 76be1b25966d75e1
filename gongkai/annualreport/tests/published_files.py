"""Writers of published reports: pages of site editors and of Word, plain text, Word, Excel."""

from html import escape

from gongkai.annualreport.tests.published import matrix


def cms_page(told: list[object], encoding: str = "utf-8", declared: str | None = "utf-8") -> bytes:
    """Return a page as a site's own editor writes it: layout tables, <p> in every cell."""
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">'
    body = []
    for part in told:
        if isinstance(part, str):
            body.append(f'<p style="text-indent:2em"><span>{escape(part)}</span></p>')
            continue
        body.append('<div class="table-box"><table border="1" cellspacing="0"><tbody>')
        for row in part:  # type: ignore[attr-defined]  # a part is a string or rows
            body.append("<tr>")
            body += [
                f'<td rowspan="{deep}" colspan="{wide}"><p align="center">'
                f"<strong><span>{escape(text)}</span></strong></p></td>"
                for text, deep, wide in row
            ]
            body.append("</tr>")
        body.append("</tbody></table></div>")
    page = (
        f"<!DOCTYPE html><html><head>{meta if declared else ''}<title>{escape(str(told[0]))}"
        "-靖安县人民政府</title></head><body><script>var a='<table><tr><td>9</td></tr>';</script>"
        '<table width="1000"><tr><td><div class="nav"><a href="/">首页</a> &gt; <a>政务公开</a>'
        '</div></td></tr><tr><td><table><tr><td id="zoom">'
        + "\n".join(body)
        + "</td></tr></table></td></tr><tr><td>主办：靖安县人民政府办公室　联系电话："
        "0795-4662133　赣ICP备05003166号　网站标识码3609250001</td></tr></table></body></html>"
    )
    return page.encode(encoding)


def word_page(told: list[object]) -> bytes:
    """Return a page pasted from Word: mso styles, o:p, no-break spaces, uneven line breaks."""
    body = []
    for part in told:
        if isinstance(part, str):
            body.append(
                '<p class="MsoNormal" style="mso-pagination:widow-orphan;text-indent:32.0pt">'
                f'<span style="mso-bidi-font-size:16.0pt;\nfont-family:仿宋_GB2312">{escape(part)}'
                "</span><span lang=EN-US><o:p></o:p></span></p>"
            )
            continue
        body.append(
            "<!--[if gte mso 9]><xml><w:x>1</w:x></xml><![endif]-->"
            '<table class=MsoTable border=0 style="mso-yfti-tbllook:1184;border-collapse:collapse">'
        )
        for row in part:  # type: ignore[attr-defined]  # a part is a string or rows
            body.append("<tr style='mso-yfti-irow:0;height:20.0pt'>")
            for text, deep, wide in row:
                spans = (f" rowspan={deep}" if deep > 1 else "") + (
                    f" colspan={wide}" if wide > 1 else ""
                )
                said = "\n".join(escape(text[at : at + 6]) for at in range(0, len(text), 6))
                said = escape(text) if text.isascii() else said
                body.append(
                    f"<td width=64{spans} style='mso-border-alt:solid windowtext .5pt'>"
                    "<p class=MsoNormal align=center style='layout-grid-mode:char'>"
                    f"<span lang=EN-US style='mso-font-kerning:0pt'>{said}&nbsp;<o:p></o:p></span>"
                    "</p></td>"
                )
            body.append("</tr>")
        body.append("</table>")
    return (
        '<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office'
        ':office"><head><meta charset=utf-8><style>p.MsoNormal{mso-style-parent:""}</style></head>'
        "<body lang=ZH-CN style='tab-interval:21.0pt'>" + "\n".join(body) + "</body></html>"
    ).encode()


def tabbed(told: list[object]) -> str:
    """Return plain text, a row of a table a line of tabs."""
    lines: list[str] = []
    for part in told:
        if isinstance(part, str):
            lines.append("　　" + part)
        else:
            lines += ["\t".join(row) for row in matrix(part)]  # type: ignore[arg-type]
    return "\r\n".join(lines)


def one_a_line(told: list[object]) -> str:
    """Return plain text as copied from a page: each filled cell on a line of its own."""
    lines: list[str] = []
    for part in told:
        if isinstance(part, str):
            lines.append(part)
        else:
            lines += [text for row in part for text, _, _ in row if text]  # type: ignore[attr-defined]
    return "\n".join(lines)
