"""Text in pictures, read by models that lie on this machine (rapidocr on onnxruntime).

The models are in the package's wheel; they are named to it by path, so that it never looks for
them on the network. Loading takes seconds and is put off to the first picture. Where the package
is not installed, its twin `NoReader` reads nothing and says so.
"""

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

from PIL import Image

_MODELS = {
    "Det": "PP-OCRv6_det_small.onnx",
    "Cls": "ch_ppocr_mobile_v2.0_cls_mobile.onnx",
    "Rec": "PP-OCRv6_rec_small.onnx",
}
_LONG_SIDE = 2_400  # pixels: a page at 200 dpi
_SAME_LINE = 0.6  # of a letter's height


class Reader(Protocol):
    """What reads a picture."""

    installed: bool

    def lines(self, picture: Image.Image) -> list[str]:
        """Return the lines of text in an RGB picture, from top to bottom."""
        ...


class NoReader:
    """The twin where nothing is installed: it reads nothing."""

    installed = False

    def lines(self, picture: Image.Image) -> list[str]:
        """Return no lines."""
        return []


class RapidReader:
    """The reader by rapidocr; `models` is where the three model files lie."""

    installed = True

    def __init__(self, models: Path, threads: int = 2) -> None:
        self._models = models
        self._threads = threads
        self._engine: Any = None

    def lines(self, picture: Image.Image) -> list[str]:
        """Return the lines of text in an RGB picture, from top to bottom."""
        import numpy

        if min(picture.size) < 12:
            return []
        shown = picture.convert("RGB")
        shown.thumbnail((_LONG_SIDE, _LONG_SIDE))
        found = self._loaded()(numpy.asarray(shown)[:, :, ::-1])
        if found.boxes is None or not found.txts:
            return []
        return _in_lines(
            [
                (min(x for x, _ in box), min(y for _, y in box), max(y for _, y in box), text)
                for box, text in zip(found.boxes.tolist(), found.txts, strict=True)
            ]
        )

    def _loaded(self) -> Any:
        if self._engine is None:
            from rapidocr import RapidOCR

            told: dict[str, Any] = {
                f"{part}.model_path": str(self._models / name) for part, name in _MODELS.items()
            }
            self._engine = RapidOCR(
                params={
                    "Global.log_level": "critical",
                    "Global.max_side_len": _LONG_SIDE,
                    "EngineConfig.onnxruntime.intra_op_num_threads": self._threads,
                    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
                    **told,
                }
            )
        return self._engine


@cache
def reader() -> Reader:
    """Return the reader of this machine; its twin where package or models are missing."""
    package = find_spec("rapidocr")
    if package is None or package.origin is None or find_spec("onnxruntime") is None:
        return NoReader()
    models = Path(package.origin).parent / "models"
    if not all((models / name).is_file() for name in _MODELS.values()):
        return NoReader()
    return RapidReader(models)


def _in_lines(boxes: list[tuple[float, float, float, str]]) -> list[str]:
    """Return texts with those that stand beside each other in one line, parted by tabs."""
    rows: list[list[tuple[float, float, float, str]]] = []
    for box in sorted(boxes, key=lambda each: (each[1] + each[2]) / 2):
        _, top, bottom, _ = box
        last = rows[-1][-1] if rows else None
        if last and abs((last[1] + last[2]) - (top + bottom)) / 2 < _SAME_LINE * (bottom - top):
            rows[-1].append(box)
        else:
            rows.append([box])
    return ["\t".join(text for *_, text in sorted(row)) for row in rows]
