"""A PDF to a Document, read in a process of its own (see pdfworker)."""

import json
import re
import subprocess
import sys
import unicodedata
from typing import Any

from gongkai.adapters.readers.limits import (
    LIMITS,
    Damaged,
    Limits,
    Locked,
    NoText,
    ReadError,
    TooLarge,
)
from gongkai.adapters.readers.textfile import assemble
from gongkai.tables.grid import Document, Grid, GridCell

_FOLIO = re.compile(r"^[\s—–\-－·第页共/\d]{1,12}$")
# Browsers print some characters as the radicals that look like them; these have no NFKC form.
_RADICALS = str.maketrans(
    "⺟⺠⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳⼾⾭",
    "母民西见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙龟户青",
)
_KANGXI = re.compile("[\u2f00-\u2fdf]")
_ERRORS: dict[str, ReadError] = {
    "locked": Locked("PDF 已加密，请提供未加密的文件。"),
    "pictures": NoText("PDF 里只有图片没有文字，请提供文字版，或先作文字识别。"),
    "empty": NoText("PDF 里没有文字，请核对文件。"),
    "damaged": Damaged("PDF 已损坏或不完整，请重新导出后再试。"),
    "large": TooLarge("PDF 页数过多或内容过大，不像一份年度报告，请核对文件。"),
}


def read_pdf(data: bytes, limits: Limits = LIMITS) -> Document:
    """Return the lines and ruled tables of a PDF.

    Raises:
        Damaged, Locked, NoText, TooLarge: as their names say.
    """
    command = [sys.executable, "-m", "gongkai.adapters.readers.pdfworker"]
    command += [str(limits.pages), str(limits.seconds)]
    try:
        done = subprocess.run(  # noqa: S603 - our own module, no shell
            command, input=data, capture_output=True, timeout=limits.seconds * 2, check=False
        )
    except subprocess.TimeoutExpired:
        raise TooLarge("PDF 读取超时，请换用其他格式的文件。") from None
    if done.returncode < 0:
        raise TooLarge("PDF 读取超出时间或内存限制，请换用其他格式的文件。")
    try:
        told = json.loads(done.stdout)
    except ValueError:
        raise _ERRORS["damaged"] from None
    return document(told, limits)


def document(told: dict[str, Any], limits: Limits = LIMITS) -> Document:
    """Return the Document of what the worker told.

    Raises:
        Damaged, Locked, NoText, TooLarge: the worker told so, or there is too much.
    """
    if "error" in told:
        raise _ERRORS[told["error"]]
    parts = (
        plain(part) if isinstance(part, str) else _grid(part)
        for part in told["parts"]
        if not (isinstance(part, str) and _FOLIO.match(part))
    )
    return assemble(parts, limits)


def plain(text: str) -> str:
    """Return text with characters in the place of radicals."""
    text = text.translate(_RADICALS)
    return _KANGXI.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)


def _grid(rows: list[list[tuple[str, int, int]]]) -> Grid:
    return Grid(
        tuple(tuple(GridCell(plain(text), deep, wide) for text, deep, wide in row) for row in rows)
    )
