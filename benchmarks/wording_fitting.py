"""Fit the judge of the wording model, by hand, when its figures or the shipped model change.

Slips are made as for the judging set, with other seeds, in `data/wording-fitting.txt`, in the
handbook and in the sentences of the product's own code: none of them prose of the judging set.
"""

import ast
import json
import re
import sys
from pathlib import Path

import numpy

from benchmarks import wording_making as making
from gongkai.adapters.charmodel import _statutes
from gongkai.adapters.charmodel.features import IME_NAMES, NAMES
from gongkai.adapters.charmodel.judge import WEIGHTS, Judge
from gongkai.adapters.charmodel.mixture import Mixture
from gongkai.adapters.charmodel.scorer import TypoScorer
from gongkai.adapters.charmodel.words import ime

ROOT = Path(__file__).parents[1]
RIDGE = 3.0
# The score from which a suspect is told, alone and with a county's own model mixed in, which makes
# all that it writes likelier and every gain smaller.
LEAST = {"plain": (-0.2, -0.3), "with_ime": (1.35, 1.1)}
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")


def handbook() -> list[str]:
    """Return the paragraphs and cells of the handbook and of the pages on the law."""
    told: list[str] = []
    for folder in ("handbook", "law"):
        for path in sorted((ROOT / "docs" / folder).glob("*.md")):
            for line in path.read_text("utf-8").splitlines():
                plain = _LINK.sub(r"\1", line.strip()).replace("**", "").lstrip("-#> 0123456789.")
                told += [cell.strip() for cell in plain.split("|")]
    return told


def messages() -> list[str]:
    """Return the Chinese sentences of the code but the demo's texts and the word packs."""
    told: dict[str, None] = {}
    for path in sorted((ROOT / "gongkai").rglob("*.py")):
        if {"tests", "text", "charmodel"} & set(path.parts) or path.stem == "publication_texts":
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            said = node.value if isinstance(node, ast.Constant) else None
            if isinstance(said, str) and len(making.HAN.findall(said)) >= 12 and "{" not in said:
                told.setdefault(said.strip())
    return list(told)


def rows(scorer: TypoScorer, said: list[str], seed: int, of_each: int) -> tuple[list, list]:
    """Return the figures of every edit of clean and of slipped sentences, and which mend a slip."""
    figures: list[list[float]] = []
    mends: list[bool] = []
    for text in said:
        for one in scorer.weighed(text):
            figures.append(one.figures)
            mends.append(False)
    making.SEED, making.OF_EACH = seed, of_each
    for number, _, at, was, now in making.slips(said):
        right = said[number]
        wrong = right[:at] + now + right[at + len(was) :]
        for one in scorer.weighed(wrong):
            mended = wrong[: one.start] + one.edit.put + wrong[one.end :]
            near = one.start - 1 <= at + len(now) and one.end + 1 >= at
            if mended == right or not near:  # another guess at the place is neither
                figures.append(one.figures)
                mends.append(mended == right)
    return figures, mends


def fitted(figures: numpy.ndarray, mends: numpy.ndarray) -> tuple[numpy.ndarray, float]:
    """Return weights and bias of a logistic regression with a ridge, by Newton's steps."""
    middle, spread = figures.mean(0), figures.std(0) + 1e-6
    table = numpy.c_[(figures - middle) / spread, numpy.ones(len(figures))]
    weights = numpy.zeros(table.shape[1])
    ridge = numpy.eye(table.shape[1]) * RIDGE
    ridge[-1, -1] = 0
    for _ in range(30):
        chance = 1 / (1 + numpy.exp(-table @ weights))
        slope = table.T @ (chance - mends) + ridge @ weights
        bend = (table * (chance * (1 - chance))[:, None]).T @ table + ridge
        step = numpy.linalg.solve(bend, slope)
        weights -= step
        if abs(step).max() < 1e-5:
            break
    plain = weights[:-1] / spread
    return plain, float(weights[-1] - middle @ plain)


def main() -> None:
    """Fit both sets of weights and write them; the second needs LibIME's model installed."""
    if ime() is None:
        sys.exit("LibIME's model or kenlm is missing: only half could be fitted")
    scorer = TypoScorer(Mixture([(1.0, _statutes())]), Judge({}, {}))
    prose = making.DATA / "wording-fitting.txt"
    said = making.sentences([prose])
    general = making.long_enough([*handbook(), *messages()])
    parts = [
        rows(scorer, said, 21, 300),
        rows(scorer, said, 11, 140),
        rows(scorer, general, 7, 400),
    ]
    table = numpy.array([each for figures, _ in parts for each in figures])
    labels = numpy.array([each for _, mends in parts for each in mends], dtype=float)
    told = {}
    for name, names in (("plain", NAMES), ("with_ime", NAMES + IME_NAMES)):
        weights, bias = fitted(table[:, : len(names)], labels)
        told[name] = {
            "least": LEAST[name][0],
            "least_learned": LEAST[name][1],
            "bias": round(bias, 4),
            "weights": {
                each: round(float(weight), 4) for each, weight in zip(names, weights, strict=True)
            },
        }
    WEIGHTS.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", "utf-8")
    print(f"{len(labels)} edits, {int(labels.sum())} of them mend a slip")


if __name__ == "__main__":
    main()
