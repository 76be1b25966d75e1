"""`gongkai publishsite`: the public site as files; anew beside the old one, or what differs."""

import argparse
import os
from typing import Any

from gongkai.adapters.commandline import Command as BaseCommand
from gongkai.adapters.commandline import refuse
from gongkai.adapters.sitefiles.tree import DiskFull
from gongkai.adapters.sitefiles.trees import Busy
from gongkai.portal.publishing import building
from gongkai.portal.publishing.building import Progress
from gongkai.portal.publishing.place import is_on, site_trees
from gongkai.portal.publishing.view import NotForEverybody, views

_STEP = 20  # pieces of work between two lines of progress


class Command(BaseCommand):
    """Write the site."""

    help = "把公开网页写成文件：默认只改写与记录不符的网页，--all 在旁边重建整站后一次切换"

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Add what is rebuilt, and by how many processes."""
        self.add_format(parser)
        parser.add_argument(
            "--all", action="store_true", help="重建整站；中断后再次执行，从中断处继续"
        )
        parser.add_argument(
            "--processes",
            type=int,
            default=min(os.cpu_count() or 1, 2),
            metavar="个数",
            help="同时工作的进程数（默认 2，单核为 1）",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Build or renew, telling how far it is."""
        if not is_on():
            raise refuse("没有启用网站文件：请在设置中把 GONGKAI_SITE 改为 files")
        if not 1 <= options["processes"] <= 64:
            raise refuse("参数 --processes：须为1至64的整数")
        if not views():
            raise refuse("还没有设置网站：请先执行 gongkai opencounty")
        text = options["format"] == "text"
        last = Progress(0, 0, 0, 0)

        def tell(progress: Progress) -> None:
            nonlocal last
            last = progress
            if text and (progress.done % _STEP == 0 or progress.done == progress.total):
                part = progress.done * 100 // progress.total
                self.stderr.write(
                    f"  {progress.done}/{progress.total}（{part}%），"
                    f"写入{progress.pages}页，用时{progress.seconds:.0f}秒"
                )

        try:
            tree = site_trees().current()
            if tree is None or options["all"]:
                tree = building.build(processes=options["processes"], tell=tell)
            else:
                building.renew(tree, processes=options["processes"], tell=tell)
        except (Busy, DiskFull, NotForEverybody) as error:
            raise refuse(str(error)) from error
        value = {"tree": str(tree.root), "pages": last.pages, "seconds": round(last.seconds, 1)}
        self.finish(options, value, f"写入{last.pages}个文件，网站文件位于 {tree.root}。")
