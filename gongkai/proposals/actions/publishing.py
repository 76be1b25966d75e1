"""What replies and summaries ask of a release, and what a release puts down of them.

A reply needs its openness confirmed by other eyes and no contact of its proposer in the text; a
summary needs the figures as recorded. Runs inside the verbs of `disclosure`.
"""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse

from gongkai.audit import Actor
from gongkai.disclosure import Obstacle, Publishing, publishes
from gongkai.disclosure.models import Entry
from gongkai.disclosure.models.entries import DisclosureMode
from gongkai.proposals import queries, statistics
from gongkai.proposals.actions import steps
from gongkai.proposals.lifecycle import ANSWERED, Openness
from gongkai.proposals.models import Proposal, YearSummary
from gongkai.proposals.rules.wording import figures_sentence, names_contact


def _of(entry: Entry) -> Proposal:
    key = int(entry.record.partition(":")[2])
    return Proposal.objects.select_related("county", "lead").get(pk=key)


@publishes("proposals")
class ReplyRecords(Publishing):
    """The public texts of replies."""

    def obstacles(self, entry: Entry, at: datetime) -> Sequence[Obstacle]:
        """Return what stands against submitting or releasing a reply."""
        row = _of(entry)
        last = queries.reply_of(row)
        if last is None or row.state not in ANSWERED:
            return (Obstacle("record", "正在重新办理，答复后重新生成公开稿，再送审"),)
        openness = last.settled_openness
        if openness is None:
            return (Obstacle("record", "公开属性还没有审核通过，请在建议提案页面办理"),)
        if not openness.public:
            said = f"这份答复的公开属性为“{openness.label}”，不能公开"
            return (Obstacle("record", said),)
        found = []
        abridged = entry.mode == DisclosureMode.SEVERED
        if entry.first_published_at is None and abridged != (openness is Openness.ABRIDGED):
            said = f"审核通过的是“{openness.label}”，与稿件的公开属性不一致，请重新生成公开稿"
            found.append(Obstacle("mode", said))
        contact = steps.contact_of(row)
        if names_contact(queries.body_in_hand(entry), contact):
            said = "正文中有代表、委员的联系电话或者住址，请删去后再送审"
            found.append(Obstacle("body", said))
        return found

    def published(self, entry: Entry, *, by: Actor, at: datetime) -> None:
        """Put down the day on which the reply was first public, and of which round it is."""
        held = steps.hold(_of(entry))
        held.published_on = held.published_on or steps.local_day(at)
        held.published_round = held.round
        held.save(update_fields=["published_on", "published_round"])

    def withdrawn(self, entry: Entry, *, by: Actor, at: datetime) -> None:
        """Let the reply be unpublished again."""
        held = steps.hold(_of(entry))
        held.published_on, held.published_round = None, 0
        held.save(update_fields=["published_on", "published_round"])

    def address(self, entry: Entry) -> str:
        """Return the staff page of the proposal."""
        return reverse("proposals:record", args=[_of(entry).pk])


def _summary(entry: Entry) -> YearSummary:
    key = int(entry.record.partition(":")[2])
    return YearSummary.objects.select_related("county").get(pk=key)


@publishes("proposals.summary")
class SummaryRecords(Publishing):
    """The yearly summaries."""

    def obstacles(self, entry: Entry, at: datetime) -> Sequence[Obstacle]:
        """Return what stands against a summary: figures that are not those recorded."""
        row = _summary(entry)
        found = statistics.of_year(queries.of_county(row.county), row.year)
        sentence = figures_sentence(statistics.figures(found, steps.local_day(at)))
        if sentence not in queries.body_in_hand(entry):
            said = f"正文中的数字与登记的不一致，应当写明：“{sentence}”请重新生成总结"
            return (Obstacle("body", said),)
        return ()

    def published(self, entry: Entry, *, by: Actor, at: datetime) -> None:
        """Put down the day on which the summary was first public."""
        row = YearSummary.objects.select_for_update().get(pk=_summary(entry).pk)
        row.published_on = row.published_on or steps.local_day(at)
        row.save(update_fields=["published_on"])

    def withdrawn(self, entry: Entry, *, by: Actor, at: datetime) -> None:
        """Let the summary be unpublished again."""
        row = YearSummary.objects.select_for_update().get(pk=_summary(entry).pk)
        row.published_on = None
        row.save(update_fields=["published_on"])

    def address(self, entry: Entry) -> str:
        """Return the staff page of the year's figures."""
        return f"{reverse('proposals:figures')}?year={_summary(entry).year}"
