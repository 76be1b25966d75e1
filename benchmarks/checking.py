"""Checking before release: personal data and wrong words in a mass of prose, on one core."""

import json
from datetime import date
from pathlib import Path

from benchmarks.measuring import Measured, cpu_seconds, hand_over
from gongkai.text.privacy import find, find_in_rows
from gongkai.text.wording import Wording

GOLDEN = Path(__file__).parents[1] / "tests" / "golden"
DAY = date(2026, 3, 2)
CHARACTERS = 1_000_000
DOCUMENT = 1_500  # characters of the generated corpus' documents
ROWS = 15_000  # of the subsidy list that leaked in 2025 (law.md 9.2)


def prose() -> list[str]:
    """Return documents made of the sentences of the judgement sets, findings included."""
    names = ("privacy/judge", "wording/clean", "wording/faults")
    said = [
        json.loads(line)["text"]
        for name in names
        for line in (GOLDEN / f"{name}.jsonl").read_text("utf-8").splitlines()
    ]
    once = "\n".join(said)
    whole = "\n".join([once] * (CHARACTERS // len(once) + 1))[:CHARACTERS]
    return [whole[at : at + DOCUMENT] for at in range(0, CHARACTERS, DOCUMENT)]


def main() -> None:
    """Measure the two checkers and a long list."""
    documents = prose()
    wording = Wording()
    head = ["姓名", "身份证号", "一卡通账号", "住址", "金额"]
    row = ["张三", "36092519800101002X", "6210980000123456789", "高湖镇西头村下坑组12号", "600"]
    rows = [head, *[row] * ROWS]
    privacy = cpu_seconds(lambda: [find(each) for each in documents])
    words = cpu_seconds(lambda: [wording.check(each, DAY) for each in documents])
    told = "documents of 1,500 characters"
    hand_over(
        [
            Measured(
                f"personal data in {told}", "plain",
                CHARACTERS / privacy, 200_000, "characters/s CPU", at_most=False,
            ),
            Measured(
                f"wrong words in {told}", "plain",
                CHARACTERS / words, 100_000, "characters/s CPU", at_most=False,
            ),
            Measured(
                "a list of 15,000 rows with three private columns", "plain",
                cpu_seconds(lambda: find_in_rows(rows)), 5, "s CPU",
            ),
        ]
    )  # fmt: skip


if __name__ == "__main__":
    main()
