"""`gongkai trainwording`: teach the check of slips a county's own texts and names."""

import argparse
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings

from gongkai.adapters.charmodel import ALLOWED, MODEL, NAMES, learn
from gongkai.adapters.commandline import Command as ChineseCommand
from gongkai.adapters.commandline import refuse
from gongkai.adapters.contents import read_file
from gongkai.adapters.readers.limits import ReadError
from gongkai.disclosure.models import Entry
from gongkai.disclosure.rules.body import read_body
from gongkai.orgs.models import Organ, OrganKind, OrganName
from gongkai.orgs.queries import organs_of

_PORTION = 200
_LEAST = 2_000  # characters below which nothing is learned
_PLACE = re.compile(r"([一-鿿]{1,7}(?:县|市|区|镇|乡|街道))(?:人民政府|办事处|委员会)?")
_ENDS = re.compile("(?:县|镇|乡|街道)$")


class Command(ChineseCommand):
    """Learn what a county has published."""

    help = "让错字检查学习本县已公开的文字和机构名称，学过以后误报减少"

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take the county and further files."""
        parser.add_argument(
            "files", nargs="*", metavar="FILE", help="另外学习的文件，应当已经校对无误"
        )
        parser.add_argument("--county", metavar="代码", help="县政府的机构代码；只有一个县的不用写")
        parser.add_argument(
            "--files-only", action="store_true", help="只学习列出的文件，不读已公开的信息"
        )
        self.add_format(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the county's names, then its model; what was learned before is replaced."""
        county = _county(options["county"])
        folder = Path(settings.GONGKAI_WORDING_DIR) / county.code
        names = sorted(_names(county))
        texts = [] if options["files_only"] else list(_published(county))
        texts += [text for name in options["files"] for text in _read(name)]
        size = sum(map(len, texts))
        folder.mkdir(parents=True, exist_ok=True)
        (folder / NAMES).write_text("\n".join(names) + "\n", "utf-8")
        learned = learn(texts, folder / MODEL) if size >= _LEAST else 0
        if not learned:
            (folder / MODEL).unlink(missing_ok=True)
        told = f"已记下机构和地名{len(names)}个。" + (
            f"已学习{len(texts)}篇，共{learned}字。"
            if learned
            else f"文字只有{size}字，不足{_LEAST}字，没有学习。"
        )
        value = {"folder": str(folder), "names": len(names), "texts": len(texts), "size": learned}
        self.finish(options, value, f"{told}\n误报的词写在{folder / ALLOWED}，一行一个。")


def _county(code: str | None) -> Organ:
    counties = Organ.objects.filter(kind=OrganKind.COUNTY_GOVERNMENT)
    if code:
        county = counties.filter(code=code).first()
        if county is None:
            raise refuse(f"没有代码是“{code}”的县政府")
        return county
    found = list(counties[:2])
    if not found:
        raise refuse("还没有开通县，请先运行 gongkai opencounty")
    if len(found) > 1:
        raise refuse("有几个县，请用 --county 写明县政府的机构代码")
    return found[0]


def _names(county: Organ) -> Iterator[str]:
    """Yield the names that organs bear or bore, and the places in them."""
    told: set[str] = set()
    organs = organs_of(county)
    for pair in organs.values_list("name", "short_name"):
        told.update(pair)
    for pair in OrganName.objects.filter(organ__in=organs).values_list("full_name", "short_name"):
        told.update(pair)
    for name in tuple(told):
        rest = name
        while match := _PLACE.match(rest):
            told.add(match[1])
            short = _ENDS.sub("", match[1])
            if len(short) > 1:
                told.add(short)
            rest = rest[match.end() :]
    yield from (name for name in told if len(name) > 1)


def _published(county: Organ) -> Iterator[str]:
    """Yield title and words of what the public sees of a county."""
    live = Entry.objects.live().filter(organ__in=organs_of(county))
    rows = live.values_list("published__body", "title").order_by("pk")
    for body, title in rows.iterator(_PORTION):
        words = [block.text for block in read_body(body or "").paragraphs]
        yield "\n".join([title, *words])


def _read(name: str) -> list[str]:
    try:
        return [part.text for part in read_file(Path(name))]
    except ReadError as error:
        raise refuse(f"{name} 无法学习：{error}") from error
