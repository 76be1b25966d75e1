"""Keeping the texts of a document by the day from which each is in force."""

from datetime import datetime
from html import escape

from django.utils import timezone

from gongkai.disclosure.models import Version
from gongkai.policy.models import PolicyDocument, Relation, TextVersion
from gongkai.policy.rules import RelationKind


def keep(document: PolicyDocument, version: Version, at: datetime) -> TextVersion:
    """Put down from which day the text just released stands. Part of the release's transaction.

    The first stands from the document's own first day. A later one is the consolidated text
    after the last amendment that has none yet; without such an amendment it puts an error of
    the text before it right, and stands from that one's day.
    """
    standing = TextVersion.objects.filter(document=document)
    last = standing.order_by("-valid_from", "-pk").first()
    amendment = None
    if last is None:
        own = document.effective_on or document.published_on or timezone.localdate(at)
        valid_from = max(own, document.published_on or own)
    else:
        amendment = _without_text(document)
        valid_from = amendment.effective_on if amendment is not None else last.valid_from
    return TextVersion.objects.create(
        document=document,
        version=version,
        relation=amendment,
        valid_from=valid_from,
        recorded_at=at,
    )


def _without_text(document: PolicyDocument) -> Relation | None:
    """Return the last standing amendment, if no text was kept of it or of a later one."""
    amendments = Relation.objects.filter(
        target=document, kind=RelationKind.AMENDS, cancelled_at__isnull=True
    )
    last = amendments.order_by("-effective_on", "-pk").first()
    if last is None or TextVersion.objects.filter(relation=last).exists():
        return None
    return last


def names(body: str, title: str) -> bool:
    """Say whether a published list names a matter."""
    return escape(title) in body or escape(title, quote=False) in body
