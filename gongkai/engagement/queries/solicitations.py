"""Reading solicitations: the desk's list, figures and points, what the public page shows beside."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db.models import Count, Q, QuerySet

from gongkai.disclosure import queries as disclosure
from gongkai.disclosure.models import Entry
from gongkai.disclosure.models.entries import EntryState
from gongkai.engagement.lifecycle import Disposition, SolicitationState, Standing
from gongkai.engagement.models import Comment, Solicitation
from gongkai.engagement.rules import Figures, Point, Terms
from gongkai.orgs.models import Organ
from gongkai.orgs.queries import organs_of

_FIGURES = {
    "adopted": Disposition.ADOPTED,
    "partly": Disposition.PARTLY,
    "not_adopted": Disposition.NOT_ADOPTED,
    "unrelated": Disposition.UNRELATED,
    "undisposed": "",
}
_WHOLE = ("organ", "entry", "feedback_entry", "document")
_CANDIDATES = 20


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside a notice or a feedback: term, standing, kin as (title, address).

    A kin that is not public is None.
    """

    id: int
    standing: Standing
    terms: Terms
    takes_comments: bool
    notice: tuple[str, str] | None
    feedback: tuple[str, str] | None
    document: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class PublicSolicitation:
    """A solicitation as the public form shows it."""

    id: int
    name: str
    title: str
    organ: str
    organ_phone: str
    address: str
    terms: Terms
    standing: Standing
    takes_comments: bool


def solicitations_of(organ_ids: Collection[int]) -> QuerySet[Solicitation]:
    """Return the solicitations of some organs, latest term first, with counts of comments."""
    return (
        Solicitation.objects.filter(organ_id__in=organ_ids)
        .select_related(*_WHOLE)
        .annotate(
            received=Count("comments"),
            undisposed=Count("comments", filter=Q(comments__disposition="")),
        )
        .order_by("-closes_on", "-pk")
    )


def without_feedback(organ_ids: Collection[int], today: date) -> QuerySet[Solicitation]:
    """Return what closed longer ago than GONGKAI_FEEDBACK_DAYS and has no feedback, worst first."""
    before = today - timedelta(days=settings.GONGKAI_FEEDBACK_DAYS)
    found = solicitations_of(organ_ids).filter(state=SolicitationState.OPEN, closes_on__lt=before)
    return found.order_by("closes_on", "pk")


def find_solicitation(pk: int, organ_ids: Collection[int]) -> Solicitation | None:
    """Return the solicitation with this key among those of some organs, or None."""
    found = Solicitation.objects.filter(pk=pk, organ_id__in=organ_ids)
    return found.select_related(*_WHOLE, "organ__county").first()


def comments_of(solicitation: Solicitation, *, disposition: str | None = None) -> QuerySet[Comment]:
    """Return the comments in order; `disposition` "" keeps those that wait, None keeps all."""
    found = Comment.objects.filter(solicitation=solicitation).order_by("number")
    return found if disposition is None else found.filter(disposition=disposition)


def figures_of(solicitation: Solicitation) -> Figures:
    """Return how many comments came and what was made of them. One query."""
    counts = {name: Count("pk", filter=Q(disposition=value)) for name, value in _FIGURES.items()}
    return Figures(**Comment.objects.filter(solicitation=solicitation).aggregate(**counts))


def points_of(solicitation: Solicitation) -> list[Point]:
    """Return the points that comments made, adopted ones first, each with its count; one query."""
    rows = (
        Comment.objects.filter(solicitation=solicitation)
        .exclude(disposition__in=["", Disposition.UNRELATED])
        .order_by()
        .values_list("summary", "disposition", "reason")
        .annotate(count=Count("pk"))
    )
    order = list(Disposition)
    points = [Point(said, Disposition(what), why, count) for said, what, why, count in rows]
    return sorted(points, key=lambda one: (order.index(one.disposition), -one.count, one.summary))


def content_in_hand(entry: Entry) -> tuple[str, tuple[str, ...]]:
    """Return body and names of attachments of an entry: in hand, else in review, else public."""
    hand = disclosure.told_of(entry) if entry.state == EntryState.DRAFT else None
    if hand is not None:
        files = disclosure.files_in_hand(entry)
        return hand.told.body, tuple(file.name for file in files)
    version = entry.in_review or entry.published
    if version is None:
        return "", ()
    content = disclosure.content_of(version)
    return version.body, tuple(file.name for file in content.files)


def beside(record: str, today: date) -> Beside | None:
    """Return what stands beside "engagement:<id>" or "engagement.feedback:<id>". One query."""
    key = record.partition(":")[2]
    found = Solicitation.objects.select_related("entry", "feedback_entry", "document")
    row = found.filter(pk=int(key)).first() if key.isdecimal() else None
    if row is None:
        return None
    standing = row.standing_on(today)
    return Beside(
        id=row.pk,
        standing=standing,
        terms=row.terms,
        takes_comments=row.online and standing is Standing.RUNNING,
        notice=_public(row.entry),
        feedback=_public(row.feedback_entry),
        document=_public(row.document),
    )


def consulted_on(entry_id: int) -> tuple[str, str] | None:
    """Return title and address of the public notice on the draft that became a document."""
    found = Solicitation.objects.filter(document_id=entry_id, entry__live=True)
    return found.order_by("pk").values_list("entry__title", "entry__address").first()


def _public(entry: Entry | None) -> tuple[str, str] | None:
    return (entry.title, entry.address) if entry is not None and entry.live else None


def open_to_public(county: Organ, pk: int, today: date) -> PublicSolicitation | None:
    """Return a solicitation whose notice is public on a county's site, or None. One query."""
    found = Solicitation.objects.select_related("organ", "entry").filter(
        Q(organ=county) | Q(organ__county=county), pk=pk, entry__live=True
    )
    row = found.first()
    if row is None or row.entry is None:
        return None
    standing = row.standing_on(today)
    return PublicSolicitation(
        id=row.pk,
        name=row.name,
        title=row.entry.title,
        organ=row.organ.name,
        organ_phone=row.phone or row.organ.phone,
        address=row.entry.address,
        terms=row.terms,
        standing=standing,
        takes_comments=row.online and standing is Standing.RUNNING,
    )


def documents_to_link(solicitation: Solicitation, words: str) -> list[Entry]:
    """Return public texts of the county whose title or number holds `words`, newest first."""
    words = " ".join(words.replace("\x00", "").split())
    if not words:
        return []
    county = solicitation.organ.county or solicitation.organ
    organs = organs_of(county).order_by().values_list("pk", flat=True)
    own = [solicitation.entry_id, solicitation.feedback_entry_id]
    found = Entry.objects.live().of(list(organs)).exclude(pk__in=[pk for pk in own if pk])
    found = found.filter(Q(title__icontains=words) | Q(document_number__icontains=words))
    return list(found.select_related("organ").order_by("-published_at")[:_CANDIDATES])
