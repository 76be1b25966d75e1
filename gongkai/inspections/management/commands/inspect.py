"""`gongkai inspect SITE`: inspect anyone's site from outside, as a visitor, and report.

Exit 0: nothing found; 1: faults; 2: the arguments or files cannot be used. Needs no database.
"""

import argparse
import json
import re
import sys
import tempfile
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from gongkai.adapters.commandline import Command as BaseCommand
from gongkai.adapters.commandline import day, refuse
from gongkai.adapters.crawler.addresses import tidy
from gongkai.adapters.crawler.runfile import NotARun, RunFile
from gongkai.inspections.management import reporting
from gongkai.inspections.rules.accounts import Account
from gongkai.inspections.rules.indicators import RULES
from gongkai.inspections.sources.outside import SAMPLE, Inspected, Wanted, inspect
from gongkai.inspections.sources.outside_behind import behind

CHINA = ZoneInfo("Asia/Shanghai")
_EVERY = 50


class Command(BaseCommand):
    """Inspect a site."""

    help = "从外部检查任意政府网站：可用性、更新、链接、标签、要素、个人信息、错别字等，给出报告"
    needs_database = False

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take the site, which rules, how fast, and the form of the report."""
        add = parser.add_argument
        add("site", metavar="SITE", help="网址，如 https://www.example.gov.cn")
        add("--only", nargs="+", metavar="RULE", help="只查这些规则，如 link-dead column-stale")
        add("--today", type=day, metavar="DATE", help="按哪一天判断是否更新（默认今天）")
        add("--rate", type=_rate, default=2.0, metavar="N", help="每秒最多访问几次（默认2）")
        add("--visits", type=_count, default=20, metavar="N", help="首页可用性访问几次（默认20）")
        add("--max-pages", type=_count, default=100_000, metavar="N", help="最多访问多少个地址")
        add(
            "--slow-pages", type=_some, default=SAMPLE, metavar="N",
            help=f"慢检查（W3C 网页代码、浏览器无障碍）查几个页面（默认{SAMPLE}，0 不查）",
        )  # fmt: skip
        add("--timeout", type=_rate, default=15.0, metavar="SECONDS", help="几秒打不开算超时")
        add("--resume", metavar="FILE", help="检查记录文件：中断后用同一文件可以接着查")
        add("--known", nargs="+", default=[], metavar="SITE", help="本县认可的外部网站")
        add("--phone", nargs="+", default=[], metavar="NUMBER", help="本机关对外公布的电话")
        add("--county", metavar="CODE", help="按这个县的词语和链接名单检查（要用数据库）")
        add("--accounts", metavar="FILE", help="政务新媒体账号清单（json）")
        add(
            "--format", choices=["text", "json", "html", "xlsx"], default="text",
            help="报告格式（默认 text）",
        )  # fmt: skip
        add("--output", metavar="FILE", help="报告写入文件（xlsx 格式必须填写）")

    def handle(self, *args: Any, **options: Any) -> None:
        """Inspect, report, and leave with 1 where faults were found."""
        wanted = self._wanted(options)
        if options["format"] == "xlsx" and not options["output"]:
            raise refuse("xlsx 格式的报告要写入文件，请用 --output 指定文件名")
        with tempfile.TemporaryDirectory(prefix="gongkai-inspect-") as folder:
            path = Path(options["resume"] or Path(folder) / "run.sqlite3")
            try:
                run = RunFile(path, wanted.site)
            except NotARun as error:
                raise refuse(str(error)) from None
            try:
                told = inspect(wanted, run, progress=self._progress(options))
                told = behind(told, wanted, options["slow_pages"])
            finally:
                run.close()
        self._report(told, options)
        if told.faults:
            self.stdout.flush()
            sys.exit(1)

    def _wanted(self, options: dict[str, Any]) -> Wanted:
        only = options["only"] or list(RULES)
        if unknown := reporting.rules_named(only):
            raise refuse(f"没有“{'、'.join(unknown)}”这样的规则；可以用的有：{'、'.join(RULES)}")
        now = datetime.now(CHINA)
        return Wanted(
            site=_site(options["site"]),
            today=options["today"] or now.date(),
            at=now,
            only=frozenset(only),
            known=frozenset(_site(each) for each in options["known"]),
            telephones=tuple(options["phone"]),
            visits=options["visits"],
            rate=options["rate"],
            most_pages=options["max_pages"],
            patience=options["timeout"] or 15.0,
            accounts=_accounts(options["accounts"]),
            **_listed(options["county"], options["today"] or now.date()),
        )

    def _progress(self, options: dict[str, Any]) -> Any:
        shown = [0]

        def tell(done: int, waiting: int) -> None:
            if done // _EVERY != shown[0]:
                shown[0] = done // _EVERY
                self.stderr.write(f"已查{done}个地址，还有{waiting}个")
                self.stderr.flush()

        return tell

    def _report(self, told: Inspected, options: dict[str, Any]) -> None:
        form = options["format"]
        if form == "xlsx":
            data = reporting.to_xlsx(told)
        elif form == "json":
            data = json.dumps(reporting.to_json(told), ensure_ascii=False, indent=2).encode()
        else:
            text = reporting.to_html(told) if form == "html" else reporting.to_text(told)
            data = text.encode()
        if not options["output"]:
            self.stdout.write(data.decode())
            return
        try:
            Path(options["output"]).write_bytes(data)
        except OSError as error:
            raise refuse(f"报告写不进 {options['output']}：{error.strerror}") from None
        self.stderr.write(f"报告已写入 {options['output']}，发现问题{len(told.faults)}处")


def _listed(code: str | None, on: date) -> dict[str, Any]:
    """Return what a county lists on a day; without a county no database is asked."""
    if code is None:
        return {}
    # The command alone asks no database and starts without Django's models; lists need them.
    import django

    django.setup()
    from gongkai.disclosure.queries import allowed_words, lists_of
    from gongkai.orgs.models import Organ, OrganKind

    county = Organ.objects.filter(kind=OrganKind.COUNTY_GOVERNMENT, code=code).first()
    if county is None:
        raise refuse(f"没有代码是“{code}”的县政府")
    return {"no_mistakes": allowed_words(county.pk), "lists": lists_of(county.pk, on)}


def _site(given: str) -> str:
    address = given if "://" in given else f"http://{given}"
    parts = urlsplit(address)
    try:
        named = re.fullmatch(r"[\w.:-]+", parts.hostname or "")
        has_host = parts.scheme in ("http", "https") and bool(named) and parts.port != 0
    except ValueError:
        has_host = False
    if not has_host:
        raise refuse(f"“{given}”不是网址，应当写成 https://www.example.gov.cn 的样子")
    return tidy(f"{parts.scheme}://{parts.netloc}/")


def _accounts(name: str | None) -> tuple[Account, ...]:
    if name is None:
        return ()
    try:
        rows = json.loads(Path(name).read_text("utf-8"))
        return tuple(
            Account(
                name=row["name"], platform=row["platform"], sponsor=row["sponsor"],
                certified_as=row.get("certified_as") or "", state=row.get("state") or "",
                has_talk=bool(row.get("talk", True)), address=row["address"],
                last_post_on=date.fromisoformat(row["last_post_on"]) if row.get("last_post_on")
                else None,
            )
            for row in rows
        )  # fmt: skip
    except OSError:
        raise refuse(f"账号清单 {name} 打不开，请核对路径") from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise refuse(f"账号清单 {name} 的内容不对：应当是 json 列表，格式见手册") from None


def _rate(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    if not 0 <= number <= 1000:
        raise argparse.ArgumentTypeError("应当是0至1000的数")
    return number


def _some(text: str) -> int:
    if not text.isdigit() or int(text) > 500:
        raise argparse.ArgumentTypeError("应当是0至500的整数")
    return int(text)


def _count(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 10_000_000:
        raise argparse.ArgumentTypeError("应当是1至10000000的整数")
    return int(text)
