"""Cases that are under way today, so that the demo's desk has work on it (issue 3, section 4).

They are made by the real verbs, counted back in working days from the day the demo is set up:
one not confirmed, one late, one due today, some waiting for others, some answered. They lie
in the years after the reference report and do not touch its figures.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from gongkai.audit import Actor
from gongkai.calendars.queries import workday_calendar
from gongkai.demo import county as where
from gongkai.demo import hotline_now, staff
from gongkai.inforequests import actions
from gongkai.inforequests.models import AcceptingOffice, InfoRequest, IntakeChannel, ServiceWay
from gongkai.inforequests.queries import acts_of
from gongkai.letters import actions as letters
from gongkai.orgs.models import Organ, OrganKind
from gongkai.statute.fees import Tariff
from gongkai.statute.grounds import Ground
from gongkai.statute.requesters import RequesterKind
from gongkai.statute.workdays import ONE_DAY

CHINA = ZoneInfo("Asia/Shanghai")
COURT = "靖安县人民法院"
_PERSON, _FIRM = RequesterKind.NATURAL_PERSON, RequesterKind.LEGAL_SERVICE_ORG
_LAND = "zrzyj"
_TOWN = "sxz"


def moment(day: date, hour: int) -> datetime:
    """Return an hour of a day in China."""
    return datetime.combine(day, time(hour), CHINA)


@dataclass
class Desk:
    """The desk of `today` while it is laid; `make` returns how many cases were made."""

    today: date

    def make(self) -> int:
        """Open the offices, then make each case; nothing is done twice."""
        if AcceptingOffice.objects.exists():
            return 0
        self.calendar = workday_calendar()
        self.last = self.calendar.add(self.today - ONE_DAY, 1)
        if self.last > self.today:
            self.last = self._back(self.today, 1)
        staff.appoint_administrator(by=staff.OPERATOR, at=moment(self._ago(60), 8))
        self.people = staff.acting()
        self._open_offices()
        made = [each() for each in (*self._waiting(), *self._answering(), *self._answered())]
        hotline_now.lay(self.last, self.people)
        return len(made)

    def _back(self, day: date, workdays: int) -> date:
        while workdays:
            day -= ONE_DAY
            workdays -= self.calendar.is_workday(day)
        return day

    def _ago(self, workdays: int) -> date:
        """Return the working day `workdays` before the last one that has begun."""
        return self._back(self.last, workdays)

    def _open_offices(self) -> None:
        by, at = self.people["office"], moment(self._ago(59), 9)
        for organ in Organ.objects.filter(valid_to__isnull=True):
            if organ.kind == OrganKind.OFFICE or not organ.document_prefix:
                continue
            own = organ.kind == OrganKind.COUNTY_GOVERNMENT
            office = where.OFFICE.full_name if own else f"{organ.name}办公室"
            actions.set_office(
                organ,
                told=actions.OfficeDetails(
                    name=office,
                    address=organ.address or where.ADDRESS,
                    postcode="330600",
                    hours="工作日 8:30—12:00，14:30—17:30（演示）",
                    phone=organ.phone or where.PHONE,
                ),
                by=by,
                at=at,
            )
            profile = letters.ProfileFields(
                number_prefix=organ.document_prefix,
                reconsideration_body="宜春市人民政府" if own else where.COUNTY.full_name,
                court=COURT,
                contact_office=office,
                contact_phone=organ.phone or where.PHONE,
            )
            letters.set_profile(organ, profile, by=by, at=at)

    # -- making one case -----------------------------------------------------------------

    def _submitted(
        self,
        code: str,
        subject: str,
        on: date,
        channel: IntakeChannel = IntakeChannel.ONLINE,
        kind: RequesterKind = _PERSON,
    ) -> InfoRequest:
        place = InfoRequest.objects.count() + 1
        return actions.submit(
            Organ.objects.get(code=code),
            told=actions.NewRequest(channel, kind, f"{subject}（演示数据）"),
            requester=staff.requester(place, kind),
            submitted_at=moment(on, 9),
            by=self.people["window"],
            at=moment(on, 9),
        )

    def _registered(self, *told: Any, **more: Any) -> InfoRequest:
        case = self._submitted(*told, **more)
        on = told[2]
        confirmed = on if IntakeChannel(case.channel).needs_confirmation else None
        return actions.register(
            case, confirmed_on=confirmed, by=self.people["office"], at=moment(on, 10)
        )

    def _in_hand(self, *told: Any, **more: Any) -> InfoRequest:
        case = self._registered(*told, **more)
        who = self._clerk(case)
        return self._do(
            actions.assign, case, told[2],
            unit="政务公开股", handler=who.account, handler_name=who.name,
        )  # fmt: skip

    def _clerk(self, case: InfoRequest) -> Actor:
        return self.people.get(case.organ.code, self.people["office"])

    def _do(
        self, verb: Callable[..., InfoRequest], case: InfoRequest, on: date, **told: Any
    ) -> InfoRequest:
        by = told.pop("by", None) or self._clerk(case)
        return verb(case, on=on, by=by, at=moment(on, 16), **told)

    def _drafted(self, case: InfoRequest, on: date, ground: Ground, **details: str) -> InfoRequest:
        code, facts = details.pop("letter", ""), details.pop("facts", "")
        answers = [
            actions.Answer(item.place, ground, code, facts, details) for item in case.items.all()
        ]
        return self._do(actions.draft_reply, case, on, answers=answers)

    def _issued(self, case: InfoRequest, on: date, ground: Ground, **details: str) -> InfoRequest:
        self._drafted(case, on, ground, **details)
        self._do(actions.pass_draft, case, on, by=self.people["reviewer"])
        self._do(actions.sign, case, on, by=self.people["head"])
        return self._do(actions.issue_reply, case, on)

    # -- the cases -----------------------------------------------------------------------

    def _waiting(self) -> tuple[Callable[[], InfoRequest], ...]:
        county = where.COUNTY_CODE
        return (
            lambda: self._submitted(_LAND, "双溪镇河滨片区土地出让合同", self._ago(1)),
            lambda: self._in_hand(county, "县城北区旧城改造房屋征收决定", self._ago(23)),
            lambda: self._consulting(county, "靖安大道改造工程中标合同"),
            lambda: self._asked_to_supplement(_TOWN, "村集体土地流转情况"),
            lambda: self._charged(county, "近三年农村公路建设全部批复文件"),
        )

    def _consulting(self, code: str, subject: str) -> InfoRequest:
        case = self._in_hand(code, subject, self._ago(12))
        sent, served = self._ago(9), self._ago(8)
        self._do(actions.consult_third_party, case, sent, whom="演示建设有限公司", about="合同价款")
        number = acts_of(case)[-1].sequence
        return self._do(actions.serve_consultation, case, served, consultation=number)

    def _asked_to_supplement(self, code: str, subject: str) -> InfoRequest:
        case = self._in_hand(code, subject, self._ago(9), channel=IntakeChannel.ORAL)
        on = self._ago(5)
        return self._do(
            actions.ask_supplement, case, on,
            what="请写明村组名称和流转的年份", due_on=self.calendar.add(on, 15),
        )  # fmt: skip

    def _charged(self, code: str, subject: str) -> InfoRequest:
        case = self._in_hand(code, subject, self._ago(10), channel=IntakeChannel.POST_SIGNED)
        return self._do(actions.charge_fee, case, self._ago(4), tariff=Tariff.BY_PAGE, count=35)

    def _answering(self) -> tuple[Callable[[], InfoRequest], ...]:
        county = where.COUNTY_CODE
        return (
            lambda: self._drafted(
                self._in_hand(county, "县政府2025年第12次常务会议纪要", self._ago(20)),
                self._ago(2), Ground.DELIBERATIVE,
                which="讨论记录", reason="会议讨论的内部意见尚在研究",
            ),
            lambda: self._passed(_LAND, "矿山地质环境恢复治理验收结论"),
            lambda: self._issued(
                self._in_hand(_LAND, "集体土地征收补偿安置方案及发放明细", self._ago(15)),
                self._ago(1), Ground.PARTIAL,
                given="征收补偿安置方案", withheld="发放明细中的个人姓名、证件号码和银行账号",
                facts="上述内容涉及个人隐私，公开会对第三方合法权益造成损害，"
                "根据《中华人民共和国政府信息公开条例》第十五条的规定，不予公开。",
            ),
        )  # fmt: skip

    def _passed(self, code: str, subject: str) -> InfoRequest:
        case = self._in_hand(code, subject, self._ago(18))
        self._do(
            actions.propose_extension, case, self._ago(4), workdays=10, reason="需核对原始档案"
        )
        self._do(actions.extend, case, self._ago(3), by=self.people["head"])
        self._drafted(case, self._ago(1), Ground.GRANTED, supplied="见附件")
        return self._do(actions.pass_draft, case, self.last, by=self.people["reviewer"])

    def _answered(self) -> tuple[Callable[[], InfoRequest], ...]:
        return (self._given_online, self._not_held)

    def _given_online(self) -> InfoRequest:
        case = self._in_hand(where.COUNTY_CODE, "2025年县级财政决算及说明", self._ago(40))
        on = self._ago(30)
        self._issued(case, on, Ground.GRANTED, supplied="见附件")
        return self._do(actions.serve, case, on, how=ServiceWay.ONLINE)

    def _not_held(self) -> InfoRequest:
        case = self._in_hand(
            _LAND, "1998年国有土地使用权登记卡", self._ago(35),
            channel=IntakeChannel.IN_PERSON, kind=_FIRM,
        )  # fmt: skip
        on = self._ago(22)
        self._do(
            actions.search, case, on - timedelta(days=1),
            places="局档案室、县档案馆", keywords="国有土地使用权 1998", officer="张演示",
            searched_on=on - timedelta(days=1), found=False,
        )  # fmt: skip
        self._issued(case, on, Ground.NOT_HELD, letter="A5")
        return self._do(actions.serve, case, on, how=ServiceWay.POST, tracking="XA00000000036")


@transaction.atomic
def lay(today: date) -> int:
    """Make the cases of the demo's desk as of `today`; return how many, 0 when they are there.

    All or nothing: who stops it half-way finds the whole of it the next time.
    """
    return Desk(today).make()
