"""`gongkai buildsearch`: make the search indices anew from the database, or compare them with it.

The old index serves until the new one is whole; memory stays flat however many records there are.
"""

import argparse
import time
from typing import Any

from django.utils import timezone

from gongkai.adapters import searchfeeds
from gongkai.adapters.commandline import Command as ChineseCommand
from gongkai.adapters.commandline import refuse
from gongkai.adapters.searchfeeds import Difference, Feed
from gongkai.adapters.searchindex.types import IndexBusy, IndexFailed

_NAMED = 10  # keys shown of a difference


class Command(ChineseCommand):
    """Build or check the indices."""

    help = "按数据库重建搜索索引（门户和工作人员两个），重建期间原索引继续使用；--check 只作核对"

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Add which index, and whether to compare only."""
        self.add_format(parser)
        parser.add_argument(
            "--index",
            choices=sorted(searchfeeds.feeds),
            metavar="索引",
            help="只处理一个索引：public 门户，staff 工作人员（默认两个都处理）",
        )
        parser.add_argument(
            "--check", action="store_true", help="只核对索引与数据库是否一致，不一致时退出码为 1"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it for each index."""
        if not searchfeeds.is_on():
            raise refuse("本系统没有启用搜索：请在设置 GONGKAI_SEARCH 中指定 engine")
        wanted = options["index"]
        chosen = [
            each for name, each in sorted(searchfeeds.feeds.items()) if wanted in (None, name)
        ]
        try:
            if options["check"]:
                self._check(chosen, options)
            else:
                self._build(chosen, options)
        except IndexBusy as error:
            raise refuse(f"索引正由其他进程写入，请稍后再试：{error}") from error
        except IndexFailed as error:
            raise refuse(f"索引不能读写：{error}") from error

    def _build(self, chosen: list[Feed], options: dict[str, Any]) -> None:
        told: dict[str, Any] = {}
        lines = []
        for feed in chosen:
            started = time.perf_counter()
            count = searchfeeds.rebuild(feed, at=timezone.now(), tell=self._teller(feed, options))
            seconds = time.perf_counter() - started
            told[feed.name] = {"records": count, "seconds": round(seconds, 1)}
            lines.append(f"{feed.label}：{count}条，用时{seconds:.1f}秒")
        self.finish(options, told, "搜索索引已重建。\n" + "\n".join(lines))

    def _teller(self, feed: Feed, options: dict[str, Any]) -> Any:
        def tell(done: int) -> None:
            if options["format"] == "text" and done % 10_000 == 0:
                self.stderr.write(f"{feed.label}：已写入{done}条 …")

        return tell

    def _check(self, chosen: list[Feed], options: dict[str, Any]) -> None:
        found = {feed.name: (feed.label, searchfeeds.difference(feed)) for feed in chosen}
        value = {
            name: {"held": each.held, "missing": list(each.missing), "extra": list(each.extra)}
            for name, (_, each) in found.items()
        }
        text = "\n".join(_said(label, each) for label, each in found.values())
        amiss = any(each for _, each in found.values())
        self.finish(options, value, text, code=1 if amiss else 0)


def _said(label: str, found: Difference) -> str:
    if not found:
        return f"{label}：索引与数据库一致，共{found.held}条。"
    lines = [f"{label}：索引共{found.held}条，与数据库不一致，请运行 gongkai buildsearch。"]
    for name, keys in (("缺少", found.missing), ("多出", found.extra)):
        if keys:
            more = " …" if len(keys) > _NAMED else ""
            lines.append(f"  {name}{len(keys)}条：{'、'.join(keys[:_NAMED])}{more}")
    return "\n".join(lines)
