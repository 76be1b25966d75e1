"""Who may hold which role where; which roles exclude each other (GB/T 22239: 三员分立)."""

from collections.abc import Collection

ANYWHERE = frozenset(
    {"COUNTY_GOVERNMENT", "OFFICE", "DEPARTMENT", "TOWNSHIP", "DISPATCHED", "INTERNAL"}
)
CENTRE = frozenset({"COUNTY_GOVERNMENT", "OFFICE"})

# The kinds of organ in which a role can be held.
HOMES: dict[str, frozenset[str]] = {
    "OGI_OFFICE": CENTRE,
    "LEADER": ANYWHERE,
    "OGI_HEAD": ANYWHERE,
    "REVIEWER": ANYWHERE,
    "SECRECY_REVIEWER": ANYWHERE,
    "PUBLISHER": ANYWHERE,
    "DEPARTMENT_CLERK": frozenset({"OFFICE", "DEPARTMENT", "DISPATCHED", "INTERNAL"}),
    "TOWNSHIP_CLERK": frozenset({"TOWNSHIP"}),
    "WINDOW_CLERK": ANYWHERE,
    "REQUEST_HANDLER": ANYWHERE,
    "HOTLINE_CLERK": ANYWHERE,
    "EVALUATOR": CENTRE,
    "SYSTEM_ADMIN": CENTRE,
    "SECURITY_ADMIN": CENTRE,
    "AUDITOR": CENTRE,
}

# Roles that run the system; their holders do no business and see no records.
ADMINISTRATIVE = frozenset({"SYSTEM_ADMIN", "SECURITY_ADMIN", "AUDITOR"})

# A post is lent for so many days at most; who stands in for longer is appointed.
MOST_DAYS_LENT = 92
# An account not used for so many days is told of in the review of rights.
DORMANT_DAYS = 90


def can_be_held(role: str, kind: str) -> bool:
    """Return whether `role` exists in organs of `kind`."""
    return kind in HOMES[role]


def excluding(role: str, held: Collection[str]) -> str | None:
    """Return the held role that forbids taking on `role`, or None.

    Administrators of the system, of its security and of its log are different persons, and
    none of them does business (law.md 9.3).
    """
    for other in held:
        if other != role and (role in ADMINISTRATIVE or other in ADMINISTRATIVE):
            return other
    return None


# Rights of Django's own kind that a role needs beyond entering the staff site, for screens of
# packages that stand beside or below orgs and cannot ask for posts.
RIGHTS: dict[str, tuple[str, ...]] = {"OGI_OFFICE": ("calendars.add_holidaynotice",)}
