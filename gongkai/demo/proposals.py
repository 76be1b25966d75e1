"""The demo's proposals of 2020: 56 suggestions and 82 proposals, all answered and published (138).

`lay` leads each along its whole road by the chapter's real verbs: registered, assigned, accepted,
talked over, replied to, its openness confirmed by other eyes, published by disclosure's own
reviews, rated. One reply is given twice. The reference report tells only the number published;
classes and opinions are made up. Everything is done in the order of its days.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from gongkai.demo import county as where
from gongkai.demo.road import MARK, Road, days, moment
from gongkai.disclosure import actions as disclosure
from gongkai.disclosure.queries import EntryState
from gongkai.orgs.models import Organ
from gongkai.proposals import actions
from gongkai.proposals.actions import (
    Answer,
    ContactWay,
    Decision,
    Openness,
    ProposalKind,
    Result,
    Satisfaction,
    Told,
)
from gongkai.proposals.models import Proposal

SUGGESTIONS, PROPOSALS = 56, 82
SESSIONS = {
    ProposalKind.SUGGESTION: "县十六届人大五次会议",
    ProposalKind.PROPOSAL: "县政协九届五次会议",
}
RECEIVED_ON, ASSIGNED_ON = date(2020, 5, 11), date(2020, 5, 18)
ABRIDGED_WHY = "答复涉及尚未定稿的规划内容，按照国办函〔2014〕46号公开摘要"
_PLACES = tuple(each.short_name for each in where.TOWNSHIPS)
# What is asked for, of which organ, and what it answers.
_THEMES = (
    ("农村公路养护", "jtysj", "已将相关路段列入年度养护计划，落实管护人员和经费"),
    ("水库除险加固", "slj", "已完成安全鉴定，按照程序申报除险加固项目"),
    ("义务教育学校建设", "jtj", "已安排资金改善教学用房和运动场地"),
    ("村卫生室标准化建设", "wjw", "已按照标准配备设备，安排医生定期巡诊"),
    ("生活垃圾分类处理", "cgj", "已增加收集点和转运车辆，定期公布处理情况"),
    ("乡村旅游发展", "wglj", "已编制线路，完善标识和停车设施"),
    ("森林防火能力建设", "lyj", "已增设瞭望点，组织护林人员培训"),
    ("高标准农田建设", "nyncj", "已列入年度建设任务，工程正在施工"),
    ("农村危房改造", "zjj", "已完成排查，对符合条件的农户实施改造"),
    ("农贸市场管理", "scjg", "已开展专项检查，督促落实食品安全责任"),
    ("养老服务设施建设", "mzj", "已新建互助养老点，完善助餐服务"),
    ("就业技能培训", "rsj", "已按照需求开设培训班，组织企业招聘"),
    ("河流水质保护", "sthj", "已加密监测，治理沿河排污口"),
)


@dataclass(frozen=True, slots=True)
class Planned:
    """One proposal of the demo: `place` in the plan decides its class, its days, its opinion."""

    place: int
    kind: ProposalKind
    number: int
    subject: str
    organ: str
    done: str

    @property
    def result(self) -> Result:
        """Return what comes of it: six in ten solved."""
        return Result("AABABABACA"[self.place % 10]) if self.place % 69 else Result.D

    @property
    def replied_on(self) -> date:
        """Return the day of its reply, in the three months after the assignment."""
        return date(2020, 7, 1) + days(self.place % 45)

    @property
    def published_on(self) -> date:
        """Return the day on which the reply is published."""
        return self.replied_on + days(14)

    @property
    def abridged(self) -> bool:
        """Say whether only a summary is published."""
        return self.place % 17 == 5

    @property
    def redone(self) -> bool:
        """Say whether the first reply is found wanting."""
        return self.place == 100

    @property
    def opinion(self) -> Satisfaction:
        """Return what the proposer thinks of the last reply."""
        return Satisfaction.BASICALLY if self.place % 9 == 4 else Satisfaction.SATISFIED


def plan() -> tuple[Planned, ...]:
    """Return the 138 proposals of the year."""
    return tuple(_planned())


def _planned() -> Iterator[Planned]:
    for place in range(SUGGESTIONS + PROPOSALS):
        suggestion = place < SUGGESTIONS
        kind = ProposalKind.SUGGESTION if suggestion else ProposalKind.PROPOSAL
        theme, organ, done = _THEMES[place % len(_THEMES)]
        where_to = _PLACES[place // len(_THEMES) % len(_PLACES)]
        yield Planned(
            place,
            kind,
            place + 1 if suggestion else place - SUGGESTIONS + 1,
            f"关于加强{where_to}{theme}的{kind.noun}{MARK}",
            organ,
            done,
        )


def lay(road: Road, planned: Sequence[Planned] | None = None) -> int:
    """Lead the year's proposals to their end; return how many are public."""
    year = _Year(road)
    jobs = [job for each in (planned or plan()) for job in year.jobs(each)]
    for _, do in sorted(jobs, key=lambda job: job[0]):
        do()
    return Proposal.objects.filter(county=year.county, entry__live=True).count()


Job = tuple[datetime, Callable[[], Any]]


class _Year:
    """The proposals while they are led along."""

    def __init__(self, road: Road) -> None:
        self.road = road
        self.county: Organ = road.organs[where.COUNTY_CODE]
        self.office = road.people["office"]
        self.rows: dict[int, Proposal] = {}

    def jobs(self, each: Planned) -> Iterator[Job]:
        """Yield what is done for one proposal, each with its moment."""
        office = {"by": self.office}
        clerk = {"by": self.road.clerk(each.organ)}
        read = {"by": self.road.people["reviewer"]}
        minute = each.place % 60

        def job(on: date, hour: int, do: Callable[..., Any], **who: Any) -> Job:
            at = moment(on, hour, minute)
            return at, lambda: do(each, at=at, **who)

        yield job(RECEIVED_ON, 9 + each.place // 60, self._register, **office)
        yield job(ASSIGNED_ON, 9 + each.place // 60, self._assign, **office)
        yield job(ASSIGNED_ON + days(2), 10, self._accept, **clerk)
        yield job(each.replied_on - days(10), 15, self._talk, **clerk)
        yield job(each.replied_on, 16, self._reply, **clerk)
        if each.redone:
            yield job(each.replied_on + days(2), 9, self._redo, **office)
            yield job(each.replied_on + days(4), 9, self._reply, **clerk)
        yield job(each.replied_on + days(5), 10, self._confirm, **read)
        yield job(each.published_on - days(4), 9, self._draft, **clerk)
        yield job(each.published_on - days(3), 10, self._publish, **clerk)
        yield job(each.published_on + days(7), 11, self._rate, **office)

    def _register(self, each: Planned, **now: Any) -> None:
        deputy = each.kind is ProposalKind.SUGGESTION
        told = Told(
            kind=each.kind,
            year=where.YEAR,
            session=SESSIONS[each.kind],
            number=str(each.number),
            subject=each.subject,
            proposer=f"{'代表' if deputy else '委员'}{each.number}（演示）",
            group="双溪代表团" if deputy else "农业界",
            cosigners=each.place % 6,
            received_on=RECEIVED_ON,
        )
        self.rows[each.place] = actions.register(self.county, told=told, **now)

    def _assign(self, each: Planned, **now: Any) -> None:
        joint = ("czj", "fgw")[each.place % 2]
        others = [self.road.organs[joint]] if each.place % 4 == 1 else []
        self._take(
            each,
            actions.assign,
            lead=self.road.organs[each.organ],
            joint=others,
            assigned_on=ASSIGNED_ON,
            **now,
        )

    def _accept(self, each: Planned, **now: Any) -> None:
        self._take(each, actions.accept, **now)

    def _talk(self, each: Planned, **now: Any) -> None:
        way = (ContactWay.MEETING, ContactWay.VISIT, ContactWay.PHONE)[each.place % 3]
        on, words = now["at"].date(), "听取意见，说明办理打算。"
        self._take(each, actions.record_contact, way=way, on=on, words=words, **now)

    def _reply(self, each: Planned, **now: Any) -> None:
        row = self.rows[each.place]
        on = now["at"].date()
        prefix = next(one.prefix for one in where.DEPARTMENTS if one.code == each.organ)
        answer = Answer(
            number=f"{prefix}复〔2020〕{each.place + 200 * row.round}号",
            replied_on=on,
            result=each.result,
            body=f"您提出的意见收悉，现答复如下：\n{each.done}。\n感谢您对我们工作的支持。",
            promised_on=date(2021, 6, 30) if each.result is Result.B else None,
        )
        openness = Openness.ABRIDGED if each.abridged else Openness.FULL
        decision = Decision(
            openness=openness,
            why=ABRIDGED_WHY if each.abridged else "",
            abridged=f"{each.done}。" if each.abridged else "",
            consulted=True,
        )
        self._take(each, actions.reply, answer=answer, decision=decision, **now)

    def _redo(self, each: Planned, **now: Any) -> None:
        on = now["at"].date()
        self._take(
            each, actions.redo, on=on, remark="请说明完成时间。", due_on=on + days(30), **now
        )

    def _confirm(self, each: Planned, **now: Any) -> None:
        actions.confirm_openness(self.rows[each.place], **now)

    def _draft(self, each: Planned, **now: Any) -> None:
        self._take(each, actions.draft_publication, **now)

    def _publish(self, each: Planned, **now: Any) -> None:
        entry = self.rows[each.place].entry
        if entry is None:
            raise AssertionError(f"no public text of {each.subject}")
        entry = disclosure.submit(entry, **now)
        self.road.forward(entry, EntryState.PUBLISHED, each.published_on)

    def _rate(self, each: Planned, **now: Any) -> None:
        on = now["at"].date()
        self._take(each, actions.rate, satisfaction=each.opinion, on=on, **now)

    def _take(self, each: Planned, verb: Callable[..., Proposal], **told: Any) -> None:
        self.rows[each.place] = verb(self.rows[each.place], **told)
