"""Which posts handle requests, review, sign and see them."""

from datetime import date

from django.db.models import QuerySet

from gongkai.accounts.models import User
from gongkai.orgs.models import Organ, Role
from gongkai.orgs.queries import organs_seen_by

# Who handles requests, who also takes them in, who reviews drafts, who consents to an
# extension and signs (Art. 33(2)), who also sees them.
HANDLERS = frozenset(
    {Role.OGI_OFFICE, Role.REQUEST_HANDLER, Role.DEPARTMENT_CLERK, Role.TOWNSHIP_CLERK}
)
TAKERS = HANDLERS | {Role.WINDOW_CLERK}
HEADS = frozenset({Role.OGI_HEAD, Role.LEADER})
REVIEWERS = HEADS | {Role.REVIEWER}
VIEWERS = TAKERS | REVIEWERS


def organs_viewed_by(user: User, today: date) -> QuerySet[Organ]:
    """Return the organs whose requests `user` may see on `today`."""
    return organs_seen_by(user, today, VIEWERS)
