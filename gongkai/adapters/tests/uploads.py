"""Small files of the kinds people upload, for tests."""

from functools import cache
from io import BytesIO
from typing import Any

import docx
import pikepdf
import typst
from PIL import Image

NUMBER = "36092519800101001X"
_HEAD = '#set page(paper: "a5")\n#set text(font: "Noto Serif CJK SC", size: 12pt)\n'


@cache  # Typst writes the second into its identifier
def pdf(body: str = f"河道采砂许可情况。联系人张三，身份证号 {NUMBER}。") -> bytes:
    """Return a PDF of some Typst markup, without the metadata Typst adds."""
    with pikepdf.open(BytesIO(typst.compile((_HEAD + body).encode()))) as made:
        for name in ("/Metadata", "/StructTreeRoot", "/MarkInfo", "/Lang", "/ViewerPreferences"):
            if name in made.Root:
                del made.Root[name]
        if "/Info" in made.trailer:
            del made.trailer["/Info"]
        out = BytesIO()
        made.save(out, deterministic_id=True)
    return out.getvalue()


def covered(text: str = NUMBER, fill: str = "black") -> str:
    """Return markup of `text` under a rectangle drawn upon it: the usual false redaction."""
    width = len(text.encode("gb18030")) * 7
    rectangle = f"rect(width: {width}pt, height: 17pt, fill: {fill})"
    box = f"#place(top + left, dx: -2pt, dy: -4pt, {rectangle})"
    return f"身份证号 #box[{text}{box}]，如上。"


def word(text: str = "河道采砂许可情况") -> bytes:
    """Return a docx."""
    document, out = docx.Document(), BytesIO()
    document.add_paragraph(text)
    document.save(out)
    return out.getvalue()


def photo(**given: Any) -> bytes:
    """Return a JPEG, with EXIF when given."""
    out = BytesIO()
    Image.linear_gradient("L").resize((400, 300)).convert("RGB").save(out, "JPEG", **given)
    return out.getvalue()
