"""`gongkai checkwording FILE...`: wrong words, marks, days and figures in files."""

import argparse
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from gongkai.adapters.commandline import day
from gongkai.adapters.contents import Part
from gongkai.files.management.checking import CheckCommand, Hit
from gongkai.text.wording import Wording


class Command(CheckCommand):
    """Find wrong wording."""

    help = "检查文件里的错别字、不规范表述、已更名的机构、标点、日期和数字"

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take the day of the text and the words that are allowed."""
        super().add_arguments(parser)
        parser.add_argument(
            "--on", type=day, metavar="DAY", help="文件的日期，如 2026-03-02（默认今天）"
        )
        parser.add_argument(
            "--allow",
            action="append",
            default=[],
            metavar="WORD",
            help="允许使用的词，如地名、企业名称；可以写多次",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Build the checker once, then look through the files."""
        self._wording = Wording(allow=options["allow"])
        super().handle(*args, **options)

    def hits(self, part: Part, options: dict[str, Any]) -> Iterator[Hit]:
        """Yield what is wrong in a part's text."""
        on = options["on"] or datetime.now(ZoneInfo("Asia/Shanghai")).date()
        for one in self._wording.check(part.text, on):
            message = one.message
            if one.suggestion and one.suggestion not in message:
                message = f"应为“{one.suggestion}”。{message}"
            yield Hit(
                one.start, one.end, one.found, one.suggestion,
                one.rule, one.level.value, message, part.where,
            )  # fmt: skip
