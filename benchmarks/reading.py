"""Checking published reports: the reference text, a ten-page PDF, the whole command."""

import os
import statistics
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pypdfium2

from benchmarks.measuring import RUNS, Measured, cpu_seconds, hand_over, wall_seconds
from gongkai.adapters import report_pdf
from gongkai.adapters.readers import read_document, read_file
from gongkai.adapters.tests.reports import content, reference_sheet
from gongkai.annualreport.rules.check import check
from gongkai.demo.comparison import REFERENCE

PAGES = 10
_PARAGRAPH = (
    "本机关认真执行《中华人民共和国政府信息公开条例》，坚持以公开为常态、不公开为例外，"
    "及时准确公开政府信息，依法办理政府信息公开申请，加强平台建设和监督保障。"
)


def ten_pages() -> bytes:
    """Return a report of at least ten pages: our own form with a long preamble."""
    paragraphs = 10
    while True:
        pdf = report_pdf.render(content(reference_sheet(), preamble=(_PARAGRAPH,) * paragraphs))
        if len(pypdfium2.PdfDocument(pdf)) >= PAGES:
            return pdf
        paragraphs += 10


def _spent() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _cpu_with_children(work: Callable[[], object]) -> float:
    """Return the median CPU seconds of `work`, the processes it starts included."""
    work()
    spent = []
    for _ in range(RUNS):
        before = _spent()
        work()
        spent.append(_spent() - before)
    return statistics.median(spent)


def main() -> None:
    """Measure the three bars of reading."""
    pdf = ten_pages()
    command = [Path(sys.executable).with_name("gongkai"), "checkreport", REFERENCE]
    hand_over(
        [
            Measured(
                "the reference .txt checked, warm process",
                "plain",
                cpu_seconds(lambda: check(read_file(REFERENCE))),
                0.2,
                "s CPU",
            ),
            Measured(
                "gongkai checkreport, whole command",
                "plain",
                wall_seconds(lambda: subprocess.run(command, capture_output=True)),  # noqa: S603
                2,
                "s",
            ),
            Measured(
                "a ten-page PDF checked",
                "plain",
                _cpu_with_children(lambda: check(read_document(pdf, ".pdf"))),
                5,
                "s CPU",
            ),
        ]
    )


if __name__ == "__main__":
    main()
