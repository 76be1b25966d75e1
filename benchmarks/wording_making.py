"""Make the sets of slips that judge the wording model: seeded, frozen before they were measured.

Reads `data/wording-prose.txt` (prose written for this, twenty-nine papers of a county, each under
a line of `#`) and `wording-prose2.txt` (twenty more, written when the judge that they judge was
done), writes `wording-slips.tsv` and `wording-slips2.tsv`; a slip names its sentence by number.
What sounds alike comes from a maker's tool (pypinyin) and what looks alike from drawn characters
compared, so that the checker's own tables have no part in it. Run it by hand only: the sets are
frozen, and a checker is never fitted to them. The set before these had been looked at too often;
its sentences (`data/wording-worn.txt`) are what the checker is fitted to now.
"""

import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy
from PIL import Image, ImageDraw, ImageFilter, ImageFont

DATA = Path(__file__).parent / "data"
FONT = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
KINDS = ("sound", "shape", "swapped", "doubled", "missing")
SETS = {"": (20270415, 110), "2": (20261127, 60)}  # by the end of their names: seed, of each kind
HAN = re.compile("[一-鿿]")
COMMON = [
    bytes((high, low)).decode("gb2312")
    for high in range(0xB0, 0xD8)
    for low in range(0xA1, 0xFF)
    if (high, low) <= (0xD7, 0xF9)
]  # the 3,755 characters of the first level of GB 2312


def sentences(names: list[str]) -> list[str]:
    """Return the sentences of files, each once, of eight Chinese characters at least."""
    return [one for name in names for paper in papers(Path(name)) for one in paper]


def papers(path: Path) -> list[list[str]]:
    """Return the sentences of each paper of a file, no sentence twice; `#` begins a paper."""
    told: list[list[str]] = []
    known: set[str] = set()
    for part in re.split(r"(?m)^#.*$", path.read_text("utf-8")):
        new = [one for one in long_enough(part.splitlines()) if one not in known]
        known.update(new)
        if new:
            told.append(new)
    return told


def long_enough(lines: list[str]) -> list[str]:
    """Return the sentences of lines, each once, of eight Chinese characters at least."""
    told: dict[str, None] = {}
    for line in lines:
        for one in re.split(r"(?<=[。？！])", re.sub(r"\s", "", line)):
            whole = all(one.count(a) == one.count(b) for a, b in ("《》", "“”", "（）"))
            if len(HAN.findall(one)) >= 8 and len(one) <= 120 and whole:
                told.setdefault(one)
    return list(told)


def sounds() -> dict[str, list[str]]:
    """Return for each common character the others of its usual syllable, whatever the tone."""
    from pypinyin import lazy_pinyin  # a maker's tool, no dependency of the product

    by: dict[str, list[str]] = {}
    for one in COMMON:
        by.setdefault(lazy_pinyin(one)[0], []).append(one)
    return {one: [other for other in each if other != one] for each in by.values() for one in each}


def shapes() -> dict[str, list[str]]:
    """Return for each common character up to three that look most like it when drawn."""
    font = ImageFont.truetype(FONT, 40, index=2)
    rows = []
    for one in COMMON:
        image = Image.new("L", (48, 48))
        ImageDraw.Draw(image).text((4, -6), one, fill=255, font=font)
        dots = numpy.asarray(image.filter(ImageFilter.GaussianBlur(1)), dtype="float32").ravel()
        rows.append(dots / numpy.linalg.norm(dots))
    drawn = numpy.stack(rows)
    alike = drawn @ drawn.T
    numpy.fill_diagonal(alike, 0)
    return {
        one: [COMMON[at] for at in numpy.argsort(-alike[number])[:3] if alike[number][at] > 0.72]
        for number, one in enumerate(COMMON)
    }


def slips(said: list[str], seed: int, of_each: int) -> Iterator[tuple[int, str, int, str, str]]:
    """Yield (sentence, kind, place, what stood there, what stands there now), kinds in turn."""
    chance = random.Random(seed)
    tables = {"sound": sounds(), "shape": shapes()}
    order: list[int] = []
    for number in range(of_each * len(KINDS)):
        kind = KINDS[number % len(KINDS)]
        while True:
            if not order:
                order = chance.sample(range(len(said)), len(said))
            sentence = order.pop()
            made = slip(chance, kind, said[sentence], tables)
            if made:
                yield sentence, kind, *made
                break


def slip(chance: random.Random, kind: str, text: str, tables: dict) -> tuple[int, str, str] | None:
    """Return one slip of a kind in a sentence, None where it can have none."""
    places = [at.start() for at in HAN.finditer(text)]
    for at in chance.sample(places, len(places)):
        one, pair = text[at], text[at : at + 2]
        if kind in tables:
            others = tables[kind].get(one)
            if others:
                return at, one, chance.choice(others)
        elif kind == "swapped":
            if len(HAN.findall(pair)) == 2 and pair[0] != pair[1]:
                return at, pair, pair[::-1]
        else:
            return at, one, one * 2 if kind == "doubled" else ""
    return None


def main() -> None:
    """Write the slips of the sets named, of both when none is."""
    for which in sys.argv[1:] or SETS:
        said = sentences([str(DATA / f"wording-prose{which}.txt")])
        rows = ["\t".join(map(str, each)) for each in slips(said, *SETS[which])]
        (DATA / f"wording-slips{which}.tsv").write_text("\n".join(rows) + "\n", "utf-8")


if __name__ == "__main__":
    main()
