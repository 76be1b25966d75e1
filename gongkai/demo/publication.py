"""The demo's public site: sections, organ pages, texts, documents, catalogues, by the real verbs.

Everything lies before the day on which the demo is set up, in the order in which it was released;
nothing touches the figures of the reference year. Every text is read, cleared, signed and
released by different people, some still wait for the demo's accounts.
"""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from django.db import transaction

from gongkai.adapters.xlsx import Column, SheetOut, write_tables
from gongkai.audit import Actor
from gongkai.demo import county as where
from gongkai.demo import decisions, documents, organ_pages, staff
from gongkai.demo import publication_texts as texts
from gongkai.demo.publication_texts import Piece
from gongkai.demo.road import MARK, Road, days, moment, subject
from gongkai.disclosure import actions
from gongkai.disclosure.actions.guide import change_organ_page, confirm_guide
from gongkai.disclosure.models import (
    AttachmentRole,
    CatalogueItem,
    Entry,
    OrganPage,
    Section,
    WithdrawalReason,
)
from gongkai.disclosure.models.catalogues import CatalogueLevel
from gongkai.disclosure.queries import EntryState, told_of
from gongkai.engagement import actions as engagement
from gongkai.orgs.models import Organ

READER = Actor("portal", "公众", "网上提交")
_TOWN = "乡镇："


@dataclass
class Publication(Road):
    """The public site as of `today` while it is made."""

    items: dict[tuple[str, str], CatalogueItem] = field(default_factory=dict)

    def make(self) -> int:
        """Make everything once; return how many entries were made, 0 when they stood already."""
        if OrganPage.objects.exists():
            return 0
        self.organs = {organ.code: organ for organ in Organ.objects.select_related("county")}
        before = Entry.objects.count()
        self.people = staff.acting()
        county = self.organs[where.COUNTY_CODE]
        self.sections = {row.path: row for row in Section.objects.filter(county=county)}
        self._organ_pages()
        self._know_items(county)
        documents.texts_of_old_documents(self)
        self._this_year()
        documents.filings(self)
        decisions.decide(self, county, self._solicitation())
        for state, piece in texts.WAITING:
            self._wait(state, piece)
        self._error_reports(county)
        return Entry.objects.count() - before

    def _organ_pages(self) -> None:
        at = moment(self.day(319), 9)
        for code, told in organ_pages.pages():
            organ = self.organs[code]
            change_organ_page(organ, slug=code, by=self.clerk(code), at=at, **told)
            confirm_guide(organ, by=self.clerk(code), at=at + timedelta(hours=1))
        if not OrganPage.objects.filter(slug=where.SUCCESSOR.code).exists():
            told = organ_pages.pages()[-1][1]
            organ = self.organs[where.SUCCESSOR.code]
            change_organ_page(organ, slug=organ.code, by=self.clerk(organ.code), at=at, **told)

    def _know_items(self, county: Organ) -> None:
        """Find the catalogues' items, by field and name; those of townships marked."""
        rows = CatalogueItem.objects.filter(field__catalogue__county=county)
        for row in rows.select_related("field__catalogue"):
            town = row.field.catalogue.level == CatalogueLevel.TOWNSHIP
            self.items[f"{_TOWN if town else ''}{row.field.name}", row.second_level] = row

    # -- one text along the road -----------------------------------------------------------

    def _draft(self, piece: Piece) -> tuple[Entry, date]:
        """Begin a text three days before its release; return it with the day it counts from."""
        on = piece.on or self.day(piece.ago)
        by, at = self.clerk(piece.organ), moment(on - timedelta(days=3), 9)
        body = "".join(f"<p>{paragraph}</p>" for paragraph in piece.body)
        entry = actions.create(
            self.organs[piece.organ],
            section=self.sections[piece.section],
            told=actions.Told(
                title=f"{piece.title}{MARK}",
                formed_on=on - timedelta(days=4),
                body=body,
                genre=piece.genre,
                subject=subject(piece.subject) if piece.subject else "",
                extra_sections=tuple(self.sections[path].pk for path in piece.extra),
            ),
            by=by,
            at=at,
        )
        for key in piece.items:
            actions.link_item(entry, self.items[key], by=by, at=at)
        if piece.sheet:
            columns = (Column("项目", 30), Column("金额", 16))
            data = write_tables([SheetOut("公开表", columns, piece.sheet)])
            actions.attach(
                entry,
                role=AttachmentRole.ATTACHMENT,
                content=data,
                file_name="公开表.xlsx",
                name=f"{piece.title}附表",
                by=by,
                at=at,
            )
        return entry, on

    def _publish(self, piece: Piece) -> Entry:
        entry, on = self._draft(piece)
        entry = actions.submit(entry, by=self.clerk(piece.organ), at=moment(on - days(3), 10))
        return self.forward(entry, EntryState.PUBLISHED, on)

    def _this_year(self) -> None:
        """Release the texts and documents of now in the order of their days."""
        jobs = [(piece.ago, lambda piece=piece: self._publish(piece)) for piece in texts.NOW]
        jobs += [
            (each.ago, lambda each=each: documents.document(self, each)) for each in texts.POLICIES
        ]
        for _, release in sorted(jobs, key=lambda job: -job[0]):
            release()

    # -- what waits, what readers say ------------------------------------------------------

    def _wait(self, state: str, piece: Piece) -> None:
        entry, on = self._draft(piece)
        by = self.clerk(piece.organ)
        if state == "DRAFT":
            return
        entry = actions.submit(entry, by=by, at=moment(on - days(3), 10))
        if state == "RETURNED":
            why = "检查结果未列明企业数量和整改期限，请补充后再送审"
            at = moment(on - days(2), 10)
            actions.return_entry(entry, why=why, by=self.people["reviewer"], at=at)
        elif state == "SCHEDULED":
            entry = self.forward(entry, EntryState.SIGNED, on)
            when = moment(self.today + days(2), 9)
            by = self.people["publisher"]
            actions.schedule(entry, when=when, by=by, at=moment(on - days(1), 17))
        elif state == "WITHDRAWN":
            entry = self.forward(entry, EntryState.PUBLISHED, on)
            actions.withdraw(
                entry,
                reason=WithdrawalReason.IN_ERROR,
                note="误将未定稿发布",
                by=self.people["publisher"],
                at=moment(on, 11),
            )
        else:
            self.forward(entry, EntryState[state], on)

    def _solicitation(self) -> Entry:
        on = self.day(15)
        row = engagement.draft_solicitation(
            self.organs["zjj"],
            name="靖安县物业服务管理办法（征求意见稿）",
            terms=engagement.Terms(
                on, on + days(31), address=where.ADDRESS, phone=where.PHONE, affects_market=True
            ),
            by=self.clerk("zjj"),
            at=moment(on - days(3), 9),
        )
        by, at = self.clerk("zjj"), moment(on - days(3), 10)
        hand = told_of(row.entry)
        told = replace(hand.told, body=hand.told.body + texts.WHY_MANAGE_PROPERTY)
        entry = actions.edit(row.entry, told=told, revision=hand.revision, by=by, at=at)
        entry = actions.submit(entry, by=by, at=at)
        self.forward(entry, EntryState.PUBLISHED, on)
        row.refresh_from_db()
        for place, said in enumerate(
            ("建议明确业主委员会换届的办理时限。", "物业费调整应当先公示成本，再由业主表决。")
        ):
            at = moment(on + days(2 + place), 20)
            engagement.comment(row, text=said, by=READER, at=at)
        return row.entry

    def _error_reports(self, county: Organ) -> None:
        page = Entry.objects.filter(live=True, section__path=texts.NEWS).first()
        address = page.address if page else "/"
        for ago, said in ((6, "正文第二段的“按排”应为“安排”"), (1, "附件链接点开较慢")):
            told = engagement.NewReport(
                page=address, kind=engagement.ErrorKind.MISSPELLING, text=said
            )
            at = moment(self.day(ago), 10)
            report = engagement.report_error(county, told=told, by=READER, at=at)
            if ago > 3:
                engagement.answer_error(
                    report,
                    result=engagement.Result.CORRECTED,
                    answer="已经更正，感谢您的指正。",
                    by=self.people["office"],
                    at=at + timedelta(hours=5),
                )


@transaction.atomic
def lay(today: date) -> int:
    """Make the demo's public site as of `today`; return how many entries, 0 when it stands.

    All or nothing: who stops it half-way finds the whole of it the next time.
    """
    return Publication(today).make()
