"""Random slips: recall, precision and false alarms on two frozen sets, and characters a second.

The sets (`data/wording-slips.tsv`, `-slips2.tsv`) were frozen before they were measured, see
`wording_making.py`; the second was not looked at while anything was chosen. A slip counts as found
when a finding touches its place; in a slipped sentence every other finding is false. Each way is
measured without LibIME's model and, where it is installed, with it.
`python -m benchmarks.wording --detail` prints the confusion by kind and what was false.
"""

import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from benchmarks import wording_making as making
from benchmarks.measuring import Measured, cpu_seconds, hand_over
from gongkai.adapters.charmodel import MODEL, NAMES, learn, scorer
from gongkai.adapters.charmodel.words import ime
from gongkai.text.wording import Wording

DATA = Path(__file__).parent / "data"
DAY = date(2026, 3, 2)
KINDS = ("sound", "shape", "swapped", "doubled", "missing")
LEARNED = ("wording-worn.txt", "wording-fitting.txt")  # what the county published besides


@dataclass(frozen=True, slots=True)
class Slip:
    """A slip in a sentence: `was` stood at a place and `now` stands there."""

    number: int
    kind: str
    at: int
    was: str
    now: str

    def made_in(self, sentence: str) -> str:
        """Return the sentence with the slip."""
        return sentence[: self.at] + self.now + sentence[self.at + len(self.was) :]

    def touched_by(self, start: int, end: int) -> bool:
        """Say whether a place is this slip's; where a character is missing, beside its gap."""
        first, last = (self.at, self.at + len(self.now)) if self.now else (self.at - 1, self.at + 1)
        return start < last and end > first


@dataclass(slots=True)
class Figures:
    """What was found in slipped and clean sentences."""

    slips: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    mended: Counter[str] = field(default_factory=Counter)
    told_as: Counter[tuple[str, str]] = field(default_factory=Counter)
    false: int = 0
    clean: int = 0
    alarms: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """Return the share of slips found."""
        return self.found.total() / self.slips.total()

    @property
    def precision(self) -> float:
        """Return the share of true findings in slipped sentences."""
        return self.told_as.total() / (self.told_as.total() + self.false)

    @property
    def false_in_100(self) -> float:
        """Return false findings in a hundred clean sentences."""
        return 100 * len(self.alarms) / self.clean


def sentences(which: str) -> list[str]:
    """Return the clean sentences of a set."""
    return [one for paper in making.papers(DATA / f"wording-prose{which}.txt") for one in paper]


def slips(which: str) -> Iterator[Slip]:
    """Yield the frozen slips of a set."""
    for line in (DATA / f"wording-slips{which}.tsv").read_text("utf-8").splitlines():
        number, kind, at, was, now = line.split("\t")
        yield Slip(int(number), kind, int(at), was, now)


def judge(wording: Wording, which: str, numbers: set[int], into: Figures) -> None:
    """Add what a checker finds in the sentences of these numbers, slipped and clean."""
    said = sentences(which)
    for number in sorted(numbers):
        into.clean += 1
        for one in wording.check(said[number], DAY):
            into.alarms.append(f"{one.rule}\t{one.found}→{one.suggestion}\t{said[number]}")
    for slip in slips(which):
        if slip.number not in numbers:
            continue
        text = slip.made_in(said[slip.number])
        into.slips[slip.kind] += 1
        hit = False
        for one in wording.check(text, DAY):
            if not slip.touched_by(one.start, one.end):
                into.false += 1
                continue
            into.told_as[slip.kind, one.rule.rpartition(".")[2] or one.rule] += 1
            mended = text[: one.start] + one.suggestion + text[one.end :] == said[slip.number]
            into.mended[slip.kind] += mended and not hit
            hit = True
        into.found[slip.kind] += hit


def halves(which: str) -> tuple[set[int], set[int]]:
    """Return the numbers of the sentences of every other paper, and of the others."""
    both: tuple[set[int], set[int]] = set(), set()
    at = 0
    for number, paper in enumerate(making.papers(DATA / f"wording-prose{which}.txt")):
        both[number % 2].update(range(at, at + len(paper)))
        at += len(paper)
    return both


def county(folder: Path, learned: Sequence[str] = ()) -> Path:
    """Lay a county's folder: its names; with sentences, also the model of what it has published."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / NAMES).write_text((DATA / "wording-names.txt").read_text("utf-8"), "utf-8")
    if learned:
        texts = [*learned]
        texts += [(DATA / name).read_text("utf-8") for name in LEARNED]
        learn(texts, folder / MODEL)
    return folder


def main() -> None:
    """Measure with names alone, then with each half of the papers learned for the other."""
    for with_ime in (False, True) if ime() is not None else (False,):
        _measure(with_ime)


def _measure(with_ime: bool) -> None:
    def checker(folder: Path) -> Wording:
        return Wording(scorer=scorer(folder, with_ime=with_ime))

    where = "with LibIME" if with_ime else "shipped"
    with tempfile.TemporaryDirectory() as place:
        for which in making.SETS:
            folder = Path(place) / f"set{which}"
            alone, learned = Figures(), Figures()
            wording = checker(county(folder / "named"))
            said, (even, odd) = sentences(which), halves(which)
            judge(wording, which, even | odd, alone)
            for own, other in ((even, odd), (odd, even)):
                texts = [said[number] for number in sorted(other)]
                laid = county(folder / f"half{min(other)}", texts)
                judge(checker(laid), which, own, learned)
            hand_over(_rows(alone, f"{where}, names known"))
            hand_over(_rows(learned, f"{where}, county's texts learned"))
            if "--detail" in sys.argv:
                _print(alone)
                _print(learned)
        text = "\n".join(sentences(""))
        rate = len(text) / cpu_seconds(lambda: wording.check(text, DAY), 3)
    hand_over([Measured("slips by model and rules", where, rate, 3_000, "characters/s CPU", False)])


def _rows(figures: Figures, where: str) -> Iterator[Measured]:
    yield Measured(
        f"{figures.slips.total()} slips found", where, figures.recall, 0.65, "recall", False
    )
    yield Measured("of findings in slipped sentences", where, figures.precision, 0.90,
                   "precision", False)  # fmt: skip
    yield Measured("false alarms", where, figures.false_in_100, 1, "in 100 clean sentences")


def _print(figures: Figures) -> None:
    print(f"recall {figures.recall:.3f} precision {figures.precision:.3f} "
          f"false {figures.false_in_100:.2f} in 100")  # fmt: skip
    for kind in KINDS:
        told = {rule: count for (of, rule), count in figures.told_as.items() if of == kind}
        count = figures.slips[kind]
        print(f"{kind:8} {figures.found[kind] / count:.2f} found, "
              f"{figures.mended[kind] / count:.2f} mended as it was; told as {told}")  # fmt: skip
    print("\n".join(figures.alarms))


if __name__ == "__main__":
    main()
