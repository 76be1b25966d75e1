"""The demo's policy documents with their texts and interpretations, by the verbs of dossiers."""

from datetime import date, datetime, timedelta

from gongkai.demo import county as where
from gongkai.demo import publication_texts as texts
from gongkai.demo.publication_texts import Policy
from gongkai.demo.road import MARK, Road, days, moment, subject
from gongkai.disclosure import actions
from gongkai.disclosure.queries import EntryState
from gongkai.policy import actions as policy
from gongkai.policy.actions import DocumentKind
from gongkai.policy.models import PolicyDocument
from gongkai.policy.models.dossiers import InterpretationForm
from gongkai.policy.queries import to_file


def document(road: Road, told: Policy) -> None:
    """Draft, explain, review and release one document; repeal the one it takes the place of."""
    organ, on = road.organs[told.organ], road.day(told.ago)
    by, at = road.clerk(told.organ), moment(on - days(3), 9)
    formed = on - days(4)
    prefix = f"{organ.document_prefix}{'发' if told.organ == where.COUNTY_CODE else '字'}"
    title = f"{organ.name}关于印发《{told.title}》的通知{MARK}"
    document = policy.draft_dossier(
        organ,
        kind=DocumentKind.NORMATIVE,
        section=road.sections[f"{texts.LAW}zcwj/gfxwj"],
        told=actions.Told(
            title=title,
            document_number=f"{prefix}〔{formed.year}〕{told.number}号",
            formed_on=formed,
            genre="NOTICE",
            subject=subject(told.subject),
            body="".join(f"<p>{article}</p>" for article in told.articles),
        ),
        effective_on=on + days(30),
        ends_on=date(on.year + 5, on.month, min(on.day, 28)),
        by=by,
        at=at,
    )
    _explain(road, document, told.title, told.why, subject(told.subject), formed, at)
    _release(road, document, on, at)
    if told.repeals:
        document.refresh_from_db()
        old = PolicyDocument.objects.get(title__contains=told.repeals, pk__lt=document.pk)
        effective = on + days(30)
        policy.repeal(old, effective_on=effective, source=document, by=by, at=moment(on, 16))


def texts_of_old_documents(road: Road) -> None:
    """Give texts to documents that the register had already; their days stay."""
    at = moment(road.day(300), 9)
    for matter in texts.WITH_TEXT:
        document = PolicyDocument.objects.select_related("organ").get(title__contains=matter)
        policy.add_text(
            document,
            section=road.sections[f"{texts.LAW}zcwj/gfxwj"],
            told=actions.Told(
                title=document.title,
                document_number=document.document_number,
                formed_on=document.formed_on,
                genre="NOTICE",
                subject=subject("综合政务\\其他"),
                body=f"<p>各乡镇人民政府，县直各单位：</p><p>《靖安县{matter}办法》已经研究同意，"
                "现印发给你们，请认真贯彻执行。</p><p>第一条　为加强和规范有关管理工作，"
                "根据有关法律、法规，结合本县实际，制定本办法。</p>"
                "<p>第二条　各乡镇人民政府和县直有关部门按照职责分工负责本办法的实施。</p>",
            ),
            by=road.people["office"],
            at=at,
        )
        reason = "文件已于制发当年公开解读，本次只补录正文"
        policy.exempt_interpretation(document, reason=reason, by=road.people["office"], at=at)
        document.refresh_from_db()
        _release(road, document, road.day(297), at)


def filings(road: Road) -> None:
    """File what came out long ago, each three weeks later; the newest still has to be filed."""
    at, long_ago = moment(road.day(60), 10), road.day(90)
    found = to_file([organ.pk for organ in road.organs.values()]).filter(published_on__lt=long_ago)
    for place, document in enumerate(found.order_by("published_on", "pk"), start=1):
        on = document.published_on + days(21)
        number = f"靖备〔{on.year}〕{place}号"
        by = road.clerk(document.organ.code)
        policy.file_document(document, filed_on=on, filing_number=number, by=by, at=at)


def _explain(
    road: Road,
    document: PolicyDocument,
    name: str,
    why: str,
    code: str,
    formed: date,
    at: datetime,
) -> None:
    policy.add_interpretation(
        document,
        form=InterpretationForm.TEXT,
        told=actions.Told(
            title=f"《{name}》政策解读{MARK}",
            formed_on=formed,
            subject=code,
            body=f"<p>一、制定背景</p><p>{why}</p><p>二、主要内容</p>"
            "<p>文件共五条，明确了适用范围、办理程序、责任分工和施行日期。</p>"
            "<p>三、注意事项</p><p>群众和企业如有疑问，可以拨打12345政务服务便民热线咨询。</p>",
        ),
        by=road.clerk(document.organ.code),
        at=at,
    )


def _release(road: Road, document: PolicyDocument, on: date, at: datetime) -> None:
    by = road.clerk(document.organ.code)
    for entry in policy.submit_dossier(document, by=by, at=at + timedelta(hours=1)):
        road.forward(entry, EntryState.SIGNED, on)
    document.refresh_from_db()
    policy.publish_dossier(document, by=road.people["publisher"], at=moment(on, 9, 30))
