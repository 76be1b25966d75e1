"""The judge of suspects: boosted trees over the figures, from `benchmarks/wording_fitting.py`."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy
from numpy.typing import NDArray

TREES = Path(__file__).parent / "data" / "judge.npz"
LEAST = Path(__file__).parent / "data" / "judge.json"
HOPELESS = -1.5  # far below any score from which a suspect is told
DEEPEST = 6  # a leaf leads to itself, so that all trees are walked in so many steps


@dataclass(frozen=True, slots=True)
class Trees:
    """Trees by number and node: which figure is looked at, up to what the left way is taken."""

    base: float
    feature: NDArray[numpy.uint8]
    threshold: NDArray[numpy.float32]
    left: NDArray[numpy.uint8]
    right: NDArray[numpy.uint8]
    value: NDArray[numpy.float32]

    def scores(self, figures: NDArray[numpy.float32]) -> list[float]:
        """Return the score of each row of figures.

        Either half of the trees was fitted by itself: where the first finds a row hopeless, its
        say is taken for that of the second.
        """
        half = len(self.feature) // 2
        told = self._said(figures, slice(half)) * 2 + self.base
        asked = numpy.flatnonzero(told > HOPELESS)
        other = self._said(figures[asked], slice(half, None))
        told[asked] = (told[asked] - self.base) / 2 + other + self.base
        return told.tolist()

    def _said(self, figures: NDArray[numpy.float32], which: slice) -> NDArray[numpy.float64]:
        trees = numpy.arange(len(self.feature))[which]
        rows = numpy.arange(len(figures))[:, None]
        at = numpy.zeros((len(figures), len(trees)), dtype="uint8")
        for _ in range(DEEPEST):
            to_left = figures[rows, self.feature[trees, at]] <= self.threshold[trees, at]
            at = numpy.where(to_left, self.left[trees, at], self.right[trees, at])
        return self.value[trees, at].sum(1, dtype="float64")


@dataclass(frozen=True, slots=True)
class Judge:
    """Trees without and with LibIME's model; a score is log odds on the fitting set."""

    plain: Trees | None = None
    with_ime: Trees | None = None
    told_from: tuple[tuple[float, float], tuple[float, float]] = ((0.0, 0.0), (0.0, 0.0))

    def scores(self, figures: Sequence[Sequence[float]], with_ime: bool) -> list[float]:
        """Return the score of each edit; from `least` on it is told."""
        trees = self.with_ime if with_ime else self.plain
        if not figures or trees is None:
            return [0.0] * len(figures)
        return trees.scores(numpy.array(figures, dtype="float32"))

    def least(self, with_ime: bool, learned: bool) -> float:
        """Return the score from which on a suspect is told, alone or with a county's texts."""
        return self.told_from[with_ime][learned]


@lru_cache(maxsize=1)
def shipped() -> Judge:
    """Return the trees that are shipped."""
    told = json.loads(LEAST.read_text("utf-8"))
    with numpy.load(TREES, allow_pickle=False) as read:
        plain, with_ime = (
            Trees(
                float(read[f"{name}_base"]),
                *(read[f"{name}_{part}"] for part in
                  ("feature", "threshold", "left", "right", "value")),
            )
            for name in ("plain", "with_ime")
        )  # fmt: skip
    from_scores = tuple(
        (float(told[name]["least"]), float(told[name]["least_learned"]))
        for name in ("plain", "with_ime")
    )
    return Judge(plain, with_ime, (from_scores[0], from_scores[1]))
