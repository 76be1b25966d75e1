"""A PDF's words and ruled tables as JSON, in a process of its own with bounded memory and time.

Run as `python -m gongkai.adapters.readers.pdfworker PAGES SECONDS`: the file on standard
input, one JSON value on standard output: {"parts": [...]} or {"error": kind}. A PDF can
make its parser loop or swell; here that ends this process and nothing else.
"""

import json
import resource
import sys
from io import BytesIO
from typing import Any

_MEMORY = 1_500 * 1024 * 1024
_NEAR = 2.0
_PADDING = 11.0  # both sides of a cell, as Word sets it


def main() -> None:
    """Read standard input, write JSON."""
    pages, seconds = int(sys.argv[1]), int(float(sys.argv[2]))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    data = sys.stdin.buffer.read()
    json.dump(read(data, pages), sys.stdout, ensure_ascii=False)


def read(data: bytes, most_pages: int) -> dict[str, Any]:
    """Return the parts of a PDF, or the kind of error that stands against it."""
    import pdfplumber
    from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect

    try:
        with pdfplumber.open(BytesIO(data)) as pdf:
            if len(pdf.pages) > most_pages:
                return {"error": "large"}
            parts: list[Any] = []
            figures = 0
            for page in pdf.pages:
                parts += _page(page)
                figures += len(page.images)
                page.close()
    except MemoryError:
        return {"error": "large"}
    except Exception as error:  # whatever a broken file makes the parser raise
        causes = (error, error.__cause__, *error.args)
        locked = any(isinstance(c, PDFPasswordIncorrect | PDFEncryptionError) for c in causes)
        return {"error": "locked" if locked else "damaged"}
    if not parts:
        return {"error": "pictures" if figures else "empty"}
    return {"parts": parts}


def _page(page: Any) -> list[Any]:
    words = page.extract_words(x_tolerance=1.5, y_tolerance=2, keep_blank_chars=False)
    tables = [table for table in page.find_tables() if len(table.cells) > 2]
    loose: list[dict[str, Any]] = []
    inside: list[list[dict[str, Any]]] = [[] for _ in tables]
    for word in words:
        x, y = (word["x0"] + word["x1"]) / 2, (word["top"] + word["bottom"]) / 2
        for number, table in enumerate(tables):
            left, top, right, bottom = table.bbox
            if left - _NEAR <= x <= right + _NEAR and top - _NEAR <= y <= bottom + _NEAR:
                inside[number].append(word)
                break
        else:
            loose.append(word)
    placed: list[tuple[float, Any]] = [
        (table.bbox[1], _grid(table.cells, held))
        for table, held in zip(tables, inside, strict=True)
    ]
    placed += [(line[0]["top"], _joined(line)) for line in _lines(loose)]
    return [part for _, part in sorted(placed, key=lambda item: item[0])]


def _lines(words: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Sort words into lines, from top to bottom."""
    lines: list[list[dict[str, Any]]] = []
    for word in sorted(words, key=lambda word: (word["top"], word["x0"])):
        middle = (word["top"] + word["bottom"]) / 2
        if lines and lines[-1][0]["top"] <= middle <= lines[-1][0]["bottom"]:
            lines[-1].append(word)
        else:
            lines.append([word])
    return lines


def _stacked(lines: list[list[dict[str, Any]]], width: float) -> str:
    """Join a cell's lines; a figure broken only because its cell is full is one figure."""
    text = ""
    full = False
    for line in lines:
        said = _joined(line)
        if text:
            text += "" if full and said[:1].isdigit() else "\n"
        text += said
        long = max(word["x1"] for word in line) - min(word["x0"] for word in line)
        full = said.isdigit() and len(said) > 1 and width - long < long / len(said) + _PADDING
    return text


def _joined(line: list[dict[str, Any]]) -> str:
    """Join a line's words; Chinese is not spaced, so small gaps vanish."""
    said = ""
    end: float | None = None
    for word in sorted(line, key=lambda word: float(word["x0"])):
        height = word["bottom"] - word["top"]
        figures = said[-1:].isdigit() and word["text"][:1].isdigit()
        if end is not None and (figures or word["x0"] - end > 0.4 * height):
            said += " "
        said += word["text"]
        end = word["x1"]
    return said


def _grid(cells: list[tuple[float, float, float, float]], words: list[dict[str, Any]]) -> Any:
    """Return rows of [text, rowspan, colspan] from the boxes of a ruled table."""
    lefts = _edges([x for cell in cells for x in (cell[0], cell[2])])
    tops = _edges([y for cell in cells for y in (cell[1], cell[3])])
    rows: list[list[tuple[int, list[Any]]]] = [[] for _ in tops[:-1]]
    for cell in cells:
        column, row = _at(lefts, cell[0]), _at(tops, cell[1])
        wide, deep = _at(lefts, cell[2]) - column, _at(tops, cell[3]) - row
        if wide < 1 or deep < 1:
            continue
        held = [word for word in words if _holds(cell, word)]
        text = _stacked(_lines(held), cell[2] - cell[0])
        rows[row].append((column, [text, deep, wide]))
    return [[cell for _, cell in sorted(row, key=lambda item: item[0])] for row in rows]


def _holds(cell: tuple[float, float, float, float], word: dict[str, Any]) -> bool:
    x, y = (word["x0"] + word["x1"]) / 2, (word["top"] + word["bottom"]) / 2
    return bool(cell[0] <= x < cell[2] and cell[1] <= y < cell[3])


def _edges(values: list[float]) -> list[float]:
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > _NEAR:
            edges.append(value)
    return edges


def _at(edges: list[float], value: float) -> int:
    return min(range(len(edges)), key=lambda index: abs(edges[index] - value))


if __name__ == "__main__":
    main()
