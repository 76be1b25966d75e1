"""Cross-footing: sheets a second on one core."""

import random

from benchmarks.measuring import Measured, cpu_seconds, hand_over
from gongkai.statute.grounds import Ground
from gongkai.statute.requesters import RequesterKind
from gongkai.tables.crossfoot import crossfoot
from gongkai.tables.editions import EDITIONS
from gongkai.tables.facts import requests_measure

SHEETS = 500


def main() -> None:
    """Cross-foot clean sheets of both editions, each with figures of its own."""
    chance = random.Random(2020)
    sheets = []
    for place in range(SHEETS):
        facts = {}
        for kind in RequesterKind:
            granted = chance.randrange(50)
            facts[requests_measure("received", kind)] = granted
            facts[requests_measure(f"outcome.{Ground.GRANTED.name}", kind)] = granted
        editions = list(EDITIONS.values()) if isinstance(EDITIONS, dict) else list(EDITIONS)
        sheets.append(editions[place % len(editions)].lay_out(facts))
    seconds = cpu_seconds(lambda: [crossfoot(sheet) for sheet in sheets])
    hand_over([Measured("sheets cross-footed", "plain", SHEETS / seconds, 1000, "a second", False)])


if __name__ == "__main__":
    main()
