"""Who tries the addresses: a stranger, each role alone, everybody elsewhere, a superuser."""

from dataclasses import dataclass

from django.conf import settings
from django.test import Client

from gongkai.accounts.models import User
from gongkai.orgs.models import Organ, Role
from gongkai.orgs.rules import CENTRE, HOMES
from gongkai.orgs.tests.factories import make_county, make_post, make_user
from tests.permissions.county import Found

STRANGER, POSTLESS = "STRANGER", "POSTLESS"
ELSEWHERE, ABROAD, SUPERUSER = "ELSEWHERE", "ABROAD", "SUPERUSER"
# The columns of the table, in its order.
VISITORS = (STRANGER, POSTLESS, *(role.value for role in Role), ELSEWHERE, ABROAD, SUPERUSER)


@dataclass
class Visitor:
    """A browser of somebody, and the session they come with each time."""

    name: str
    client: Client
    session: str = ""

    def come_in(self) -> None:
        """Forget what the last address has left behind: messages, a sign-out."""
        self.client.cookies.clear()
        if self.session:
            self.client.cookies[settings.SESSION_COOKIE_NAME] = self.session


def visitors(found: Found) -> dict[str, Visitor]:
    """Return everybody who tries, by name.

    A role is held in the finance department, whose records are tried; in the township or in
    the county's office where the department has no such role. ELSEWHERE holds every business
    role in another department, ABROAD those of another county's office.
    """
    organs = found.organs
    people = {POSTLESS: make_user("postless")}
    for role in Role:
        people[role.value] = _holder(role.value, _home(found, role), role)
    business = [role for role in Role if role.value not in _APART]
    people[ELSEWHERE] = _holder(
        ELSEWHERE, organs.water, *(role for role in business if "DEPARTMENT" in HOMES[role.value])
    )
    abroad = make_county("fengxin", "奉新县").office
    people[ABROAD] = _holder(
        ABROAD, abroad, *(role for role in business if "OFFICE" in HOMES[role.value])
    )
    people[SUPERUSER] = User.objects.create_superuser("root", name="超级")
    made = {STRANGER: Visitor(STRANGER, Client(raise_request_exception=False))}
    for name, user in people.items():
        client = Client(raise_request_exception=False)
        client.force_login(user)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        made[name] = Visitor(name, client, session)
    return made


_APART = {"SYSTEM_ADMIN", "SECURITY_ADMIN", "AUDITOR"}


def _home(found: Found, role: Role) -> Organ:
    kinds = HOMES[role.value]
    if kinds == CENTRE:
        return found.organs.office
    return found.organs.finance if "DEPARTMENT" in kinds else found.organs.township


def _holder(name: str, organ: Organ, *roles: Role) -> User:
    user = make_user(name.lower().replace("_", "-"), name)
    for role in roles:
        make_post(user, organ, role)
    return user
