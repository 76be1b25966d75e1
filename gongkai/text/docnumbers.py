"""Document numbers (发文字号) and order numbers (令号): read, judge, write.

A document number is the issuer's mark, the year in 〔〕 and a serial number:
宜府办字〔2020〕64号, without 第 and without leading zeros (党政机关公文处理工作条例,
中办发〔2012〕14号, 第九条; GB/T 9704—2012, 7.2.5). People type it with whatever bracket
and width their keyboard gives; reading takes them all, writing knows one form.
Government orders are numbered otherwise: 江西省人民政府令第119号.
"""

import re
import unicodedata
from dataclasses import dataclass

OPENING = "〔[［(（【{｛〈《〖「『﹝❲⟮〘<＜"
CLOSING = "〕]］)）】}｝〉》〗」』﹞❳⟯〙>＞"
FIRST_YEAR, LAST_YEAR = 1949, 2100
LONGEST_PREFIX = 20
LONGEST_SERIAL = 6

_IDEOGRAPH = "\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
_FOLDED_OPENING = re.escape(OPENING)
_FOLDED_CLOSING = re.escape(CLOSING)
_INVISIBLE = re.compile("[\\s\u00ad\u200b-\u200f\u2060\ufeff]+")
_NUMBER = re.compile(
    rf"(?P<prefix>[{_IDEOGRAPH}A-Za-z]+)"
    rf"[{_FOLDED_OPENING}](?P<year>[0-9]+)年?[{_FOLDED_CLOSING}]"
    r"(?P<ordinal>第?)(?P<serial>[0-9]+)[号號]"
)
_ORDER = re.compile(rf"(?P<issuer>[{_IDEOGRAPH}]*令)[(（]?第(?P<serial>[0-9]+)[号號][)）]?")
_SHAPE = "应为“机关代字〔年份〕序号号”，如“宜府办字〔2020〕64号”"

# DocumentNumberError          the text is no document number; the message names the remedy
# └── DocumentNumberFormError  it is one, but not in the official form; `proper` is that form


class DocumentNumberError(ValueError):
    """The text cannot be read as a document number; the message says what to write."""


class DocumentNumberFormError(DocumentNumberError):
    """The number can be read but breaks the official form; `proper` is how it is written."""

    def __init__(self, message: str, proper: str) -> None:
        super().__init__(message)
        self.proper = proper


@dataclass(frozen=True, slots=True, order=True)
class DocumentNumber:
    """A document number in its three parts; `str()` gives the official form."""

    prefix: str
    year: int
    serial: int

    def __str__(self) -> str:
        return f"{self.prefix}〔{self.year}〕{self.serial}号"


@dataclass(frozen=True, slots=True, order=True)
class OrderNumber:
    """The number of an order (令), which runs through the years: 江西省人民政府令第119号."""

    issuer: str
    serial: int

    def __str__(self) -> str:
        return f"{self.issuer}第{self.serial}号"


def fold(text: str) -> str:
    """Return `text` with full-width letters and digits made plain and all blanks taken out."""
    return _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))


def parse(text: str) -> DocumentNumber:
    """Read a document number written with any bracket, width and blanks.

    Raises:
        DocumentNumberFormError: written with 第 or with leading zeros.
        DocumentNumberError: not of the form at all, or the year cannot be one.
    """
    number, faults = _read(text)
    if faults:
        raise DocumentNumberFormError(f"发文字号{'，'.join(faults)}，应写作“{number}”", str(number))
    return number


def normalise(text: str) -> str:
    """Return the number in its official form, 第 and leading zeros taken away.

    Raises:
        DocumentNumberError: `text` cannot be read as a document number.
    """
    return str(_read(text)[0])


def is_proper(text: str) -> bool:
    """Say whether `text` is a document number to the letter of the official form."""
    try:
        return str(parse(text)) == text
    except DocumentNumberError:
        return False


def parse_order(text: str) -> OrderNumber:
    """Read the number of an order (令), such as "江西省人民政府令第119号".

    Raises:
        DocumentNumberError: not of that form.
    """
    found = _ORDER.fullmatch(fold(text))
    if not found or len(found["serial"]) > LONGEST_SERIAL or not int(found["serial"]):
        raise DocumentNumberError("令号应为“机关令第几号”，如“江西省人民政府令第119号”")
    return OrderNumber(found["issuer"], int(found["serial"]))


def _read(text: str) -> tuple[DocumentNumber, list[str]]:
    folded = fold(text)
    if not folded:
        raise DocumentNumberError(f"发文字号为空，{_SHAPE}")
    found = _NUMBER.fullmatch(folded)
    if not found:
        raise DocumentNumberError(f"发文字号“{_shorten(text)}”格式不对，{_SHAPE}")
    prefix, year, serial = found["prefix"], found["year"], found["serial"]
    if len(prefix) > LONGEST_PREFIX:
        raise DocumentNumberError(f"机关代字超过{LONGEST_PREFIX}个字，{_SHAPE}")
    if len(year) != 4 or not FIRST_YEAR <= int(year) <= LAST_YEAR:
        raise DocumentNumberError(f"发文字号的年份“{_shorten(year)}”不对，应写四位年份，如〔2020〕")
    if len(serial.lstrip("0")) > LONGEST_SERIAL or not serial.strip("0"):
        raise DocumentNumberError(
            f"发文字号的序号“{_shorten(serial)}”不对，应为1至{LONGEST_SERIAL}位数字"
        )
    faults = ["序号前不加“第”字"] if found["ordinal"] else []
    if serial.startswith("0"):
        faults.append("序号不编虚位（1不编为01）")
    return DocumentNumber(prefix, int(year), int(serial)), faults


def _shorten(text: str) -> str:
    return text if len(text) <= 40 else text[:40] + "……"
