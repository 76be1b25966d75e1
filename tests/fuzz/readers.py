"""Every reader of what strangers hand in: how it is called where it is used, what it may refuse by.

A reader returns True for what was read, False for what was refused; anything that it raises is a
fault. Readers that run in a worker process where they are used are called here as the worker calls
them; there a crash ends the worker alone, and is counted apart.
"""

import json
import re
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from gongkai.adapters import contentsworker, eml, filetype, redactionworker, textextract, xlsx
from gongkai.adapters.catalogue_xlsx import read_catalogue
from gongkai.adapters.crawler.pages import read_page
from gongkai.adapters.letter_docx import TemplateFault
from gongkai.adapters.letter_docx_checks import check_package, check_words
from gongkai.adapters.oldsite.folder import Folder
from gongkai.adapters.oldsite.pages import read_page as read_old_page
from gongkai.adapters.oldsite.records import OldPage, SiteUnreadable
from gongkai.adapters.oldsite.selectors import Selectors
from gongkai.adapters.oldsite.sheets import read_sheet
from gongkai.adapters.readers import ReadError, pdffile, pdfworker, read_document
from gongkai.adapters.readers.docxfile import read_docx
from gongkai.adapters.richtext import Unreadable, WordUnreadable, clean, from_word
from gongkai.annualreport.rules.check import NoTables, check
from gongkai.disclosure.rules import terms
from gongkai.disclosure.rules.errors import EntryRefused
from gongkai.hotline.rules import worksheet as orders
from gongkai.inspections.lifecycle import InspectionError
from gongkai.inspections.rules.ledger_form import read_form
from gongkai.inspections.rules.listing import read_listing
from gongkai.letters.rules.values import KNOWN
from gongkai.newmedia.rules import worksheet as media
from gongkai.proposals.rules import worksheet as proposals
from gongkai.registers.rules import worksheet as batches
from gongkai.servicehall.rules import worksheet as items
from gongkai.text.sitepages import Answer
from tests.fuzz import samples, sheets
from tests.fuzz.shapes import Sample
from tests.fuzz.words import CELLS, HTML, MAIL, PDF, XML

TODAY = date(2026, 11, 26)
_ACTIVE = re.compile(r"<(?:script|iframe|object|style|svg)\b|<[^>]* on[a-z]+=|=\"?javascript:")


@dataclass(frozen=True, slots=True)
class Reader:
    """One reader: where its samples come from, how it reads, what its processes may cost.

    `seconds` is the CPU time that one input may take, `megabytes` what its process may take beyond
    what it has at the start. `apart`: where it is used it runs in a worker process.
    """

    name: str
    samples: Callable[[], Sequence[Sample]]
    read: Callable[[Sample, bytes], bool]
    words: tuple[bytes, ...] = ()
    seconds: int = 10
    megabytes: int = 1000
    apart: bool = False
    prepare: Callable[[], None] = lambda: None


def _refusing(*refusals: type[Exception]) -> Callable[[Callable[..., Any]], Callable[..., bool]]:
    """Count what is refused by these, in Chinese, as refused."""

    def marked(read: Callable[[Sample, bytes], Any]) -> Callable[[Sample, bytes], bool]:
        def answered(sample: Sample, data: bytes) -> bool:
            try:
                told = read(sample, data)
            except refusals as refused:
                polite(str(refused))
                return False
            return told is not False

        return answered

    return marked


def polite(message: str) -> None:
    """Check that a refusal is told in Chinese."""
    if not any("\u4e00" <= char <= "\u9fff" for char in message):
        raise AssertionError(f"a refusal that nobody understands: {message!r}")


@_refusing(filetype.NotAccepted)
def _upload(sample: Sample, data: bytes) -> object:
    return filetype.tell(sample.name, data, frozenset(filetype.TYPES))


def _mail(sample: Sample, data: bytes) -> bool:
    told = eml.parse(data)
    json.dumps([told.subject, told.text, told.from_name, *told.problems]).encode()
    for each in told.problems:
        polite(each)
    return not told.problems


@_refusing(ReadError)
def _report(sample: Sample, data: bytes) -> object:
    return read_document(data, sample.suffix)


@_refusing(ReadError)
def _report_pdf(sample: Sample, data: bytes) -> object:
    told = pdfworker.read(data, 200)
    return pdffile.document(json.loads(json.dumps(told, ensure_ascii=False)))


@_refusing(ReadError, NoTables)
def _checked(sample: Sample, data: bytes) -> object:
    return check(read_document(data, sample.suffix))


def _ofd(sample: Sample, data: bytes) -> bool:
    told = textextract.extract(data, "ofd")
    if told.reason:
        polite(told.reason)
    return not told.reason


@_refusing(WordUnreadable)
def _word(sample: Sample, data: bytes) -> object:
    return from_word(data)


@_refusing(Unreadable)
def _paste(sample: Sample, data: bytes) -> object:
    told = clean(data.decode("utf-8", "replace"))
    if _ACTIVE.search(told.html):
        raise AssertionError("what is clean holds something that acts")
    return told


@_refusing(TemplateFault)
def _template(sample: Sample, data: bytes) -> object:
    check_package(data)
    return check_words(data, KNOWN)


def _contents(sample: Sample, data: bytes) -> bool:
    kind = "html" if sample.suffix == ".htm" else sample.suffix[1:]
    answer = contentsworker.answer({"kind": kind, "picture": False}, data)
    json.dumps(answer, ensure_ascii=False).encode("utf-8", "replace")
    return "error" not in answer


def _redaction(sample: Sample, data: bytes) -> bool:
    usual = {"picture": sample.suffix != ".pdf", "pages": 500}
    commands: list[dict[str, Any]] = [{"command": "check"}, {"command": "pages"}]
    commands += [{"command": "text", "most": 500_000}] if sample.suffix == ".pdf" else []
    commands += [{"command": "page", "page": 1, "dpi": 20}]
    answers = [redactionworker.answer({**usual, **each}, data)[0] for each in commands]
    json.dumps(answers, ensure_ascii=False).encode("utf-8", "replace")
    return not any("error" in each for each in answers)


def _crawled(sample: Sample, data: bytes) -> bool:
    answer = Answer("http://x.cn/", "http://x.cn/a/", 200, media="text/html", body=data)
    return bool(read_page(answer, TODAY).blocks)


def _old_page(sample: Sample, data: bytes) -> bool:
    told = read_old_page(_folder(), f"a/{sample.name}", data, Selectors())
    if not isinstance(told, OldPage):
        polite(told.reason)
    return isinstance(told, OldPage)


@cache
def _folder() -> Folder:
    return Folder(tempfile.mkdtemp(prefix="gongkai-fuzz-"))


@_refusing(SiteUnreadable, ReadError)
def _old_sheet(sample: Sample, data: bytes) -> object:
    return list(read_sheet(data))


@_refusing(ReadError)
def _batches(sample: Sample, data: bytes) -> object:
    told = batches.read(xlsx.read_tables(data), file_name=sample.name)
    return _told(told.rows, told.faults)


@_refusing(ReadError)
def _orders(sample: Sample, data: bytes) -> object:
    told = orders.table_of((grid.matrix, grid.first_row) for grid in xlsx.read_tables(data))
    return _told(told.lines, told.faults, map(orders.read_order, told.lines))


@_refusing(ReadError)
def _items(sample: Sample, data: bytes) -> object:
    book = items.read_book(xlsx.read_tables(data))
    rows, faults = items.read_items(book)
    return _told(rows, (*book.faults, *faults))


@_refusing(ReadError)
def _proposals(sample: Sample, data: bytes) -> object:
    told = proposals.table_of(xlsx.read_tables(data))
    rows = [proposals.read_line(line, today=TODAY) for line in told.lines]
    return _told(told.lines, told.faults, rows)


@_refusing(ReadError)
def _media(sample: Sample, data: bytes) -> object:
    grids = xlsx.read_tables(data)
    posts = media.table_of(grids, media.POST_HEADS, media.NEEDED_OF_POSTS)
    accounts = media.table_of(grids, media.ACCOUNT_HEADS, media.NEEDED_OF_ACCOUNTS)
    rows: list[Any] = [media.read_post(line, today=TODAY) for line in posts.lines]
    rows += [media.read_account(line, today=TODAY) for line in accounts.lines]
    return _told((*posts.lines, *accounts.lines), posts.faults, rows)


def _told(rows: Sequence[Any], faults: Iterable[Any], made: Iterable[Any] = ()) -> bool:
    """Check that faults are told in Chinese; say whether there was a row without one."""
    wrong = [fault for each in made if isinstance(each, list) for fault in each]
    for fault in (*faults, *wrong):
        polite(str(fault))
    return bool(rows) and not wrong


@_refusing(ReadError, InspectionError)
def _findings(sample: Sample, data: bytes) -> object:
    if sample.suffix == ".docx":
        return read_listing(read_docx(data, xlsx.LIMITS).parts, ("县财政局",))
    grids = xlsx.read_tables(data)
    read_listing(grids, ("县财政局",))
    return read_form(grids)


@_refusing(ReadError, EntryRefused)
def _terms(sample: Sample, data: bytes) -> object:
    if sample.suffix == ".txt":
        rows = terms.read_text(data)
    else:
        rows = [list(row) for grid in xlsx.read_tables(data)[:1] for row in grid.matrix]
    usual = terms.TermTold("", "不宜公开", from_on=TODAY)
    told, wrong = terms.read_rows(rows, usual=usual, is_link=False, today=TODAY)
    return _told(told, wrong)


@_refusing(ReadError)
def _catalogue(sample: Sample, data: bytes) -> object:
    told = read_catalogue(sample.name, data, {"财政预决算": "财政预决算", "就业": "就业"})
    return bool(told.tables)


def _pdfs_and_pictures() -> list[Sample]:
    return [*samples.report_pdf(), *samples.pictures()]


def _all_contents() -> list[Sample]:
    return [*samples.word()[1:], *sheets.sheet_of_items(), *samples.page()]


READERS = {
    reader.name: reader
    for reader in (
        Reader("upload", samples.uploaded, _upload, (*XML, *PDF)),
        Reader("mail", samples.mail, _mail, (*MAIL, *HTML)),
        Reader("report-txt", samples.report_txt, _report, (b"|", b"\t", "总计".encode())),
        Reader("report-html", samples.report_html, _report, HTML),
        Reader("report-docx", samples.report_docx, _report, XML),
        Reader("report-xlsx", samples.report_xlsx, _report, (*XML, *CELLS)),
        Reader("report-pdf", samples.report_pdf, _report_pdf, PDF, 30, 1500, apart=True),
        Reader("report-check", samples.reports_of_text, _checked, HTML),
        Reader("ofd", samples.ofd, _ofd, XML),
        Reader("word", samples.word, _word, XML),
        Reader("paste", samples.page, _paste, HTML),
        Reader("template", samples.templates, _template, (*XML, b"{{", b"{% for", b"}}", b"%}")),
        Reader("contents", _all_contents, _contents, (*XML, *HTML), 60, 4000, apart=True),
        Reader("redaction", _pdfs_and_pictures, _redaction, PDF, 60, 2000, apart=True),
        Reader("crawled-page", samples.page, _crawled, HTML),
        Reader("old-page", samples.page, _old_page, HTML),
        Reader("old-sheet", sheets.old_sheets, _old_sheet, CELLS, 60, 2000),
        Reader("sheet-registers", sheets.sheet_of_batches, _batches, (*XML, *CELLS)),
        Reader("sheet-hotline", sheets.sheet_of_orders, _orders, (*XML, *CELLS)),
        Reader("sheet-services", sheets.sheet_of_items, _items, (*XML, *CELLS)),
        Reader("sheet-proposals", sheets.sheet_of_proposals, _proposals, (*XML, *CELLS)),
        Reader("sheet-newmedia", sheets.sheet_of_media, _media, (*XML, *CELLS)),
        Reader("sheet-findings", sheets.sheet_of_findings, _findings, (*XML, *CELLS)),
        Reader("sheet-terms", sheets.sheet_of_terms, _terms, (*XML, *CELLS)),
        Reader("sheet-catalogue", sheets.catalogues, _catalogue, (*XML, *CELLS)),
    )
}
