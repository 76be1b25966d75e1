"""`gongkai checkwording FILE...`: wrong words, marks, days and figures in files."""

import argparse
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from gongkai.adapters.charmodel import allowed_in, scorer
from gongkai.adapters.commandline import day, refuse
from gongkai.adapters.contents import Part
from gongkai.files.management.checking import CheckCommand, Hit
from gongkai.text.wording import Wording

LEARNED = Path(__file__).resolve().parents[4] / "var" / "wording"


def learned(code: str | None) -> Path | None:
    """Return the folder of what a county has taught: the one named, or the only one there is."""
    folder = Path(os.environ.get("GONGKAI_WORDING_DIR") or LEARNED)
    if code:
        if not (folder / code).is_dir():
            raise refuse(f"县“{code}”还没有学习，请先运行 gongkai trainwording")
        return folder / code
    found = [each for each in folder.iterdir() if each.is_dir()] if folder.is_dir() else []
    return found[0] if len(found) == 1 else None


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
        parser.add_argument(
            "--county", metavar="CODE", help="用哪个县学习的结果；只学习过一个县的不用写"
        )
        parser.add_argument(
            "--rules-only", action="store_true", help="只按规则检查，不用模型查错字、漏字、颠倒"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Build the checker once, then look through the files."""
        county = learned(options["county"])
        allowed = [*options["allow"], *(allowed_in(county) if county else ())]
        try:
            model = None if options["rules_only"] else scorer(county)
        except ValueError as error:
            raise refuse(f"{county} 里的模型已损坏，请重新运行 gongkai trainwording") from error
        self._wording = Wording(allow=allowed, scorer=model)
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
