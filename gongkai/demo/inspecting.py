"""The demo's inspections: sites, faults on their roads, bulletins, yearly reports of the website.

Everything is done by the real verbs in the order of its days: 2020 with its third party, its
bulletins of November and of the fourth quarter and the website's report of the year; then what
is under way now, so that every state has something to show. Nothing touches the figures of 2020.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction

from gongkai.audit import SYSTEM, Actor
from gongkai.demo import county as where
from gongkai.demo import inspecting_2020 as then
from gongkai.demo import inspecting_now as now
from gongkai.demo import inspecting_texts as texts
from gongkai.demo.inspecting_texts import Day, Trouble
from gongkai.demo.replay import workday
from gongkai.demo.road import Road, moment
from gongkai.inspections import actions
from gongkai.inspections.actions import Answer, BulletinPeriod, Fault, FormRow, Look, Source
from gongkai.inspections.actions.visiting import Listed, Visited, record_visit, remember_columns
from gongkai.inspections.models import Bulletin, Finding, Site
from gongkai.orgs.models import Organ, Post

ADDRESS = "http://127.0.0.1:8000/"
OUTSIDE = "http://jyty.jingan.example/"
_SHUT = frozenset({50, 51, 130})  # hours of the nine days
_OPENED = date(2020, 3, 2)
_MONTH, _QUARTER = BulletinPeriod.MONTH, BulletinPeriod.QUARTER
Deed = tuple[date, int, Callable[[], Any]]  # the day, the hour, what is done


@dataclass
class Inspecting(Road):
    """The county's inspections as of `today` while they are made."""

    deeds: list[Deed] = field(default_factory=list)

    def make(self) -> int:
        """Make everything once; return how many findings there are, 0 when they stood already."""
        if Site.objects.exists():
            return 0
        self.organs = {organ.code: organ for organ in Organ.objects.select_related("county")}
        posts = Post.objects.select_related("user", "organ")
        self.people = {post.user.username: post.user.actor(str(post)) for post in posts}
        self.county = self.organs[where.COUNTY_CODE]
        self._register_sites()
        self._plan(then.RUNS_2020, then.THEN, then.LISTS_THEN)
        self._plan(now.RUNS_NOW, now.NOW, now.LISTS_NOW)
        self._plan_bulletins()
        self._plan_years()
        for _, _, deed in sorted(self.deeds, key=lambda deed: deed[:2]):
            deed()
        self._watch()
        return Finding.objects.count()

    # -- sites -----------------------------------------------------------------------------

    def _register_sites(self) -> None:
        who = {"by": self.people["office"], "at": moment(_OPENED, 9)}
        office, schools = self.organs[where.OFFICE_CODE], self.organs["jtj"]
        self.site = actions.register_site(
            self.county, organ=office, name="靖安县人民政府网", address=ADDRESS, **who
        )
        for code, organ in self.organs.items():
            if code not in (where.COUNTY_CODE, where.OFFICE_CODE) and organ.valid_to is None:
                prefix = f"{ADDRESS}zwgk/jg/{code}/"
                name = f"{organ.short_name}信息公开"
                actions.name_column(self.site, name=name, prefix=prefix, organ=organ, **who)
        old = actions.register_site(
            self.county, organ=schools, name="靖安教育体育信息网", address=OUTSIDE, **who
        )
        why = "内容已迁入县政府网站，网站关停注销（演示）"
        at = moment(date(2020, 6, 30), 10)
        actions.stop_site(old, why=why, by=self.people["office"], at=at)

    def _watch(self) -> None:
        """Keep nine days of hourly visits, a few of which found the site shut."""
        first = moment(self.day(9), 0)
        for hour in range(9 * 24):
            at = first + timedelta(hours=hour)
            opened = hour not in _SHUT
            status, seconds = (200 if opened else 503), 0.2 + hour % 7 / 10
            seen = Visited(ADDRESS, opened, status, seconds)
            record_visit(self.site, seen, due_at=at, at=at + timedelta(seconds=3))
        columns = (
            ("zwdt/zwyw", "政务要闻", 5),
            ("zwdt/tzgg", "通知公告", 8),
            ("zwdt/bmdt", "部门动态", 4),
        )
        listed = tuple(
            Listed(f"{ADDRESS}{path}/", name, self.day(ago)) for path, name, ago in columns
        )
        remember_columns(self.site, listed, at=moment(self.day(1), 3))

    # -- faults and their roads ------------------------------------------------------------

    def on(self, day: Day) -> date:
        """Return a day that the texts tell."""
        return self.day(day) if isinstance(day, int) else day

    def _plan(
        self, runs: Sequence[Day], troubles: Sequence[Trouble], lists: Sequence[Trouble]
    ) -> None:
        rules = frozenset(each.rule for each in troubles)
        for day in runs:
            self._at(self.on(day), 8, partial(self._scan, day, troubles, rules))
        for source, found in dict.fromkeys((each.source, each.found) for each in lists):
            same = [each for each in lists if (each.source, each.found) == (source, found)]
            self._at(self._office_day(found), 9, partial(self._list, same))
        for each in (*troubles, *lists):
            last = (self.on(each.found), 9)
            for day, step, words in each.steps:
                hour = {"answer": 15, "object": 15, "close": 17}.get(step, 11)
                # Days on which offices are closed fall together: one step still follows another.
                last = max((self._office_day(day), hour), (last[0], last[1] + 1))
                self._at(*last, partial(self._take, each, step, words, moment(*last)))

    def _office_day(self, day: Day) -> date:
        """Return a day on which offices work: the next one, if it lies before today."""
        on = self.on(day)
        worked = workday(on)
        return worked if worked < self.today else on

    def _at(self, on: date, hour: int, deed: Callable[[], Any]) -> None:
        self.deeds.append((on, hour, deed))

    def _scan(self, day: Day, troubles: Sequence[Trouble], rules: frozenset[str]) -> None:
        began = moment(self.on(day), 2)
        faults = [self._fault(each, day) for each in self._seen(day, troubles)]
        look = Look(
            source=Source.SCAN,
            started_at=began,
            ended_at=began + timedelta(minutes=37),
            rules=rules,
            site=self.site,
        )
        at = began + timedelta(minutes=38)
        actions.record_run(self.county, faults, look=look, by=SYSTEM, at=at)

    def _seen(self, day: Day, troubles: Sequence[Trouble]) -> Iterator[Trouble]:
        on = self.on(day)
        for each in troubles:
            if self.on(each.found) <= on and (each.gone is None or on < self.on(each.gone)):
                yield each

    def _fault(self, each: Trouble, day: Day) -> Fault:
        return Fault(
            rule=each.rule,
            address=f"{ADDRESS}{each.path}",
            why=each.why,
            evidence=each.evidence,
            found_at=moment(self.on(day), 2, 20),
            status=each.status,
            target=each.target,
        )

    def _list(self, rows: Sequence[Trouble]) -> None:
        told = [
            FormRow(
                line=place,
                organ=self.organs[each.organ].short_name,
                indicator=each.rule,
                item=each.item,
                standard=each.standard,
                problem=each.why,
                found_on=self.on(each.found),
            )
            for place, each in enumerate(rows, 2)
        ]
        at = moment(self._office_day(rows[0].found), 9)
        by = self.people["office"]
        actions.import_findings(self.county, told, source=rows[0].source, by=by, at=at)

    def _take(self, each: Trouble, step: str, words: str, at: datetime) -> None:
        """Take one step of a fault's road, each by who takes it in an office."""
        finding = Finding.objects.filter(organ=self.organs[each.organ], why=each.why).latest("pk")
        office = {"by": self.people["office"], "at": at}
        head = {"by": self.people["head"], "at": at}
        verb, _, days = step.partition(":")
        match verb:
            case "order":
                actions.order(finding, requirement=words, workdays=int(days or 10), **office)
            case "send":
                actions.send(finding, **office)
            case "false":
                actions.mark_false(finding, why=words, **office)
            case "object":
                actions.object_to(finding, reason=words, by=self._clerk_of(each), at=at)
            case "uphold" | "dismiss":
                upheld = verb == "uphold"
                actions.rule_on_objection(finding, upheld=upheld, reason=words, **head)
            case "answer":
                told = Answer(words, "明确专人负责，发布前核对", "")
                actions.answer(finding, told=told, by=self._clerk_of(each), at=at)
            case "pass" | "fail":
                actions.recheck(finding, passed=verb == "pass", words=words, **head)
            case "close":
                actions.close(finding, **office)
            case _:
                raise AssertionError(f"no step {step}")

    def _clerk_of(self, each: Trouble) -> Actor:
        """Return who answers for an organ; for the county's own the leader's secretary does."""
        own = each.organ in (where.COUNTY_CODE, where.OFFICE_CODE)
        return self.people["leader"] if own else self.clerk(each.organ)

    # -- bulletins -------------------------------------------------------------------------

    def _plan_bulletins(self) -> None:
        november, december = date(2020, 11, 1), date(2020, 12, 31)
        self._bulletin(_MONTH, november, date(2020, 12, 2), "靖府办字〔2020〕57号")
        self._bulletin(_QUARTER, date(2020, 10, 1), date(2021, 1, 5), "靖府办字〔2021〕2号")
        last = self.today.replace(day=1) - timedelta(days=1)
        if last > december:
            told = {"period": _MONTH, "starts_on": last.replace(day=1)}
            who = self._office(moment(self.day(1), 18))
            self._at(self.day(1), 18, partial(actions.take_figures, self.county, **told, **who))

    def _office(self, at: datetime) -> dict[str, Any]:
        return {"by": self.people["office"], "at": at}

    def _bulletin(self, period: BulletinPeriod, start: date, taken: date, number: str) -> None:
        """Take the figures on one day, issue on the next, let most organs sign."""

        def take() -> None:
            who = self._office(moment(taken, 16))
            actions.take_figures(self.county, period=period, starts_on=start, **who)

        def issue() -> None:
            at = moment(taken + timedelta(days=1), 10)
            held = Bulletin.objects.get(county=self.county, period=period, starts_on=start)
            actions.issue(held, number=number, **self._office(at))
            for place, share in enumerate(held.shares.select_related("organ", "bulletin")):
                actions.order_share(share, by=self.people["office"], at=at)
                if place % 4 != 3:
                    by = self.clerk(share.organ.code)
                    actions.sign_for(share, by=by, at=at + timedelta(hours=1 + place % 5))
            actions.publish_bulletin(held, **self._office(at + timedelta(hours=6)))

        self._at(taken, 16, take)
        self._at(taken + timedelta(days=1), 10, issue)

    # -- yearly reports of the website -----------------------------------------------------

    def _plan_years(self) -> None:
        self._at(date(2021, 1, 7), 9, self._report_2020)
        begun = self.day(2)
        if begun.year - 1 > where.YEAR:
            self._at(begun, 9, partial(self._begin, begun))

    def _report_2020(self) -> None:
        """Fill in, review and publish the report of 2020: records and what went elsewhere."""
        filled, reviewed = moment(date(2021, 1, 8), 15), moment(date(2021, 1, 19), 10)
        office, head = self.people["office"], self.people["head"]
        report = actions.open_site_year(
            self.site, where.YEAR, by=office, at=moment(date(2021, 1, 7), 9)
        )
        report = actions.fill_site_year(
            report, told=dict(texts.SITE_2020), sources=texts.SOURCES_2020, by=office, at=filled
        )
        report = actions.review_site_year(report, by=head, at=reviewed)
        actions.publish_site_year(report, by=office, at=moment(date(2021, 1, 25), 9))

    def _begin(self, on: date) -> None:
        """Begin the report of last year and leave it half filled in."""
        by, at = self.people["office"], moment(on, 9)
        report = actions.open_site_year(self.site, on.year - 1, by=by, at=at)
        told = {"visitors": "512380", "visits": "498771"}  # the slip is for the demo to show
        sources = {"visits": f"网站访问统计系统，{on.year}年1月5日导出（演示）"}
        actions.fill_site_year(report, told=told, sources=sources, by=by, at=moment(on, 10))


@transaction.atomic
def lay(today: date) -> int:
    """Make the demo's inspections as of `today`; return how many findings, 0 when they stand.

    All or nothing: who stops it half-way finds the whole of it the next time.
    """
    return Inspecting(today).make()
