"""What citizens type, and whether it finds what it should: 300 queries with known answers.

The truth is read from the texts themselves, by an oracle that knows nothing of our terms: NFKC,
one bracket for all, no blanks, and numbers whole.
"""

import random
import re
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ahocorasick_rs import AhoCorasick

from benchmarks import searchcorpus
from benchmarks.measuring import Measured, hand_over
from benchmarks.searchbuilding import DOCUMENTS, WHERE, built
from gongkai.adapters.searchindex.types import Index, Query, Record
from gongkai.text.variants_data import PAIRS

PAGE = 500
LISTED = 2000  # larger answers are compared by their number and their first page
_BRACKETS = str.maketrans("〔〕[]【】", "()()()")
_CHINESE = re.compile("[一-鿿]{12,}")
_SUM = re.compile(r"\d+(?:万元|元|户|平方米)")
_WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
_TRADITIONAL = {ord(pair[1]): pair[0] for pair in PAIRS.split()}


@dataclass
class Asked:
    """A query, of which group it is, what must be found, and the answer."""

    group: str
    typed: str
    truth: str
    right: set[str] = field(default_factory=set)


def normal(text: str) -> str:
    """Return the text as the oracle compares it."""
    plain = unicodedata.normalize("NFKC", text).translate(_BRACKETS)
    return re.sub(r"\s+", "", plain).lower()


def whole(record: Record) -> str:
    """Return all the text of a record, its parts apart from each other."""
    parts = (record.title, record.number, record.organ, *record.names, record.body,
             *(each.text for each in record.passages))  # fmt: skip
    return "|".join(map(normal, parts))


def queries(documents: int) -> Iterator[Asked]:
    """Yield the set; the known items have their record for truth."""
    chance = random.Random(2026)
    yield from _numbers(chance, documents)
    for _ in range(50):
        name = searchcorpus.person(chance.randrange(20_000))
        yield Asked("names of people", name, name)
    for place in chance.sample(searchcorpus.places(), 30):
        yield Asked("names of places", place, place)
    for length in range(2, 13):
        for _ in range(6):
            text = _piece(chance, documents, length)
            yield Asked("substrings of 2 to 12", text, normal(text))
    for _ in range(30):
        text = _piece(chance, documents, chance.randint(3, 8))
        yield Asked("traditional characters", text.translate(_TRADITIONAL), normal(text))
    for _ in range(30):
        found = _SUM.findall(searchcorpus.record(chance.randrange(documents)).body)
        if found:
            text = chance.choice(found)
            yield Asked("sums, half of them in full width",
                        text.translate(_WIDE) if chance.random() < 0.5 else text, text)  # fmt: skip


def _numbers(chance: random.Random, documents: int) -> Iterator[Asked]:
    ways = ("〔{}〕", "[{}]", "（{}）", "【{}】", "［{}］", "〔 {} 〕")
    for place in range(60):
        number = ""
        while not number:
            number = searchcorpus.record(chance.randrange(documents)).number
        mark, year, serial = re.fullmatch(r"(.+)〔(\d+)〕(\d+号)", number).groups()
        typed = mark + ways[place % 6].format(year) + serial
        if place % 4 == 3:
            typed = typed.translate(_WIDE)
        if place % 5 == 4:
            yield Asked("document numbers", typed.removeprefix(mark), normal(f"({year}){serial}"))
        else:
            yield Asked("document numbers", typed, normal(number))


def _piece(chance: random.Random, documents: int, length: int) -> str:
    while True:
        runs = _CHINESE.findall(searchcorpus.record(chance.randrange(documents)).body)
        if runs:
            run = chance.choice(runs)
            start = chance.randrange(len(run) - length + 1)
            return run[start : start + length]


def find_truth(asked: Sequence[Asked], documents: int) -> None:
    """Read all texts and note which queries each one answers."""
    matcher = AhoCorasick([each.truth for each in asked])
    exact = [_bounded(each.truth) for each in asked]
    for number in range(documents):
        record = searchcorpus.record(number)
        text = whole(record)
        for place in {
            found[0] for found in matcher.find_matches_as_indexes(text, overlapping=True)
        }:
            if exact[place] is None or exact[place].search(text):
                asked[place].right.add(record.key)


def _bounded(truth: str) -> re.Pattern[str] | None:
    """Return the pattern of a truth that begins or ends with a digit: no number is cut."""
    head = r"(?<!\d)(?<!\d[.,])" if truth[0].isdigit() else ""
    tail = r"(?![.,]?\d)" if truth[-1].isdigit() else ""
    return re.compile(head + re.escape(truth) + tail) if head or tail else None


def judge(index: Index, asked: Asked) -> tuple[float, float]:
    """Return recall and precision of a query."""
    scopes = (searchcorpus.SCOPE,)
    first = index.search(Query(words=asked.typed, scopes=scopes, size=PAGE))
    total = 0 if first.loosened else first.total
    if not asked.right or not total:
        return float(not asked.right), float(not total)
    found = {hit.key for hit in first.hits}
    if total > LISTED:
        alike = min(total, len(asked.right)) / max(total, len(asked.right))
        wrong = len(found - asked.right) / len(found)
        return (alike if total < len(asked.right) else 1.0), min(1 - wrong, alike)
    for page in range(2, -(-total // PAGE) + 1):
        more = index.search(Query(words=asked.typed, scopes=scopes, size=PAGE, page=page))
        found |= {hit.key for hit in more.hits}
    right = len(found & asked.right)
    return right / len(asked.right), right / len(found)


def known_items(index: Index, documents: int, number: int = 120) -> float:
    """Return the share of records among the first ten of what one would type for them."""
    chance = random.Random(11)
    found = 0
    for place in range(number):
        record = searchcorpus.record(chance.randrange(documents))
        typed = _remembered(record, place)
        hits = index.search(Query(words=typed, scopes=(searchcorpus.SCOPE,))).hits
        if record.key in {hit.key for hit in hits}:
            found += 1
        else:
            sys.stderr.write(f"not among the first ten: {typed} ({record.title})\n")
    return found / number


def _remembered(record: Record, place: int) -> str:
    """Return what somebody remembers of a title: all, the gist, or a question about it."""
    gist = record.title.partition("关于")[2]
    head, _, kind = gist.rpartition("工作的")
    return (
        record.title,
        gist,
        f"{record.names[0]} {head} {kind}",
        f"{record.published_on.year}年{head}工作的{kind}",
        f"{record.organ} {kind} {head}",
        f"请问{head}工作有什么{kind}",
    )[place % 6]


def main() -> None:
    """Judge each group and the known items."""
    index, building = built()
    hand_over(building)
    asked = list(queries(DOCUMENTS))
    assert len(asked) >= 200, len(asked)
    find_truth(asked, DOCUMENTS)
    groups: dict[str, list[tuple[float, float]]] = {}
    for each in asked:
        recall, precision = judge(index, each)
        groups.setdefault(each.group, []).append((recall, precision))
        if recall < 1 or precision < 1:
            sys.stderr.write(f"{each.group}: {each.typed} {recall:.3f} {precision:.3f}\n")
    for group, judged in groups.items():
        recall = sum(each for each, _ in judged) / len(judged)
        precision = sum(each for _, each in judged) / len(judged)
        of = f"{len(judged)} {group}"
        hand_over(
            [
                Measured(f"recall, {of}", WHERE, recall, 1, "", at_most=False),
                Measured(f"precision, {of}", WHERE, precision, 0.99, "", at_most=False),
            ]
        )
    share = known_items(index, DOCUMENTS)
    hand_over([Measured("known item among the first ten", WHERE, share, 0.98, "", at_most=False)])


if __name__ == "__main__":
    main()
