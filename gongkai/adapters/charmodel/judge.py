"""The judge of suspects: one weight for each figure, fitted by `benchmarks/wording_fitting.py`."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy

from gongkai.adapters.charmodel.features import IME_NAMES, NAMES

WEIGHTS = Path(__file__).parent / "data" / "judge.json"


@dataclass(frozen=True, slots=True)
class Judge:
    """Weights with and without LibIME's model; a score is log odds on the fitting set."""

    plain: Mapping[str, Any]
    with_ime: Mapping[str, Any]

    def scores(self, figures: Sequence[Sequence[float]], with_ime: bool) -> list[float]:
        """Return the score of each edit; from `least` on it is told."""
        if not figures:
            return []
        told = self.with_ime if with_ime else self.plain
        names = NAMES + IME_NAMES if with_ime else NAMES
        weights = numpy.array([told["weights"][name] for name in names])
        return (numpy.array(figures)[:, : len(names)] @ weights + told["bias"]).tolist()

    def least(self, with_ime: bool, learned: bool) -> float:
        """Return the score from which on a suspect is told, alone or with a county's texts."""
        told = self.with_ime if with_ime else self.plain
        return float(told["least_learned" if learned else "least"])


@lru_cache(maxsize=1)
def shipped() -> Judge:
    """Return the weights that are shipped."""
    told = json.loads(WEIGHTS.read_text("utf-8"))
    return Judge(told["plain"], told["with_ime"])
