"""Reading publications: which accounts an entry may go to, what is sent, how each stands."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from gongkai.adapters.platforms import (
    Article,
    Picture,
    Publisher,
    Sent,
    Stage,
    key_of,
    publisher,
)
from gongkai.disclosure.models import AttachmentRole, Entry
from gongkai.disclosure.queries import DocumentPage, page_by_id
from gongkai.files.models import StoredFile
from gongkai.files.queries import FileLost, content
from gongkai.newmedia.lifecycle import PUBLISHING
from gongkai.newmedia.lifecycle.publications import ENDED, PublicationState
from gongkai.newmedia.models import Account, Publication
from gongkai.newmedia.queries.people import MediaPerson
from gongkai.newmedia.rules.platforms import PUBLIC, Platform
from gongkai.newmedia.rules.publishing import Wording, suggested
from gongkai.orgs.models import Organ

_PICTURED = ("jpg", "jpeg", "png", "gif", "bmp", "webp")


@dataclass(frozen=True, slots=True)
class Offered:
    """An account to which an entry may go, and how it stands there, if it was sent."""

    account: Account
    publication: Publication | None
    speaks: bool  # by the platform's interface; else by hand


def page_for(entry: Entry) -> DocumentPage | None:
    """Return the public page of an entry, None when the public does not see it."""
    county = entry.organ.county_id or entry.organ_id
    page = page_by_id(county, entry.pk)
    return page if page is not None and page.live else None


def link_of(address: str) -> str:
    """Return the whole address of a page of ours."""
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{address}"


def accounts_for(entry: Entry, person: MediaPerson) -> list[Offered]:
    """Return the accounts of the entry's county on which a person may publish it."""
    ordered = (
        _open_to(entry, person)
        .select_related("organ")
        .order_by("-main", "organ__order", "organ__code", "platform", "name")
    )
    sent = {each.account_id: each for each in standing_of(entry)}
    return [Offered(each, sent.get(each.pk), speaks(each)) for each in ordered]


def may_publish(entry: Entry, person: MediaPerson) -> bool:
    """Say whether a person may publish an entry on some account. At most two queries."""
    return entry.live and _open_to(entry, person).exists()


def _open_to(entry: Entry, person: MediaPerson) -> QuerySet[Account]:
    county = entry.organ.county_id or entry.organ_id
    states = [state.value for state in PUBLISHING]
    return person.recorded.filter(county_id=county, state__in=states, platform__in=PUBLIC)


def standing_of(entry: Entry) -> QuerySet[Publication]:
    """Return the publications of an entry that are not over."""
    rows = Publication.objects.filter(entry=entry).exclude(
        state__in=[state.value for state in ENDED]
    )
    return rows.select_related("account__organ").order_by("pk")


def publications_of(entry_id: int) -> list[Publication]:
    """Return all publications of an entry, the newest first."""
    rows = Publication.objects.filter(entry_id=entry_id).select_related("account__organ")
    return list(rows.order_by("-pk"))


def publications_for(person: MediaPerson, state: str = "") -> QuerySet[Publication]:
    """Return the publications on accounts that a person sees, newest first; of one state."""
    rows = Publication.objects.filter(account__in=person.accounts.order_by().values("pk"))
    rows = rows.filter(state=state) if state in PublicationState.__members__ else rows
    return rows.select_related("account__organ").order_by("-asked_at", "-pk")


def waiting_publications(organs: QuerySet[Organ]) -> dict[str, QuerySet[Publication]]:
    """Return what waits for people among some organs' accounts, to be counted."""
    rows = Publication.objects.filter(account__organ__in=organs.order_by().values("pk"))
    gone = rows.filter(state=PublicationState.WITHDRAWING).exclude(problem="")
    return {
        "failed": rows.filter(state=PublicationState.FAILED),
        "by_hand": rows.filter(state=PublicationState.BY_HAND),
        "to_delete": gone,
    }


def find_publication(pk: object, person: MediaPerson) -> Publication | None:
    """Return a publication on an account that a person sees, or None."""
    rows = Publication.objects.filter(account__in=person.accounts.order_by().values("pk"))
    found = rows.filter(pk=pk).select_related("account__organ", "entry__organ", "post", "cover")
    return found.first()


def speaks(account: Account) -> bool:
    """Say whether the account's platform is spoken to, by a setting of this county."""
    return key_of(account.platform, account.platform_id) in settings.GONGKAI_PLATFORMS


def publisher_of(account: Account) -> Publisher | None:
    """Return who publishes on an account, None when that is done by hand."""
    return publisher(settings.GONGKAI_PLATFORMS, key_of(account.platform, account.platform_id))


def suggested_for(account: Account, page: DocumentPage, plain: str) -> Wording:
    """Return a wording that fits the account's platform."""
    return suggested(Platform(account.platform), page.title, plain, link_of(page.address))


def pictures_in(page: DocumentPage) -> list[tuple[str, str]]:
    """Return the pictures of a page as choices: the stored file's id and its name."""
    return [
        (str(file.file), file.alternative or file.name)
        for file in page.files
        if file.role == AttachmentRole.PICTURE and file.kind in _PICTURED
    ]


def cover_in(page: DocumentPage, key: str) -> StoredFile | None:
    """Return the stored file of one of the page's pictures, or None."""
    if key not in dict(pictures_in(page)):
        return None
    return StoredFile.objects.filter(pk=key, removed_at__isnull=True).first()


def article_of(publication: Publication, page: DocumentPage) -> Article:
    """Return what is sent to the platform: the public text with its pictures, and the wording.

    A picture whose bytes are lost is left out; the text says where the whole page is.
    """
    cover = publication.cover
    return Article(
        title=publication.title,
        link=link_of(page.address),
        author=page.organ_short_name,
        digest=publication.digest,
        html=page.body,
        text=publication.text,
        cover=_bytes(cover) if cover is not None else b"",
        pictures=tuple(_pictures(page)),
    )


def sent_of(publication: Publication) -> Sent:
    """Return how far the platform has a publication, as was kept."""
    stage = Stage(publication.remote.get("stage", Stage.NEW))
    return Sent(stage, dict(publication.remote.get("ids", {})), publication.link)


def bare_article(publication: Publication) -> Article:
    """Return what a platform needs to be asked about a publication: no body, no pictures."""
    link = link_of(publication.entry.address)
    return Article(title=publication.title, link=link, text=publication.text)


def is_outdated(publication: Publication) -> bool:
    """Say whether the website has another version by now than the platform."""
    public = publication.entry.published
    standing = publication.state in (PublicationState.PUBLISHED, PublicationState.SUBMITTED)
    return standing and public is not None and public.number != publication.version


def _pictures(page: DocumentPage) -> list[Picture]:
    files = {str(file.file): page.address_of(file) for file in page.files}
    shown = {key: address for key, address in files.items() if f'src="{address}"' in page.body}
    rows = StoredFile.objects.filter(pk__in=shown, removed_at__isnull=True)
    found: list[Picture] = []
    for row in rows:
        data = _bytes(row)
        if data:
            found.append(Picture(shown[str(row.pk)], data))
    return sorted(found, key=lambda each: page.body.index(each.address))


def _bytes(file: Any) -> bytes:
    try:
        return content(file)
    except FileLost:
        return b""
