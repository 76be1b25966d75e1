"""What lies in a page without being seen: text under boxes or in the paper's colour, pictures too.

Runs in the worker only. Colours and paint order are not reasoned about, they are looked at: a
page is rendered whole, without its text, and with nothing but its text in black. A letter that
makes no difference to the whole page where its ink would be is not seen, whatever hides it;
white letters on a dark header and letters upon a coloured box make one and are left alone.
Pictures likewise: where the pictures alone have a pattern and the whole page is one even colour,
something lies upon them.
"""

import unicodedata
from collections.abc import Callable, Iterator
from ctypes import c_double, c_int
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageChops

from gongkai.adapters.redaction_pages import Pages

Mark = tuple[str, int, str]
_DPI = 110
_PIXELS = 6_000_000
_SEEN = 10  # a difference of so many levels of 255 is seen
_INK = 48  # and so many levels below white are ink
_SHARE = 0.5  # of a letter's ink must be seen
_BLOCK = 6  # pixels, 1.4 mm
_BLOCKS = 6  # together: a box over a name
_MOST = 20  # letters quoted
_DEPTH = 12

_SHOWS = frozenset({"Tj", "TJ", "'", '"'})
_PAINTS = frozenset({"f", "F", "f*", "B", "B*", "b", "b*", "S", "s"})
# Neither colour, nor mode, nor clip, nor state: whatever text there is shows in black.
_PLACES = frozenset({"q", "Q", "cm", "BT", "ET", "Do"})
_SETS = frozenset({"Tf", "Td", "TD", "Tm", "T*", "Tc", "Tw", "Tz", "TL", "Ts"})
_TEXT_ONLY = _SHOWS | _PLACES | _SETS

Instruction = Any
Keep = Callable[[Instruction, Any], Instruction | None]


def unseen(data: bytes, pages: Pages) -> list[Mark]:
    """Return the text and the pictures that nobody sees, page by page."""
    silent, letters, pictures = (
        pypdfium2.PdfDocument(_filtered(data, keep))
        for keep in (_without_text, _only_text, _only_pictures)
    )
    found: list[Mark] = []
    try:
        for number in range(len(pages)):
            page = pages.pdf[number]
            scale = _scale(page)
            whole = _render(page, scale)
            spoken = list(_letters(page, whole.size))
            if spoken:
                without = _render(silent[number], scale)
                ink = _render(letters[number], scale)
                found += _unseen_text(number + 1, spoken, whole, without, ink)
            if any(page.get_objects([pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=_DEPTH)):
                found += _covered_picture(number + 1, whole, _render(pictures[number], scale))
            page.close()
    finally:
        for document in (silent, letters, pictures):
            document.close()
    return found


def _scale(page: Any) -> float:
    width, height = page.get_size()
    return min(_DPI / 72, (_PIXELS / max(width * height, 1)) ** 0.5)


def _render(page: Any, scale: float) -> Image.Image:
    return page.render(scale=scale, draw_annots=False, may_draw_forms=False).to_pil().convert("RGB")


def _letters(page: Any, size: tuple[int, int]) -> Iterator[tuple[str, tuple[int, int, int, int]]]:
    """Yield each printing character and its box in pixels of a rendering of `size`."""
    text = page.get_textpage()
    edges = [c_double() for _ in range(4)]
    left, right, bottom, top = edges
    for index in range(text.count_chars()):
        if pdfium.FPDFText_IsGenerated(text, index) == 1:
            continue
        letter = chr(pdfium.FPDFText_GetUnicode(text, index))
        if unicodedata.category(letter)[0] in "ZC":
            continue
        if not pdfium.FPDFText_GetCharBox(text, index, left, right, bottom, top):
            continue
        corners = [
            _place(page, size, x.value, y.value) for x in (left, right) for y in (bottom, top)
        ]
        across, down = [x for x, _ in corners], [y for _, y in corners]
        yield letter, (min(across), min(down), max(across) + 1, max(down) + 1)
    text.close()


def _place(page: Any, size: tuple[int, int], x: float, y: float) -> tuple[int, int]:
    """Return where a point of the page lies on a rendering."""
    across, down = c_int(), c_int()
    pdfium.FPDF_PageToDevice(page, 0, 0, *size, 0, x, y, across, down)
    return across.value, down.value


def _unseen_text(
    number: int,
    spoken: list[tuple[str, tuple[int, int, int, int]]],
    whole: Image.Image,
    without: Image.Image,
    ink: Image.Image,
) -> Iterator[Mark]:
    seen = _mask(_loudest(ImageChops.difference(whole, without)), _SEEN)
    inked = _mask(ImageChops.invert(ink.convert("L")), _INK)
    said: dict[str, list[str]] = {}
    for letter, box in spoken:
        kind = _why_unseen(box, whole, seen, inked)
        if kind:
            said.setdefault(kind, []).append(letter)
    for kind, letters in said.items():
        quoted = "".join(letters[:_MOST])
        more = f"等{len(letters)}字" if len(letters) > _MOST else ""
        yield kind, number, f"“{quoted}”{more}"


def _why_unseen(
    box: tuple[int, int, int, int], whole: Image.Image, seen: Image.Image, inked: Image.Image
) -> str:
    left, top, right, bottom = box
    width, height = whole.size
    if right <= 0 or bottom <= 0 or left >= width or top >= height:
        return "OUTSIDE_TEXT"
    ink, visible = _lit(inked.crop(box)), _lit(seen.crop(box))
    if visible > _SHARE * ink or (ink <= 2 and visible):
        return ""
    paper = min(low for low, _ in whole.crop(box).getextrema()) >= 235
    return "HIDDEN_TEXT" if paper else "COVERED_TEXT"


def _covered_picture(number: int, whole: Image.Image, pictures: Image.Image) -> Iterator[Mark]:
    """Yield once when the page lies even upon a patterned part of its pictures."""
    even = ImageChops.invert(_pattern(whole.convert("L"), 8))
    patterned = _pattern(pictures.convert("L"), 40)
    covered = ImageChops.darker(even, patterned)
    if _largest(covered) >= _BLOCKS:
        yield "COVERED_PICTURE", number, ""


def _pattern(picture: Image.Image, levels: int) -> Image.Image:
    """Return a small mask: 255 for each block in which some pixel strays from the mean."""
    small = picture.reduce(_BLOCK)
    mean = small.resize((small.width * _BLOCK, small.height * _BLOCK), Image.Resampling.NEAREST)
    strays = _mask(ImageChops.difference(picture, mean.crop((0, 0, *picture.size))), levels)
    return strays.reduce(_BLOCK).point(lambda level: 255 if level else 0)


def _largest(mask: Image.Image) -> int:
    """Return how many blocks the largest connected part of a mask has."""
    width, _ = mask.size
    left = {place for place, level in enumerate(mask.tobytes()) if level}
    largest = 0
    while left:
        frontier, count = [left.pop()], 0
        while frontier:
            place = frontier.pop()
            count += 1
            for beside in (place - 1, place + 1, place - width, place + width):
                if beside in left:
                    left.remove(beside)
                    frontier.append(beside)
        largest = max(largest, count)
    return largest


def _loudest(picture: Image.Image) -> Image.Image:
    red, green, blue = picture.split()
    return ImageChops.lighter(ImageChops.lighter(red, green), blue)


def _mask(picture: Image.Image, level: int) -> Image.Image:
    return picture.point(lambda value: 255 if value > level else 0)


def _lit(mask: Image.Image) -> int:
    return mask.histogram()[255]


def _filtered(data: bytes, keep: Keep) -> bytes:
    """Return the PDF with every content stream run through `keep`, forms included."""
    with pikepdf.open(BytesIO(data)) as pdf:
        done: set[tuple[int, int]] = set()
        for page in pdf.pages:
            page.contents_coalesce()
            resources = page.resources
            kept = _kept(page.obj.get("/Contents"), resources, keep)
            page.obj.Contents = pdf.make_stream(kept)
            _filter_forms(resources, keep, done, 0)
        out = BytesIO()
        pdf.save(out)
        return out.getvalue()


def _filter_forms(resources: Any, keep: Keep, done: set[tuple[int, int]], depth: int) -> None:
    if depth > _DEPTH or resources is None:
        return
    for each in resources.get("/XObject", {}).values():
        if each.get("/Subtype") != "/Form" or each.objgen in done:
            continue
        done.add(each.objgen)
        inner = each.get("/Resources", resources)
        each.write(_kept(each, inner, keep))
        _filter_forms(inner, keep, done, depth + 1)


def _kept(stream: Any, resources: Any, keep: Keep) -> bytes:
    if stream is None:
        return b""
    found = (keep(each, resources) for each in pikepdf.parse_content_stream(stream))
    return pikepdf.unparse_content_stream([each for each in found if each is not None])


def _without_text(each: Instruction, resources: Any) -> Instruction | None:
    return None if str(each.operator) in _SHOWS else each


def _only_text(each: Instruction, resources: Any) -> Instruction | None:
    name = str(each.operator)
    if name == "Do":
        target = _named(each, resources)
        return each if target is not None and target.get("/Subtype") == "/Form" else None
    return each if name in _TEXT_ONLY else None


def _only_pictures(each: Instruction, resources: Any) -> Instruction | None:
    name = str(each.operator)
    if name in _SHOWS or name == "sh":
        return None
    if name in _PAINTS:
        return pikepdf.ContentStreamInstruction([], pikepdf.Operator("n"))  # a clip stays one
    if name == "Do":
        target = _named(each, resources)
        return None if target is not None and _is_even(target) else each
    return each


def _named(each: Instruction, resources: Any) -> Any:
    return resources.get("/XObject", {}).get(str(each.operands[0])) if resources else None


def _is_even(target: Any) -> bool:
    """Say whether an image is one colour: a box in the shape of a picture."""
    if target.get("/Subtype") != "/Image" or target.get("/ImageMask"):
        return False
    try:
        extrema = pikepdf.PdfImage(target).as_pil_image().convert("RGB").getextrema()
    except Exception:  # an image in a form nobody reads here stays in
        return False
    return all(high - low <= 8 for low, high in extrema)
