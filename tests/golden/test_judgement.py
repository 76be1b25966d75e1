"""The checkers against the frozen sets: figures are printed, floors are held (see README)."""

import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from gongkai.text.privacy import find
from gongkai.text.wording import Wording

HERE = Path(__file__).parent
NUMBERS = {"identity_number", "identity_number_old", "mobile_phone", "bank_card"}


def _rows(name: str) -> Iterator[dict[str, Any]]:
    for line in (HERE / name).read_text("utf-8").splitlines():
        yield json.loads(line)


def _tell(line: str) -> None:
    sys.stdout.write(f"\n{line}")


def _meets(one: Any, span: dict[str, Any]) -> bool:
    return one.start < span["end"] and span["start"] < one.end


def test_personal_data(capsys):
    hits: dict[bool, int] = {True: 0, False: 0}  # by: numbers, or anything else
    misses, false = dict(hits), dict(hits)
    for row in _rows("privacy/judge.jsonl"):
        found = find(row["text"], allowed=row.get("allowed", ()))
        right = set()
        for span in row["spans"]:
            met = [one for one in found if one.rule == span["rule"] and _meets(one, span)]
            right |= {id(one) for one in met}
            (hits if met else misses)[span["rule"] in NUMBERS] += 1
        for one in found:
            false[one.rule in NUMBERS] += id(one) not in right
    with capsys.disabled():
        for numbers in (True, False):
            recall = hits[numbers] / (hits[numbers] + misses[numbers])
            precision = hits[numbers] / (hits[numbers] + false[numbers])
            what = "identity, phone, card" if numbers else "other personal data"
            _tell(f"{what}: recall {recall:.3f}, precision {precision:.3f}")
            assert recall >= (0.97 if numbers else 0.9)
            assert precision >= (0.95 if numbers else 0.9)


def test_wrong_words(capsys):
    wording = Wording()
    found = missed = right = 0
    for row in _rows("wording/faults.jsonl"):
        told = wording.check(row["text"], date.fromisoformat(row["on"]))
        for fault in row["faults"]:
            met = [one for one in told if _meets(one, fault)]
            found, missed = found + bool(met), missed + (not met)
            right += any(one.suggestion == fault["suggestion"] for one in met)
    clean = list(_rows("wording/clean.jsonl"))
    false = [
        row["id"] for row in clean if wording.check(row["text"], date.fromisoformat(row["on"]))
    ]
    with capsys.disabled():
        _tell(
            f"wrong words: {found} of {found + missed} faults found, {right} with the labelled"
            f" suggestion; {len(false)} of {len(clean)} clean sentences told wrong"
        )
    assert len(false) <= len(clean) / 100
    assert found >= 0.9 * (found + missed)
