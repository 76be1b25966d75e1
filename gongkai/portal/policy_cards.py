"""The cards of policy documents and interpretations on their pages (`records.card_of`)."""

from datetime import date

from gongkai.disclosure.queries import DocumentPage
from gongkai.policy.queries import cards
from gongkai.portal.records import Card, Related, answers_for


@answers_for("policy")
def of_document(page: DocumentPage, day: date) -> Card:
    """Return a document's stamp, days, interpretations and what was done to it."""
    found = cards.card_of(_key(page), day)
    if found is None:
        return Card()
    related = _related(found)
    if found.texts > 1:
        related += (Related("历次文本", "查看各时期的文本", f"{page.folder}lishi/"),)
    return Card(found.validity.label, _binding(found), found.facts, related)


@answers_for("interpretation")
def of_interpretation(page: DocumentPage, day: date) -> Card:
    """Return the links of an interpretation to its document and to the others."""
    found = cards.card_of_interpretation(_key(page), day)
    return Card(facts=found.facts, related=_related(found)) if found is not None else Card()


def _key(page: DocumentPage) -> int:
    return int(page.record.partition(":")[2])


def _binding(found: cards.PolicyCard) -> bool:
    """Say whether the page needs no warning: in force, or about to be."""
    return found.validity.in_force or found.validity is cards.Validity.NOT_YET_EFFECTIVE


def _related(found: cards.PolicyCard) -> tuple[Related, ...]:
    return tuple(Related(kin.relation, kin.title, kin.address, kin.on) for kin in found.kin)
