"""Random slips by a character model: what is shipped, what a county has taught it, who it names.

`scorer` hands over what `text.wording.Wording` takes. A county's folder holds `model.npz` (its own
published texts, by `gongkai trainwording`), `names.txt` (organs and places, inside which nothing
is told), `allowed.txt` and `dismissed.txt` (words that were told falsely: noted by hand, and in the
county's list), one word a line; all may be missing.
"""

import os
import tempfile
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import numpy

from gongkai.adapters.charmodel.grams import Grams
from gongkai.adapters.charmodel.judge import shipped
from gongkai.adapters.charmodel.mixture import Mixture
from gongkai.adapters.charmodel.scorer import TypoScorer
from gongkai.adapters.charmodel.training import learn

__all__ = [
    "ALLOWED",
    "DISMISSED",
    "MODEL",
    "NAMES",
    "TypoScorer",
    "allowed_in",
    "learn",
    "scorer",
    "stamp",
    "words_in",
    "write_words",
]

MODEL, NAMES, ALLOWED = "model.npz", "names.txt", "allowed.txt"
DISMISSED = "dismissed.txt"  # written anew from the county's list; nobody edits it
_DATA = Path(__file__).parent / "data"
_HALFWAY = 50_000  # characters of a county from which its model has half the say
_MOST = 0.6


def scorer(county: Path | None = None, *, with_ime: bool = True) -> TypoScorer:
    """Return the scorer of slips, with what a county has taught it and LibIME's model if it may.

    Raises:
        ValueError: the county's model is broken: train it again.
    """
    models = [(1.0, _statutes())]
    names = words_in(_DATA / "phrases.txt")
    if county is not None:
        names += words_in(county / NAMES)
        path = county / MODEL
        if path.exists():
            share = _share(path)
            models = [(1 - share, _statutes()), (share, Grams.load(path))]
    return TypoScorer(Mixture(models), shipped(), names, with_ime=with_ime)


def stamp(county: Path) -> float:
    """Return when a county's folder last changed, 0 where there is none: to notice new learning."""
    return max(
        (
            path.stat().st_mtime
            for name in (MODEL, NAMES, ALLOWED)
            if (path := county / name).exists()
        ),
        default=0.0,
    )


def allowed_in(county: Path) -> list[str]:
    """Return the words that were told falsely in a county, noted by hand or listed."""
    return words_in(county / ALLOWED) + words_in(county / DISMISSED)


def write_words(path: Path, words: Iterable[str]) -> None:
    """Write a list of words, one a line, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".txt")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.writelines(f"{word}\n" for word in words)
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise


def words_in(path: Path) -> list[str]:
    """Return the words of a list, one a line; none where there is no file."""
    if not path.exists():
        return []
    lines = (line.strip() for line in path.read_text("utf-8").splitlines())
    return [line for line in lines if line and not line.startswith("#")]


@lru_cache(maxsize=1)
def _statutes() -> Grams:
    return Grams.load(_DATA / "statutes-char3.npz", _DATA / "statutes-pairs.npz")


def _share(path: Path) -> float:
    with numpy.load(path, allow_pickle=False) as told:
        size = int(told["size"]) if "size" in told.files else 0
    return max(0.01, min(_MOST, size / (size + _HALFWAY)))
