"""Fit the judge of the wording model, by hand, when its figures or the shipped model change.

Slips are made as for the judging set, with other seeds, in the prose of the worn set and of
`data/wording-fitting.txt`, in the handbook and in the sentences of the product's own code: none of
them prose of the judging set. Needs scikit-learn, a maker's tool, no dependency of the product.
The scores from which a suspect is told (`judge.json`) are chosen on the same prose, each paper
judged by trees that have not seen it; one thread is enough, several only wait for one another.
"""

import ast
import re
import sys
from pathlib import Path

import numpy

from benchmarks import wording_making as making
from gongkai.adapters.charmodel import _DATA, _statutes, words_in
from gongkai.adapters.charmodel.features import IME_NAMES, NAMES
from gongkai.adapters.charmodel.judge import DEEPEST, TREES, Judge
from gongkai.adapters.charmodel.mixture import Mixture
from gongkai.adapters.charmodel.scorer import TypoScorer
from gongkai.adapters.charmodel.words import ime

ROOT = Path(__file__).parents[1]
TREES_OF = 200
_PAGES_OF_SLIPS = frozenset(("wording", "release-checks"))  # they show wrong words as examples
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")


def handbook() -> list[str]:
    """Return the paragraphs and cells of the handbook and of the pages on the law."""
    told: list[str] = []
    for folder in ("handbook", "law"):
        for path in sorted((ROOT / "docs" / folder).glob("*.md")):
            if path.stem in _PAGES_OF_SLIPS:
                continue
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


def fitted(
    figures: numpy.ndarray, mends: numpy.ndarray, weights: numpy.ndarray
) -> dict[str, numpy.ndarray]:
    """Return boosted trees as arrays by tree and node; a leaf leads to itself."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    model = HistGradientBoostingClassifier(
        max_iter=TREES_OF, learning_rate=0.06, max_leaf_nodes=15, max_depth=DEEPEST,
        min_samples_leaf=20, l2_regularization=3.0, random_state=1,
    ).fit(figures, mends, sample_weight=weights)  # fmt: skip
    trees = [each[0].nodes for each in model._predictors]
    shape = len(trees), max(map(len, trees))
    told = {
        "feature": numpy.zeros(shape, "uint8"),
        "threshold": numpy.zeros(shape, "float32"),
        "left": numpy.zeros(shape, "uint8"),
        "right": numpy.zeros(shape, "uint8"),
        "value": numpy.zeros(shape, "float32"),
    }
    for number, nodes in enumerate(trees):
        leaf, itself = nodes["is_leaf"].astype(bool), numpy.arange(len(nodes))
        rows = number, slice(0, len(nodes))
        told["feature"][rows] = numpy.where(leaf, 0, nodes["feature_idx"])
        told["threshold"][rows] = numpy.where(leaf, 0, nodes["num_threshold"])
        told["left"][rows] = numpy.where(leaf, itself, nodes["left"])
        told["right"][rows] = numpy.where(leaf, itself, nodes["right"])
        told["value"][rows] = numpy.where(leaf, nodes["value"], 0)
    return {**told, "base": numpy.array(float(numpy.ravel(model._baseline_prediction)[0]))}


def main() -> None:
    """Fit both sets of trees and write them; the second needs LibIME's model installed."""
    if ime() is None:
        sys.exit("LibIME's model or kenlm is missing: only half could be fitted")
    names = words_in(_DATA / "phrases.txt") + words_in(making.DATA / "wording-names.txt")
    scorer = TypoScorer(Mixture([(1.0, _statutes())]), Judge(), names)
    general = [one for one in making.long_enough([*handbook(), *messages()]) if "`" not in one]
    parts = [
        (1.0, rows(scorer, making.sentences([making.DATA / "wording-worn.txt"]), 31, 500)),
        (1.0, rows(scorer, making.sentences([making.DATA / "wording-fitting.txt"]), 32, 140)),
        (0.5, rows(scorer, general, 33, 300)),
    ]
    table = numpy.array([each for _, (figures, _) in parts for each in figures], "float32")
    labels = numpy.array([each for _, (_, mends) in parts for each in mends])
    weights = numpy.concatenate([numpy.full(len(mends), weight) for weight, (_, mends) in parts])
    told = {}
    for name, wide in (("plain", NAMES), ("with_ime", NAMES + IME_NAMES)):
        trees = fitted(table[:, : len(wide)], labels, weights)
        told.update({f"{name}_{part}": array for part, array in trees.items()})
    numpy.savez_compressed(TREES, **told)
    print(f"{len(labels)} edits, {int(labels.sum())} of them mend a slip")


if __name__ == "__main__":
    main()
