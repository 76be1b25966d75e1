"""What waits for a person of policy documents: late in filing, about to expire (law.md 6.1)."""

from datetime import date

from gongkai.accounts.models import User
from gongkai.orgs.models import Role
from gongkai.orgs.queries import holds_any, organs_seen_by
from gongkai.policy.models import PolicyDocumentQuerySet
from gongkai.policy.queries.filings import late_to_file
from gongkai.policy.queries.library import expiring

# Who registers documents, files them and keeps their terms.
RECORDERS = frozenset({Role.OGI_OFFICE, Role.DEPARTMENT_CLERK, Role.TOWNSHIP_CLERK})
# Who sees them before they are public, too: who reviews and releases, and who searches what is
# held for a request (Art. 36(4)); windows and the hotline have the public site.
VIEWERS = RECORDERS | {
    Role.OGI_HEAD,
    Role.LEADER,
    Role.REVIEWER,
    Role.SECRECY_REVIEWER,
    Role.PUBLISHER,
    Role.REQUEST_HANDLER,
}


def desk_figures(user: User, today: date) -> dict[str, PolicyDocumentQuerySet]:
    """Return what waits in the organs a person sees, as the documents to be counted.

    "late": thirty days over and not filed; "expiring": in force, with a term that ends within six
    months. Empty for who registers no documents. No query: the desk counts them in one.
    """
    if not holds_any(user, today, RECORDERS):
        return {}
    # The organs of the lists behind the figures, which every post of the person opens.
    organs = organs_seen_by(user, today, VIEWERS).order_by().values("pk")
    return {"late": late_to_file(organs, today), "expiring": expiring(organs, today)}
