"""`gongkai inspectsites`: inspect the registered sites and enter what is found into the ledger.

What a timer runs each night, apart from the jobs, which a slow site must not hold up. Sites are
inspected side by side and recorded one by one. A killed run leaves its file and goes on next time.
W2 and W3 are told by the hourly visits, the slower checks by jobs that are queued behind a round.
Exit 0: all recorded; 2: some could not be inspected, and why.
"""

import argparse
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from gongkai.adapters.commandline import Command as BaseCommand
from gongkai.adapters.commandline import refuse
from gongkai.adapters.crawler.addresses import origin
from gongkai.adapters.crawler.runfile import RunFile
from gongkai.disclosure.queries import allowed_words, lists_of
from gongkai.inspections.actions.scanning import OF_ROUND, record_scan
from gongkai.inspections.models import Site
from gongkai.inspections.queries.visits import columns_before
from gongkai.inspections.sources.outside import Inspected, Wanted, inspect

AT_ONCE = 4
_VISITS = 3  # only to see that it is there: whether it can be reached is told by a week of visits
STALE = timedelta(days=2)  # a broken-off run that is older begins anew


@dataclass(frozen=True, slots=True)
class _Scan:
    """A site's inspection: what it came to, and whether no address was left."""

    told: Inspected
    whole: bool


class Command(BaseCommand):
    """Inspect the registered sites."""

    help = "巡查已登记的网站，发现的问题进入整改台账；由定时器每天夜间运行，中断后下次接着查"

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take which sites and how many pages."""
        parser.add_argument("--site", type=int, nargs="+", metavar="ID", help="只查这些网站")
        parser.add_argument(
            "--max-pages", type=int, default=100_000, metavar="N", help="每个网站最多访问多少个地址"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Inspect all side by side; record each as it ends, whatever becomes of the others."""
        sites = list(_sites(options["site"]))
        known = frozenset(f"{origin(each.address)}/" for each in sites)
        failed = []
        with ThreadPoolExecutor(max_workers=AT_ONCE) as pool:
            begun: dict[Future[_Scan], Site] = {
                pool.submit(_scan, site.pk, _wanted(site, known, options["max_pages"])): site
                for site in sites
            }
            for done in as_completed(begun):
                site = begun[done]
                if error := done.exception():
                    failed.append(f"{site}：{error}")
                    continue
                self._record(site, done.result())
        if failed:
            raise refuse("没有查成的网站：" + "；".join(failed))

    def _record(self, site: Site, scan: _Scan) -> None:
        run = record_scan(site, scan.told, rules=OF_ROUND, whole=scan.whole, at=timezone.now())
        _file(site.pk).unlink(missing_ok=True)
        self.stdout.write(
            f"{site}：新发现{run.new}个，仍然存在{run.again}个，不再发现{run.gone}个"
            + ("" if scan.whole else "（没有查完）")
        )


def _sites(keys: list[int] | None) -> Any:
    found = Site.objects.filter(stopped_on__isnull=True).select_related("county", "organ")
    return found.filter(pk__in=keys) if keys else found


def _wanted(site: Site, known: frozenset[str], most_pages: int) -> Wanted:
    now = timezone.localtime()
    return Wanted(
        site=f"{origin(site.address)}/",
        today=now.date(),
        at=now,
        only=OF_ROUND,
        visits=_VISITS,
        before=columns_before(site),
        known=known,
        most_pages=most_pages,
        no_mistakes=allowed_words(site.county_id),
        lists=lists_of(site.county_id, now.date()),
    )


def _scan(key: int, wanted: Wanted) -> _Scan:
    """Inspect one site in a thread of its own; touches no database of ours."""
    path = _file(key)
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and _age(path, wanted.at) > STALE:
        path.unlink()
    run = RunFile(path, wanted.site)
    try:
        told = inspect(wanted, run)
        return _Scan(told, whole=not run.counts()[1] and told.asked > 0)
    finally:
        run.close()


def _age(path: Path, at: datetime) -> timedelta:
    return at - datetime.fromtimestamp(path.stat().st_mtime, at.tzinfo)


def _file(key: int) -> Path:
    return Path(settings.DATA_DIR) / "inspections" / f"{key}.sqlite3"
