"""One small county with a row of each kind, made by the chapters' own factories, for the matrix.

Every record belongs to the finance department, whose duties the township has taken over too,
so that a department's roles and a township's meet the same records.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from django.utils import timezone

from gongkai.accounts.models import StaffNetwork
from gongkai.adapters.tests.uploads import pdf
from gongkai.annualreport import actions as annualreport
from gongkai.annualreport.models import Return
from gongkai.audit import Actor
from gongkai.disclosure import actions as disclosure
from gongkai.disclosure.lifecycle import EntryState
from gongkai.disclosure.models import ListedTerm, Override, Section
from gongkai.disclosure.models.lists import ListKind
from gongkai.disclosure.tests import catalogues
from gongkai.disclosure.tests import factories as entries
from gongkai.engagement import actions as engagement
from gongkai.engagement.queries import questions_of
from gongkai.engagement.tests import factories as engaged
from gongkai.engagement.tests import made as exchanged
from gongkai.files.actions import store
from gongkai.files.models import Purpose
from gongkai.hotline import actions as hotline
from gongkai.hotline.models import DispatchRule, IntakeClient
from gongkai.hotline.tests import factories as orders
from gongkai.inforequests.models import (
    DisclosureSuggestion,
    IncomingMail,
    MailState,
    SuggestionState,
)
from gongkai.inforequests.tests import factories as requests
from gongkai.inforequests.tests import test_corrections as corrections
from gongkai.inspections import actions as inspections
from gongkai.inspections.lifecycle import BulletinPeriod
from gongkai.inspections.models import Bulletin
from gongkai.inspections.tests import factories as inspected
from gongkai.letters.models import LetterTemplate
from gongkai.letters.tests import factories as written
from gongkai.newmedia import actions as newmedia
from gongkai.newmedia.models import Publication
from gongkai.newmedia.tests import factories as media
from gongkai.orgs.actions import succeed
from gongkai.orgs.models import Delegation, Role
from gongkai.orgs.tests.factories import make_county, make_post, make_user
from gongkai.oversight import actions as oversight
from gongkai.oversight.actions import AppraisalTold, CaseTold, IndicatorTold, PointTold, TaskTold
from gongkai.oversight.models import ScoreObjection
from gongkai.oversight.tests import factories as overseen
from gongkai.policy import actions as policy
from gongkai.policy.tests import dossiers
from gongkai.policy.tests import factories as documents
from gongkai.portal.actions import Profile, open_site
from gongkai.portal.tests.factories import PROFILE, vars_of
from gongkai.proposals.tests import factories as proposals
from gongkai.records import actions as archives
from gongkai.records.rules import TransferKind
from gongkai.registers.models import ImportRun
from gongkai.registers.tests import decisions
from gongkai.registers.tests import factories as registers
from gongkai.remedies import actions as contest
from gongkai.remedies import actions as parts
from gongkai.remedies.lifecycle import Channel, ComplaintKind, Ground
from gongkai.remedies.models import PartyRole
from gongkai.remedies.tests import factories as remedies
from gongkai.remedies.tests import test_complaints as complaints
from gongkai.servicehall import actions as servicehall
from gongkai.servicehall.actions import Asked, Person, WindowKind, ZonePlace, ZoneTold
from gongkai.servicehall.tests import factories as hall
from tests.permissions import states

MAKER = Actor("maker", "备料", "测试")
AT = entries.NOON
SAID: dict[str, Any] = {"by": MAKER, "at": AT}
TODAY = AT.date()


@dataclass
class Found:
    """The county's organs and, by name, the record of each kind."""

    organs: SimpleNamespace
    records: dict[str, Any] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Any:
        return self.records[name]


_ON_THE_ROAD = ("FIRST_REVIEW", "SECRECY_REVIEW", "SIGNING", "SIGNED")
Maker = Callable[[Found], Any]


def make() -> Found:
    """Make the county and every record, in the order of `RECORDS`."""
    organs = make_county()
    open_site(organs.county, Profile(**vars_of(PROFILE)), hostname="testserver", port=80, **SAID)
    succeed(organs.finance, organs.township, on=date(2010, 1, 1), **SAID)
    found = Found(organs, {"organ": organs.finance, "office": organs.office})
    found.records["county"] = organs.county
    for name, maker in RECORDS.items():
        found.records[name] = maker(found)
    return found


def _section(found: Found, path: str = "zwgk/fdzdgknr/tjxx") -> Section:
    return Section.objects.get(county=found.organs.county, path=path)


def _entry_in(state: EntryState) -> Maker:
    def made(found: Found) -> Any:
        return entries.forward(entries.draft(found.organs.finance, _section(found)), state)

    return made


def _entries() -> dict[str, Maker]:
    def draft(found: Found) -> Any:
        return entries.draft(found.organs.finance, _section(found))

    return {
        "entry": draft,
        "public_entry": lambda found: entries.published(found.organs.finance, _section(found)),
        **{
            state.value.lower(): _entry_in(state)
            for state in EntryState
            if state.value in _ON_THE_ROAD
        },
        "entry_file": lambda found: disclosure.attach(
            found["entry"],
            role="APPENDIX",
            content=pdf(),
            file_name="附件.pdf",
            name="附件",
            **SAID,
        ),
        "section": _section,
        "override": lambda found: Override.objects.create(
            entry=found["entry"],
            fingerprint="0" * 64,
            message="“按排”应为“安排”",
            reason="人名",
            asked_by="拟稿人",
            asked_by_account="author",
            asked_at=AT,
        ),
        "term": lambda found: ListedTerm.objects.create(
            county=found.organs.county,
            kind=ListKind.choices[0][0],
            word="某词",
            level="BLOCKING",
            reason="测试",
            from_on=TODAY,
            added_at=AT,
            added_by="备料",
        ),
        "catalogue": lambda found: catalogues.catalogue(found.organs.county),
        "field": lambda found: catalogues.field(found["catalogue"]),
        "item": lambda found: catalogues.item(found["field"], organs=[found.organs.finance]),
    }


def _engagement() -> dict[str, Maker]:
    def of_finance(make_it: Callable[[Any], Any]) -> Maker:
        return lambda found: make_it(found.organs.finance)

    def handed(row: Any, verb: Callable[..., Any], found: Found) -> Any:
        at = engaged.moment(engaged.MONDAY, 10)
        return verb(row, to=found.organs.finance, why="由该单位办理", by=MAKER, at=at)

    return {
        "report": lambda found: handed(
            engaged.reported(found.organs.county), engagement.pass_on, found
        ),
        "message": lambda found: handed(
            exchanged.sent(found.organs.county), engagement.pass_message_on, found
        ),
        "solicitation": of_finance(engaged.opened),
        "comment": lambda found: engaged.commented(found["solicitation"]),
        "survey": of_finance(exchanged.survey),
        "interview": of_finance(exchanged.interview),
        "opinion": of_finance(exchanged.opinion),
        "faq": lambda found: engagement.draft_faq(
            found.organs.finance, question="怎样申请？", answer="到窗口申请。", **SAID
        ),
        "banner": lambda found: engagement.raise_banner(
            found.organs.county,
            text="暴雨红色预警",
            until=timezone.now() + timedelta(days=9),
            by=MAKER,
            at=timezone.now(),
        ),
        "mailbox": lambda found: engagement.open_mailbox(
            found.organs.county,
            organ=found.organs.finance,
            name="局长信箱",
            holder="李四",
            post="局长",
            **SAID,
        ),
    }


def _requests() -> dict[str, Maker]:
    def mail(found: Found) -> IncomingMail:
        return IncomingMail.objects.create(
            organ=found.organs.finance, key="k", received_at=AT, read_at=AT, state=MailState.ASIDE
        )

    def alike(found: Found) -> Any:
        made = DisclosureSuggestion.objects.create(
            organ=found.organs.finance,
            description="征收公告",
            requesters=2,
            state=SuggestionState.OFFERED,
            why="多人申请",
            account="maker",
            actor_name="备料",
            made_at=AT,
        )
        made.requests.add(found["request"])
        return made

    return {
        "request": lambda found: requests.processing(found.organs.finance),
        "drafted": lambda found: requests.drafted(
            requests.processing(found.organs.finance), requests.RECEIVED
        ),
        "reviewing": lambda found: requests.under_review(found.organs.finance),
        "correction": lambda found: corrections.registered(found.organs.finance),
        "mail": mail,
        "alike": alike,
        "order": lambda found: orders.handling(found.organs.finance),
        "rule": lambda found: DispatchRule.objects.create(
            county=found.organs.county, category="01", handler=found.organs.finance
        ),
        "client": lambda found: IntakeClient.objects.create(
            organ=found.organs.office, name="市热线", key_digest="0", key_shown="0", opened_at=AT
        ),
        "month_report": lambda found: hotline.issue_report(
            found.organs.county,
            month=TODAY.replace(day=1) - timedelta(days=1),
            number="第1期",
            **SAID,
        ),
        "file": lambda found: store(
            organ=found.organs.finance,
            content=pdf(),
            about=found["request"].typed_id,
            purpose=Purpose.SOURCE,
            name="说明.pdf",
            **SAID,
        ),
        "profile": lambda found: written.make_profile(found.organs.finance),
        "letter": lambda found: written.make_letter(
            found.organs.finance, about=found["request"].typed_id
        ),
        "template": lambda found: LetterTemplate.objects.create(
            organ=found.organs.finance,
            kind=LetterTemplate._meta.get_field("kind").choices[0][0],
            name="t.docx",
            docx=b"",
            sha256="0" * 64,
            valid_from=TODAY,
            uploaded_at=AT,
            uploaded_by="备料",
            uploaded_by_account="maker",
        ),
        "remedy": lambda found: remedies.accepted(found.organs.finance),
        "suit": lambda found: remedies.sued(found.organs.finance),
        "party": lambda found: contest.add_party(
            found["remedy"], role=PartyRole.APPLICANT, name="张三丰", natural=True, **SAID
        ),
        "evidence": lambda found: contest.add_evidence(
            found["remedy"], name="答复书", proves="已答复", **SAID
        ),
        "complaint": lambda found: _complaint(found.organs),
    }


def _papers() -> dict[str, Maker]:
    def on(found: Found) -> Any:
        return found.organs.finance

    return {
        "document": lambda found: documents.made(on(found)),
        "public_document": lambda found: documents.amended(on(found)),
        "relation": lambda found: _relation(found["public_document"]),
        "dossier": lambda found: dossiers.drafted(on(found)),
        "interpretation": lambda found: dossiers.explained(found["dossier"]),
        "round": lambda found: policy.open_round(
            found.organs.county, title="清理", year=2026, basis="5号", **SAID
        ),
        "round_item": lambda found: found["round"].items.filter(document__organ=on(found)).first(),
        "decision": lambda found: policy.add_decision(
            found.organs.county, year=2026, title="重大行政决策", organ=on(found), **SAID
        ),
        "decisions": lambda found: found["decision"].catalogue,
        "gazette": lambda found: policy.compose_issue(
            found.organs.county, year=2026, number=1, total=None, **SAID
        ),
        "batch": lambda found: registers.entered(on(found)),
        "penalty": lambda found: decisions.published(on(found)),
        "import": lambda found: _imported(found["batch"]),
        "proposal": lambda found: proposals.handled(found.organs.county, on(found)),
        "year": lambda found: annualreport.open_year(found.organs.county, 2025, **SAID),
        "return": lambda found: Return.objects.get(organ=on(found)),
        "annual": lambda found: found["year"].reports.get(organ=found.organs.county),
    }


def _complaint(organs: Any) -> Any:
    told = contest.Told(
        about=organs.finance,
        kind=ComplaintKind.COMPLAINT,
        ground=Ground.NOT_ANSWERED,
        channel=Channel.LETTER,
        subject="逾期未答复",
        content="至今没有答复",
        complainant="王小明",
    )
    return contest.receive_complaint(organs.office, told=told, on=TODAY, **SAID)


def _imported(batch: Any) -> ImportRun:
    run = ImportRun.objects.create(
        source_name="a.xlsx",
        source_sha256="0" * 64,
        rows=1,
        entered_at=AT,
        entered_by="备料",
        entered_by_account="maker",
    )
    batch.imported_in = run
    batch.save(update_fields=["imported_in"])
    return run


def _relation(document: Any) -> Any:
    from gongkai.policy.models import Relation

    return Relation.objects.get(target=document)


def _sites() -> dict[str, Maker]:
    def site_year(found: Found) -> Any:
        return inspections.open_site_year(found["site"], 2025, from_records=False, **SAID)

    return {
        "site": lambda found: inspected.site(found.organs.county, found.organs.finance),
        "finding": lambda found: inspected.ordered(found["site"]),
        "site_year": site_year,
        "bulletin": lambda found: inspections.take_figures(
            found.organs.county, period=BulletinPeriod.MONTH, starts_on=date(2026, 8, 1), **SAID
        ),
        "issued": lambda found: _issued(found),
        "account": lambda found: media.running(found.organs.finance),
        "post": lambda found: media.posted(found["account"]),
        "publication": lambda found: Publication.objects.create(
            entry=found["public_entry"],
            account=found["account"],
            version=1,
            state="BY_HAND",
            title="通知",
            asked_by="备料",
            asked_at=AT,
        ),
        "campaign": lambda found: newmedia.begin_campaign(
            found.organs.county, name="清理", starts_on=TODAY, ends_on=TODAY, **SAID
        ),
        "campaign_item": lambda found: found["campaign"].items.get(account=found["account"]),
    }


def _issued(found: Found) -> Bulletin:
    later: dict[str, Any] = {"by": MAKER, "at": AT + timedelta(days=12)}
    month, begun = BulletinPeriod.MONTH, date(2026, 9, 1)
    made = inspections.take_figures(found.organs.county, period=month, starts_on=begun, **later)
    return inspections.issue(made, **later)


def _hall() -> dict[str, Maker]:
    def on(found: Found) -> Any:
        return found.organs.finance

    return {
        "service": lambda found: hall.drafted(on(found)),
        "hall": lambda found: hall.hall(on(found)),
        "benefit": lambda found: hall.policy(on(found)),
        "clause": lambda found: found["benefit"].clauses.get(number=1),
        "case": lambda found: hall.filed(found["benefit"]),
        "window": _window,
        "assistance": _assistance,
        "assistance_step": _assistance_step,
        "zone": lambda found: _zone(on(found)),
    }


def _window(found: Found) -> Any:
    when = {"joined_on": hall.MONDAY, **hall.NOW}
    return servicehall.open_window(
        found["hall"], number="12", name="帮代办", kind=WindowKind.HELP, organ=None, **when
    )


def _assistance(found: Found) -> Any:
    told = Person(name="王代办", agent=True)
    agent = servicehall.assign(
        found["hall"],
        organ=found.organs.finance,
        told=told,
        window=None,
        joined_on=hall.MONDAY,
        **hall.NOW,
    )
    asked = Asked(applicant="张三", person=True, phone="13812345678", project="开办餐馆")
    return servicehall.accept(agent, asked=asked, item=None, accepted_on=hall.MONDAY, **hall.NOW)


def _assistance_step(found: Found) -> Any:
    told = {"name": "营业执照", "body": "市监局", "begun_on": hall.MONDAY}
    return servicehall.begin_step(found["assistance"], **told, **hall.NOW)


def _zone(organ: Any) -> Any:
    told = ZoneTold(place=ZonePlace.LIBRARY, name="专区", address="县图书馆", opening="每天")
    return servicehall.open_zone(organ, told=told, opened_on=date(2026, 3, 2), **hall.NOW)


def _people() -> dict[str, Maker]:
    return {
        "person": lambda found: make_user("someone", "某人"),
        "post_held": lambda found: make_post(
            found["person"], found.organs.finance, Role.DEPARTMENT_CLERK
        ),
    }


def _oversight() -> dict[str, Maker]:
    def on(found: Found) -> Any:
        return found.organs.finance

    return {
        "plan": lambda found: oversight.draft_plan(
            found.organs.county, year=2025, title="要点", **SAID
        ),
        "draft_task": lambda found: oversight.add_task(
            found["plan"], told=TaskTold("任务", on(found), date(2026, 9, 25), "一、公开"), **SAID
        ),
        "issued_plan": lambda found: overseen.issued(found.organs.county, on(found)),
        "task": lambda found: found["issued_plan"].tasks.get(),
        "work_event": lambda found: overseen.trained(on(found)),
        "appraisal": _appraisal,
        "indicator": lambda found: oversight.add_indicator(
            found["appraisal"],
            told=IndicatorTold(group="组织保障", item="制度建设", points=Decimal(60)),
            **SAID,
        ),
        "unit": _unit,
        "rating": lambda found: found["unit"].ratings.first(),
        "objection": lambda found: ScoreObjection.objects.create(
            rating=found["rating"], reason="漏计", made_by="备料", made_at=AT
        ),
        "accountability": lambda found: oversight.record_case(
            found.organs.county, on(found), told=_fault(), **SAID
        ),
        "degrees": lambda found: exchanged.survey(
            found.organs.county, questions="1. 是否满意？（单选）\n非常满意\n满意\n不满意"
        ),
        "evaluation": lambda found: oversight.mark_evaluation(
            found.organs.county,
            found["degrees"],
            year=2026,
            points=[PointTold(questions_of(found["degrees"])[0], on(found), "总体")],
            **SAID,
        ),
    }


def _appraisal(found: Found) -> Any:
    told = AppraisalTold(
        year=2025,
        title="2025年考核",
        starts_on=date(2025, 1, 1),
        ends_on=date(2025, 12, 31),
        self_due_on=date(2026, 9, 30),
    )
    return oversight.draft_appraisal(found.organs.county, told=told, **SAID)


def _unit(found: Found) -> Any:
    made = overseen.drafted(found.organs.county)
    oversight.open_rating(made, **SAID)
    return made.units.get(organ=found.organs.finance)


def _fault() -> CaseTold:
    told = {"fault": "NOT_UPDATED", "sanction": "CRITICISED", "facts": "公开指南一年没有更新"}
    return CaseTold(**told, decided_on=TODAY, people="李某某")


def _of_later_chapters() -> dict[str, Maker]:
    def on(found: Found) -> Any:
        return found.organs.finance

    return {
        "complaint": lambda found: complaints.received(found.organs.office, on(found)),
        "party": lambda found: parts.add_party(
            found["remedy"],
            role=PartyRole.APPLICANT,
            name="张三丰",
            natural=True,
            contact="13800000000",
            **SAID,
        ),
        "evidence": lambda found: parts.add_evidence(
            found["remedy"], name="答复书", proves="已答复", **SAID
        ),
        "packed": lambda found: requests.archived(on(found)),
        "transfer": lambda found: archives.make_list(
            found.organs.county,
            TransferKind.CASES,
            since=date(2026, 1, 1),
            until=date(2026, 9, 1),
            **SAID,
        ),
        "network": lambda found: StaffNetwork.objects.create(
            network="127.0.0.0/8", note="本机", added_by="备料", added_at=AT
        ),
        "delegation": lambda found: Delegation.objects.create(
            post=found["post_held"],
            to=found["person"],
            valid_from=timezone.localdate(),
            valid_to=timezone.localdate() + timedelta(days=9),
            reason="培训",
            made_by="备料",
            made_at=AT,
        ),
    }


RECORDS: dict[str, Maker] = {
    **_entries(),
    **_requests(),
    **_engagement(),
    **_papers(),
    **_sites(),
    **_hall(),
    **_people(),
    **_oversight(),
    **_of_later_chapters(),
    **states.records(SAID),
}
