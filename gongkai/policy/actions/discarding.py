"""Putting away the texts in hand of a document whose registration is withdrawn."""

from datetime import datetime

from gongkai.audit import Actor
from gongkai.disclosure import actions as disclosure
from gongkai.disclosure.models import Entry
from gongkai.disclosure.queries import EntryState
from gongkai.policy.models import PolicyDocument
from gongkai.policy.rules import NotAllowedNow


def put_away(document: PolicyDocument, *, why: str, by: Actor, at: datetime) -> None:
    """Discard the drafts of a document and of its interpretations.

    Raises:
        NotAllowedNow: one of them was public once, or is under review.
    """
    for entry in texts_of(document):
        if entry.state == EntryState.DISCARDED:
            continue
        if entry.first_published_at is not None:
            raise NotAllowedNow("正文或者解读已经公开过，不能撤回登记；不宜继续公开的，请撤下正文")
        if entry.state != EntryState.DRAFT:
            raise NotAllowedNow(f"《{entry.title}》正在审核，请先撤回送审或者退回，再撤回登记")
        disclosure.discard(entry, why=why, by=by, at=at)


def texts_of(document: PolicyDocument) -> list[Entry]:
    """Return the entries of a document and of its interpretations, the document's first."""
    own = Entry.objects.filter(pk=document.entry_id)
    beside = Entry.objects.filter(pk__in=document.interpretations.values("entry"))
    return [*own, *beside.order_by("pk")]
