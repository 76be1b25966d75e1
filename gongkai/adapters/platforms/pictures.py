"""Pictures as platforms take them: JPEG or PNG, no larger than a limit, no hidden data."""

from io import BytesIO

from PIL import Image, UnidentifiedImageError

from gongkai.adapters.platforms.types import Refused

MOST_PIXELS = 60_000_000
_WIDEST = 1920
_QUALITIES = (88, 78, 66, 54)


def fitted(content: bytes, most_bytes: int) -> tuple[str, bytes]:
    """Return a picture's media type and bytes, made anew and smaller where it must be.

    What a camera wrote beside the picture (place, device) is left out.

    Raises:
        Refused: it is no picture, too large, or cannot be made small enough.
    """
    try:
        with Image.open(BytesIO(content)) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise Refused("图片尺寸过大，请缩小后重新上传。")
            picture = opened.convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        raise Refused("图片打不开，请换成 JPG 或者 PNG 图片。") from None
    if picture.width > _WIDEST:
        picture = picture.resize((_WIDEST, max(picture.height * _WIDEST // picture.width, 1)))
    for quality in _QUALITIES:
        made = BytesIO()
        picture.save(made, "JPEG", quality=quality, optimize=True)
        if made.tell() <= most_bytes:
            return "image/jpeg", made.getvalue()
    raise Refused("图片压缩后仍然过大，请缩小后重新上传。")
