"""Planted leaks over all kinds of files, and look-alikes beside them: what the re-scan finds.

Numbers are invented (tests/garden/seeds). `--detail` prints what was missed or told in vain. The
old formats are made by LibreOffice of the new ones; without it they count as missed.
"""

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path

import docx as word
import openpyxl
import typst
from openpyxl.comments import Comment
from PIL import Image, ImageDraw, ImageFont

from benchmarks.measuring import Measured, hand_over
from gongkai.adapters.crawler.files import examine
from gongkai.adapters.readers.limits import Limits, ReadError
from gongkai.adapters.readers.office import convert
from gongkai.text.privacy import find, find_in_rows
from tests.garden.seeds import HERE, card_number, csv, docx, identity_number, ofd, pdf, xlsx, zipped

ID = identity_number("360925", date(1970, 8, 17))
ID2 = identity_number("360922", date(1991, 2, 26))
CARD = card_number("622848", 4321)
PHONE = "13800001234"
HOME = "青禾县城东街道桂花路18号3栋2单元502室"
CREDIT = "91350100M000100Y43"
LEAKS = (
    ("identity_number", f"李大勇，身份证号码{ID}"),
    ("mobile_phone", f"联系人吴桂香，手机{PHONE}"),
    ("bank_card", f"徐文斌，农业银行卡号{CARD}"),
    ("home_address", f"申请人周小梅，家住{HOME}"),
)
TABLE = [["姓名", "身份证号码", "手机"], ["李大勇", ID, PHONE], ["陈小兰", ID2, "13900005678"]]
LIKES = (
    f"青禾某某农业公司，统一社会信用代码{CREDIT}",
    "订单号202611180930000128，请凭单号查询",
    "李某，身份证号码36*************123，手机138****1234",
    "咨询电话：0795-4660001（县水利局办公室），12345热线",
    "监测时段20261101080000至20261102080000",
    "办公地址：青禾县城东大道1号政务大楼3楼302室",
    "采购项目编号JXQH2026-G-0018，预算20260000.00元",
    "补助已发放至尾号4321的银行卡",
)
LIKE_TABLE = [
    ["企业名称", "统一社会信用代码"],
    ["某某公司", CREDIT],
    ["某某建筑", "91440300708461136T"],
]
_FONT = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"


@dataclass(frozen=True, slots=True)
class File:
    """A planted file: its kind, where the leak hides, its bytes, the rules that must be told."""

    kind: str
    where: str
    data: Callable[[], bytes]
    rules: frozenset[str] = frozenset()


def plants() -> Iterator[File]:
    """Yield files with a leak each."""
    for rule, words in LEAKS:
        told = frozenset({rule})
        yield File("docx", f"正文 {rule}", lambda w=words: docx(["名单", w]), told)
        yield File(
            "doc", f"正文 {rule}", lambda w=words: _old(docx(["名单", w]), "docx", "doc"), told
        )
        yield File("xlsx", f"单元格 {rule}", lambda w=words: xlsx({"表": [["说明", w]]}), told)
        yield File(
            "xls", f"单元格 {rule}", lambda w=words: _old(_book(cell=w), "xlsx", "xls"), told
        )
        yield File("xlsx", f"批注 {rule}", lambda w=words: _book(comment=w), told)
        yield File("pdf", f"正文 {rule}", lambda w=words: _pdf(w), told)
        yield File("ofd", f"正文 {rule}", lambda w=words: ofd(["名单", w]), told)
        yield File("zip", f"文字 {rule}", lambda w=words: zipped({"a.txt": w.encode("gbk")}), told)
        yield File("png", f"图片 {rule}", lambda w=words: _picture(w), told)
    number = frozenset({"identity_number"})
    hidden = frozenset({"底表"})
    yield File("docx", "两段文字", lambda: docx([["身份证号码", ID[:9], ID[9:]]]), number)
    yield File("docx", "表格", lambda: _document(table=True), number)
    yield File("docx", "页脚", lambda: _document(footer=True), number)
    yield File("doc", "表格", lambda: _old(_document(table=True), "docx", "doc"), number)
    yield File(
        "xlsx",
        "隐藏的工作表",
        lambda: xlsx({"汇总": [["户数", "2"]], "底表": TABLE}, hidden),
        number,
    )
    yield File("xlsx", "隐藏的列", lambda: _book(hide="column"), number)
    yield File("xlsx", "隐藏的行", lambda: _book(hide="row"), number)
    phones: list[list[str | int]] = [["姓名", "手机"], ["吴桂香", int(PHONE)]]
    yield File("xlsx", "数字格式的手机", lambda: xlsx({"表": phones}), frozenset({"mobile_phone"}))
    book = xlsx({"汇总": [["户数", "2"]], "底表": TABLE}, hidden)
    yield File("xls", "隐藏的工作表", lambda: _old(book, "xlsx", "xls"), number)
    yield File("pdf", "扫描页", lambda: _pdf("", picture=_picture(f"身份证号码{ID}")), number)
    yield File("pdf", "拉丁文字", lambda: pdf(["Name list", f"ID card number: {ID}"]), number)
    yield File(
        "zip",
        "嵌套压缩包",
        lambda: zipped({"b.zip": zipped({"a.docx": docx([f"身份证号码{ID}"])})}),
        number,
    )
    yield File("zip", "表格", lambda: zipped({"list.csv": csv(TABLE, "gbk")}), number)
    yield File("csv", "表格", lambda: csv(TABLE, "utf-8-sig"), number)
    yield File("png", "名单照片", (HERE / "leak.png").read_bytes, number)


def likes() -> Iterator[File]:
    """Yield files without a leak, full of what looks like one."""
    words = list(LIKES)
    yield File("docx", "相似", lambda: docx(words))
    yield File("doc", "相似", lambda: _old(docx(words), "docx", "doc"))
    yield File("xlsx", "相似", lambda: xlsx({"表": [[each] for each in words], "码": LIKE_TABLE}))
    yield File("xls", "相似", lambda: _old(xlsx({"表": LIKE_TABLE}), "xlsx", "xls"))
    yield File("pdf", "相似", lambda: _pdf("\n\n".join(words)))
    yield File("ofd", "相似", lambda: ofd(words))
    yield File("zip", "相似", lambda: zipped({"a.txt": "\n".join(words).encode("gbk")}))
    yield File("png", "相似", (HERE / "fine.png").read_bytes)
    for each in words:
        yield File("png", "相似图片", lambda w=each: _picture(w))


def found_in(data: bytes, ending: str) -> set[str]:
    """Return the rules of personal data told of a file; nothing of one that is not read."""
    told: set[str] = set()
    for part in examine(data, ending, read=True).parts:
        if part.rows is not None:
            told |= {cell.finding.rule.value for cell in find_in_rows(part.rows)}
        else:
            told |= {one.rule.value for one in find(part.text)}
    return told


def _old(data: bytes, kind: str, older: str) -> bytes:
    """Return a file in the older format; documents by way of RTF, which keeps plain tables."""
    try:
        if older == "doc":
            data, kind = convert(data, f".{kind}", "rtf", Limits(seconds=60.0)), "rtf"
        return convert(data, f".{kind}", older, Limits(seconds=60.0))
    except ReadError:
        return b""


def _book(cell: str = "", comment: str = "", hide: str = "") -> bytes:
    book, out = openpyxl.Workbook(), BytesIO()
    sheet = book.active
    sheet.append(["说明", cell or "合计"])
    if comment:
        sheet["A1"].comment = Comment(comment, "经办")
    for row in TABLE if hide else ():
        sheet.append(row)
    if hide == "column":
        sheet.column_dimensions["B"].hidden = True
    if hide == "row":
        sheet.row_dimensions[3].hidden = True
    book.save(out)
    return out.getvalue()


def _document(*, table: bool = False, footer: bool = False) -> bytes:
    paper, out = word.Document(), BytesIO()
    paper.add_paragraph("补助名单")
    if table:
        made = paper.add_table(rows=len(TABLE), cols=3, style="Table Grid")
        for row, values in zip(made.rows, TABLE, strict=True):
            for place, value in zip(row.cells, values, strict=True):
                place.text = value
    if footer:
        paper.sections[0].footer.paragraphs[0].text = f"经办人身份证号码{ID}"
    paper.save(out)
    return out.getvalue()


def _pdf(words: str, picture: bytes = b"") -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        source = '#set text(font: "Noto Sans CJK SC", lang: "zh")\n'
        if picture:
            (Path(folder) / "p.png").write_bytes(picture)
            source += '#image("p.png")\n'
        path = Path(folder) / "a.typ"
        path.write_text(source + words.replace("*", "\\*"), "utf-8")
        return bytes(typst.compile(str(path)))


def _picture(words: str) -> bytes:
    image = Image.new("RGB", (1100, 220), "white")
    font = ImageFont.truetype(_FONT, 30)
    ImageDraw.Draw(image).text((30, 80), words, fill="black", font=font)
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def main() -> None:
    """Look through all planted files, then through the look-alikes."""
    detail = "--detail" in sys.argv
    found = planted = 0
    start = time.perf_counter()
    for file in plants():
        planted += 1
        missing = file.rules - found_in(file.data(), file.kind)
        found += not missing
        if missing and detail:
            sys.stderr.write(f"missed: {file.kind} {file.where}\n")
    spent = time.perf_counter() - start
    vain = 0
    for file in likes():
        told = found_in(file.data(), file.kind)
        vain += len(told)
        if told and detail:
            sys.stderr.write(f"in vain: {file.kind} {file.where}: {', '.join(sorted(told))}\n")
    hand_over(
        [
            Measured(f"planted leaks found, {planted} files of 9 kinds", "plain",
                     found * 100 / planted, 95, "%", at_most=False),
            Measured("told in vain of look-alikes", "plain", vain, 0, "findings"),
            Measured("files looked through", "plain", planted / spent, 0.1, "files/s",
                     at_most=False),
        ]
    )  # fmt: skip


if __name__ == "__main__":
    main()
