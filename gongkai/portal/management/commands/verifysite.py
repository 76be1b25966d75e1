"""`gongkai verifysite`: whether the files of the site are what the records say."""

import argparse
import os
from collections import Counter
from typing import Any

from gongkai.adapters.commandline import Command as BaseCommand
from gongkai.adapters.commandline import refuse
from gongkai.portal.publishing.building import Progress
from gongkai.portal.publishing.checking import Kind, differences
from gongkai.portal.publishing.place import site_trees

_NAMED = 200  # differences named in the text; JSON names all


class Command(BaseCommand):
    """Compare the files with the records."""

    help = "逐页核对网站文件与记录：缺少、不符、多余、不完整、撤下后的副本；有差异退出码为 1"

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Add how many processes compare."""
        self.add_format(parser)
        parser.add_argument(
            "--processes",
            type=int,
            default=min(os.cpu_count() or 1, 2),
            metavar="个数",
            help="同时工作的进程数（默认 2，单核为 1）",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Compare and name every difference."""
        tree = site_trees().current()
        if tree is None:
            raise refuse("还没有网站文件：请先执行 gongkai publishsite")
        text = options["format"] == "text"

        def tell(progress: Progress) -> None:
            if text and progress.done % 50 == 0:
                self.stderr.write(f"  {progress.done}/{progress.total}")

        found = list(differences(tree, processes=options["processes"], tell=tell))
        counts = Counter(each.kind for each in found)
        value = {
            "tree": str(tree.root),
            "waiting": len(tree.told().get("left", ())),
            "differences": [{"kind": each.kind.name, "file": each.place} for each in found],
        }
        lines = [f"  {each.kind.value}：{each.place}" for each in found[:_NAMED]]
        if len(found) > _NAMED:
            lines.append(f"  ……另有{len(found) - _NAMED}处，用 --format json 列出全部")
        said = "，".join(f"{kind.value}{counts[kind]}处" for kind in Kind if counts[kind])
        lines.append(f"网站文件与记录有差异：{said}。" if found else "网站文件与记录一致。")
        if found:
            lines.append(
                "执行 gongkai publishsite 改写不符的网页；还有任务待执行的，先执行 gongkai tick。"
            )
        self.finish(options, value, "\n".join(lines), code=1 if found else 0)
