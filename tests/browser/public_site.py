"""A county's site on which every kind of public page has something to show, for the browser."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.cache import cache
from django.utils import timezone
from wagtail.models import Locale, Page

from gongkai.adapters.tests.uploads import word
from gongkai.disclosure import actions as disclosure
from gongkai.disclosure.actions.catalogue import found_catalogue
from gongkai.disclosure.lifecycle import EntryState
from gongkai.disclosure.models import AttachmentRole, Entry, Section, WithdrawalReason
from gongkai.disclosure.models.catalogues import CatalogueLevel
from gongkai.disclosure.queries import told_of
from gongkai.disclosure.tests import catalogues
from gongkai.disclosure.tests import factories as entries
from gongkai.engagement import actions as engagement
from gongkai.orgs.models import Organ
from gongkai.policy import actions as policy
from gongkai.policy.actions import Placed
from gongkai.policy.models import PolicyDocument
from gongkai.policy.rules.decisions import DecisionStep
from gongkai.policy.tests import dossiers
from gongkai.portal.outward import notice_of
from gongkai.portal.tests.requests_made import open_requests_county

TABLE = (
    "<p>各乡镇人民政府：现将标准公布如下，详见<a href='https://example.com/'>外部说明</a>。</p>"
    "<table><caption>补贴标准</caption><thead><tr><th scope='col'>作物</th><th scope='col'>每亩"
    "（元）</th></tr></thead><tbody><tr><td>稻谷</td><td>100</td></tr></tbody></table>"
)


@dataclass(frozen=True)
class Shown:
    """Where the pages stand: by their kind, as the tests name them."""

    pages: dict[str, str]
    document: Entry
    organ: Organ


class Maker:
    """Makes the site by the real verbs, a few days before now."""

    def __init__(self) -> None:
        cache.clear()
        # A test of this sort empties the database; what Wagtail's migrations laid is put back.
        if Page.get_first_root_node() is None:
            Locale.objects.get_or_create(language_code="zh-hans")
            Page.add_root(instance=Page(title="Root", slug="root"))
        self.now = timezone.now()
        self.today = timezone.localdate(self.now)
        self.at: datetime = self.now - timedelta(days=4)
        self.formed: date = timezone.localdate(self.at)
        self.said = {"by": dossiers.AUTHOR, "at": self.at}
        self.place = open_requests_county()

    def make(self) -> Shown:
        """Return the site with a page of every kind."""
        old, new = self.policy("旧补贴办法"), self.policy("新补贴办法", body=TABLE)
        policy.repeal(old, effective_on=self.today, source=new, **self.said)
        gone = self.entry("撤下的通知")
        disclosure.withdraw(
            gone,
            reason=WithdrawalReason.SUPERSEDED,
            note="已有新的通知",
            by=entries.PUBLISHER,
            at=self.at,
        )
        notice = self.entry("城区停水通知")
        asked = self.solicitation()
        county, organ = self.place.county, self.place.finance
        fields = self.catalogue(notice)
        issue = self.gazette(new)
        self.decisions(new)
        history = f"{new.entry.address.removesuffix('.html')}/lishi/"
        pages = {
            "home": "/",
            "group": "/zwgk/",
            "column": "/zwdt/tzgg/",
            "year": f"/zwdt/tzgg/{self.formed.year}/",
            "organs": "/zwgk/jg/",
            "organ": f"/zwgk/jg/{organ.code}/",
            "organ's list": f"/zwgk/jg/{organ.code}/zwdt/tzgg/",
            "organ's catalogue": f"/zwgk/jg/{organ.code}/zfxxgkml/",
            "document": new.entry.address,
            "repealed": old.entry.address,
            "withdrawn": gone.address,
            "interpretation": new.interpretations.get().entry.address,
            "library": "/zwgk/zcwjk/?yxx=qb",
            "fields": "/zwgk/jczwgk/",
            "field": fields,
            "guide": "/zwgk/zfxxgkzn/",
            "site map": "/wzdt/",
            "kiosk": "/tiyanqu/",
            "outward notice": notice_of("https://example.com/"),
            "error report": "/jiucuo/?ye=/zwdt/tzgg/",
            "error followed": "/jiucuo/chaxun/",
            "complaint": "/zwgk/tsjb/",
            "complaint followed": "/zwgk/tsjb/chaxun/",
            "solicitation": asked.entry.address,
            "comment": f"/hdjl/yjzj/{asked.pk}/yijian/",
            "history": f"{history}?riqi={self.formed.isoformat()}",
            "gazettes": "/zwgk/zfgb/",
            "gazette": issue.address,
            "decisions": "/zwgk/fdzdgknr/zdjc/",
            "404": "/zwdt/not-there/",
        }
        assert county.pk != organ.pk
        return Shown(pages, new.entry, organ)

    def policy(self, title: str, **fields: object) -> PolicyDocument:
        """Return a public policy document with its interpretation."""
        made = dossiers.drafted(
            self.place.finance, self.at, title=title, formed_on=self.formed, **fields
        )
        dossiers.explained(made, at=self.at)
        disclosure.attach(
            made.entry,
            role=AttachmentRole.ATTACHMENT,
            content=word(f"{title}的附表"),
            file_name="附表.docx",
            **self.said,
        )
        dossiers.signed(made, self.at)
        policy.publish_dossier(made, by=dossiers.PUBLISHER, at=self.at)
        return PolicyDocument.objects.select_related("entry").get(pk=made.pk)

    def entry(self, title: str) -> Entry:
        """Return a public notice."""
        where = Section.objects.get(path="zwdt/tzgg")
        return entries.published(
            self.place.finance, where, at=self.at, title=title, formed_on=self.formed
        )

    def solicitation(self) -> object:
        """Return a solicitation that takes comments today."""
        row = engagement.draft_solicitation(
            self.place.finance,
            name="靖安县城市停车管理办法（征求意见稿）",
            terms=engagement.Terms(
                self.today,
                self.today + timedelta(days=35),
                address="新大街1号",
                affects_market=True,
            ),
            **self.said,
        )
        hand = told_of(row.entry)
        body = hand.told.body + "<p>起草说明：为规范城市停车秩序，起草本办法。</p>"
        text = disclosure.Told.read(hand.told.metadata(), body)
        entry = disclosure.edit(row.entry, told=text, revision=hand.revision, **self.said)
        entries.forward(entry, EntryState.PUBLISHED, self.at)
        row.refresh_from_db()
        return row

    def catalogue(self, notice: Entry) -> str:
        """Return the address of a field with a fulfilled item."""
        held = found_catalogue(
            self.place.county, level=CatalogueLevel.COUNTY, on=self.formed, **self.said
        )
        field = catalogues.field(held)
        item = catalogues.item(field, on=self.formed, organs=[self.place.finance])
        catalogues.ItemEntry.objects.create(item=item, entry=notice)
        return f"/zwgk/jczwgk/{field.slug}/"

    def gazette(self, document: PolicyDocument) -> object:
        """Return an issue that has come out."""
        issue = policy.compose_issue(
            self.place.county, year=self.formed.year, number=1, total=1, **self.said
        )
        policy.set_contents(issue, contents=[Placed(document.entry, "部门文件")], **self.said)
        return policy.publish_issue(issue, published_on=self.formed, **self.said)

    def decisions(self, document: PolicyDocument) -> None:
        """Publish the year's catalogue of decisions."""
        county = self.place.county
        one = policy.add_decision(
            county, year=self.formed.year, title="调整水价", organ=self.place.finance, **self.said
        )
        policy.link_decision(one, step=DecisionStep.DECIDED, entry=document.entry, **self.said)
        policy.note_steps(one, done=[DecisionStep.LEGAL, DecisionStep.DECIDED], **self.said)
        where = Section.objects.get(county=county, path="zwgk/fdzdgknr/zdjc")
        entry = policy.draft_catalogue(one.catalogue, organ=county, section=where, **self.said)
        entries.forward(entry, EntryState.PUBLISHED, self.at)
