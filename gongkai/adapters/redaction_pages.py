"""A PDF's or picture's pages as pictures, and a new PDF made of nothing but such pictures.

Runs in the worker only. Pictures are bounded in pixels: a page that would be larger is rendered
with fewer dots an inch.
"""

import struct
from collections.abc import Collection, Mapping
from io import BytesIO
from typing import Any

import pypdfium2
from PIL import Image, ImageChops, ImageDraw, ImageOps, ImageSequence

_PIXELS = 36_000_000  # A3 at 300 dpi is 17 million
_LONG_SIDE = 842.0  # points: a picture that tells no resolution is laid out on A4
_GREY = 12  # channels closer than this are grey: scanners are never exact
_QUALITY = 72


class TooMuch(ValueError):
    """Too many pages."""


class WrongPage(ValueError):
    """No such page."""


class Pages:
    """The pages of a file, counted from 0."""

    def __init__(self, data: bytes, picture: bool, most: int) -> None:
        """Open the file.

        Raises:
            TooMuch: it has more than `most` pages.
        """
        self.pdf: Any = None
        self._frames: list[Image.Image] = []
        if picture:
            Image.MAX_IMAGE_PIXELS = None  # bounded by filetype and by our memory
            with Image.open(BytesIO(data)) as opened:
                for frame in ImageSequence.Iterator(opened):
                    if len(self._frames) >= most:
                        raise TooMuch
                    self._frames.append(_upright(frame))
            return
        self.pdf = pypdfium2.PdfDocument(data)
        if len(self.pdf) > most:
            raise TooMuch
        self.pdf.init_forms()

    def __enter__(self) -> "Pages":
        return self

    def __exit__(self, *_: object) -> None:
        if self.pdf is not None:
            self.pdf.close()

    def __len__(self) -> int:
        return len(self.pdf) if self.pdf is not None else len(self._frames)

    def size(self, number: int) -> tuple[float, float]:
        """Return a page's width and height in points, as it is shown."""
        if self.pdf is not None:
            width, height = self.pdf.get_page_size(number)
            return width, height
        frame = self._frames[number]
        points = _LONG_SIDE / max(frame.size)
        return frame.width * points, frame.height * points

    def rendered(self, number: int, dpi: int) -> Image.Image:
        """Return a page as an RGB picture of at most so many dots an inch.

        Raises:
            WrongPage: there is no such page.
        """
        if not 0 <= number < len(self):
            raise WrongPage
        width, height = self.size(number)
        scale = min(dpi / 72, (_PIXELS / max(width * height, 1)) ** 0.5)
        if self.pdf is None:
            frame = self._frames[number]
            size = (max(1, round(width * scale)), max(1, round(height * scale)))
            return frame.copy() if frame.width <= size[0] else frame.resize(size)
        page = self.pdf[number]
        try:
            return page.render(scale=scale, may_draw_forms=True).to_pil().convert("RGB")
        finally:
            page.close()


def picture_of(pages: Pages, number: int, dpi: int) -> bytes:
    """Return a page as a JPEG."""
    return _jpeg(pages.rendered(number, dpi))


def text_of(pages: Pages, most: int) -> str:
    """Return a PDF's text, at most so many characters; a form feed stands between two pages."""
    parts: list[str] = []
    left = most
    for page in pages.pdf:
        text = page.get_textpage()
        parts.append(text.get_text_range(0, min(text.count_chars(), left)).replace("\r\n", "\n"))
        left -= len(parts[-1])
        text.close()
        page.close()
        if left <= 0:
            break
    return "\f".join(parts)


def burn(pages: Pages, boxes: Collection[Mapping[str, Any]], dpi: int) -> bytes:
    """Return a PDF of the pages as pictures with black boxes in them.

    Raises:
        WrongPage: a box lies on no page.
    """
    import pikepdf

    if any(not 1 <= box["page"] <= len(pages) for box in boxes):
        raise WrongPage
    made = pikepdf.new()
    for number in range(len(pages)):
        picture = pages.rendered(number, dpi)
        _blacken(picture, [box for box in boxes if box["page"] == number + 1])
        width, height = pages.size(number)
        _add(made, picture, width, height)
    out = BytesIO()
    made.save(out, deterministic_id=True)
    return out.getvalue()


def _blacken(picture: Image.Image, boxes: Collection[Mapping[str, Any]]) -> None:
    draw = ImageDraw.Draw(picture)
    width, height = picture.size
    for box in boxes:
        # Rounded outward by a pixel: a letter's grey edge must not stay.
        left, top = int(box["left"] * width) - 1, int(box["top"] * height) - 1
        right, bottom = int(box["right"] * width) + 2, int(box["bottom"] * height) + 2
        draw.rectangle((left, top, right, bottom), fill=(0, 0, 0))


def _add(made: Any, picture: Image.Image, width: float, height: float) -> None:
    import pikepdf

    grey = _is_grey(picture)
    data, described = _jpeg(picture), {"BitsPerComponent": 8, "Filter": pikepdf.Name.DCTDecode}
    if grey and len(sharp := _sixteen_greys(picture)) < len(data):
        # Printed text is smaller and sharper so; scans and photographs are smaller as JPEG.
        data, described = sharp, {"BitsPerComponent": 4, "Filter": pikepdf.Name.FlateDecode}
        described["DecodeParms"] = pikepdf.Dictionary(
            Predictor=15, Colors=1, BitsPerComponent=4, Columns=picture.width
        )
    image = made.make_stream(
        data,
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=picture.width,
        Height=picture.height,
        ColorSpace=pikepdf.Name.DeviceGray if grey else pikepdf.Name.DeviceRGB,
        **described,
    )
    page = made.add_blank_page(page_size=(width, height))
    page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(P=image))
    page.obj.Contents = made.make_stream(f"q {width:.3f} 0 0 {height:.3f} 0 0 cm /P Do Q".encode())


def _jpeg(picture: Image.Image) -> bytes:
    """Return a picture as a bare JPEG, grey where it is grey."""
    out = BytesIO()
    # A fresh copy carries no EXIF, profile or comment.
    bare = picture.convert("L" if _is_grey(picture) else "RGB")
    bare.info.clear()
    bare.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return out.getvalue()


def _sixteen_greys(picture: Image.Image) -> bytes:
    """Return a picture in sixteen greys, deflated with PNG's predictors."""
    few = picture.convert("L").point(lambda level: round(level / 17)).convert("P")
    few.putpalette([level * 17 for level in range(16) for _ in range(3)])
    out = BytesIO()
    few.save(out, "PNG", bits=4)
    png, parts, at = out.getvalue(), [], 8
    while at < len(png):
        (length,) = struct.unpack_from("!I", png, at)
        if png[at + 4 : at + 8] == b"IDAT":
            parts.append(png[at + 8 : at + 8 + length])
        at += length + 12
    return b"".join(parts)


def _is_grey(picture: Image.Image) -> bool:
    red, green, blue = picture.split()
    return all(
        ImageChops.difference(one, other).getextrema()[1] <= _GREY
        for one, other in ((red, green), (green, blue))
    )


def _upright(frame: Image.Image) -> Image.Image:
    """Return a picture turned as its camera held it, on white where it is transparent."""
    turned = ImageOps.exif_transpose(frame)
    if turned.mode in ("RGBA", "LA", "PA") or "transparency" in turned.info:
        clear = turned.convert("RGBA")
        white = Image.new("RGBA", clear.size, (255, 255, 255, 255))
        return Image.alpha_composite(white, clear).convert("RGB")
    if turned.mode.startswith("I"):  # 16 bits of grey
        return turned.point(lambda level: level / 256).convert("L").convert("RGB")
    return turned.convert("RGB")
