"""Whom alarms and reminders reach: the holders of posts today, and the offices' own addresses."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from gongkai.inforequests.models import AcceptingOffice, InfoRequest
from gongkai.inforequests.queries.people import HANDLERS, HEADS, REVIEWERS
from gongkai.inforequests.rules.mails import mobile
from gongkai.inforequests.rules.reminders import Circle, Due
from gongkai.orgs.models import Organ, OrganKind, Post, Role, Succession
from gongkai.orgs.queries import delegations_in_force

EMAIL, SMS = "EMAIL", "SMS"
Ways = frozenset[str]
_CENTRE = (OrganKind.COUNTY_GOVERNMENT, OrganKind.OFFICE)
_COUNTY = frozenset({Role.OGI_OFFICE})
# Who hears of an answer that waits or is late: the head of the office, not the leader above.
_HEAD = frozenset({Role.OGI_HEAD})


@dataclass(frozen=True, slots=True)
class Contact:
    """A person, or an address of an office, as a reminder reaches it."""

    account: str
    name: str
    email: str = ""
    phone: str = ""

    def addresses(self, ways: Ways) -> list[tuple[str, str]]:
        """Return each of `ways` by which the person can be reached, with the address."""
        told = ((EMAIL, self.email.lower()), (SMS, self.phone))
        return [(way, address) for way, address in told if address and way in ways]


class Contacts:
    """The people of every organ on one day, read at once: six small queries."""

    def __init__(self, today: date) -> None:
        self._organs = {each.pk: each for each in Organ.objects.order_by("pk")}
        posts = (
            Post.objects.filter(user__is_active=True, valid_from__lte=today)
            .filter(Q(valid_to__isnull=True) | Q(valid_to__gt=today))
            .select_related("user")
            .order_by("pk")
        )
        self._posts: dict[int, list[tuple[Role, Contact]]] = {}
        # Who has lent a post hears of it still, and so does who acts in it.
        lent = delegations_in_force(today).select_related("post", "to").order_by("pk")
        acting = [(post, post.user) for post in posts] + [(each.post, each.to) for each in lent]
        for post, user in acting:
            contact = Contact(user.username, str(user), user.email.strip(), mobile(user.phone))
            self._posts.setdefault(post.organ_id, []).append((Role(post.role), contact))
        links = Succession.objects.filter(effective_on__lte=today).order_by("pk")
        self._heirs: dict[int, list[int]] = {}
        for predecessor, successor in links.values_list("predecessor_id", "successor_id"):
            self._heirs.setdefault(predecessor, []).append(successor)
        self._offices = {each.pk: each for each in AcceptingOffice.objects.all()}

    def whom(self, info_request: InfoRequest, due: Due, ways: Ways) -> list[Contact]:
        """Return everybody whom a reminder reaches, each once; wider where it would be too few.

        Too few is fewer than `due.at_least`: then all handlers of the organ are told, its
        heads, the county's office, and its heads.
        """
        organ_id = info_request.organ_id
        found = _once(self._of(info_request, due.circles), ways)
        for wider in (
            lambda: self.of_organ(organ_id, HANDLERS),
            lambda: self.of_organ(organ_id, HEADS),
            lambda: self._county(organ_id, _COUNTY),
            lambda: self._county(organ_id, HEADS),
        ):
            if _enough(found, ways, due):
                break
            found = _once([*found, *wider()], ways)
        return found

    def readers_of_mails(self, organ_id: int, ways: Ways) -> list[Contact]:
        """Return who reads the mails of an organ: its handlers, its office, the county's."""
        found = [
            *self.of_organ(organ_id, HANDLERS),
            *self.office(organ_id),
            *self._county(organ_id, _COUNTY),
        ]
        return _once(found, ways)

    def of_organ(self, organ_id: int, roles: frozenset[Role]) -> list[Contact]:
        """Return the holders of `roles` who answer for an organ: its own, its heir's, above."""
        for reached in self._answering(organ_id):
            if found := self._holders([reached], roles):
                return found
        return []

    def office(self, organ_id: int) -> list[Contact]:
        """Return the addresses that an accepting office gave for alarms."""
        office = self._offices.get(organ_id)
        if office is None:
            return []
        return [
            *(Contact("", office.name, email=each) for each in office.alarm_emails),
            *(Contact("", office.name, phone=mobile(each)) for each in office.alarm_phones),
        ]

    def _of(self, info_request: InfoRequest, circles: Iterable[Circle]) -> Iterator[Contact]:
        organ_id = info_request.organ_id
        reach = {
            Circle.HANDLER: lambda: self._handler(info_request),
            Circle.HANDLERS: lambda: self.of_organ(organ_id, HANDLERS),
            Circle.OFFICE: lambda: self.office(organ_id),
            Circle.REVIEWERS: lambda: self.of_organ(organ_id, REVIEWERS),
            Circle.HEADS: lambda: self.of_organ(organ_id, _HEAD),
            Circle.COUNTY: lambda: self._county(organ_id, _COUNTY),
        }
        for circle in circles:
            yield from reach[circle]()

    def _handler(self, info_request: InfoRequest) -> list[Contact]:
        """Return the handler, if still in a post that handles it; else all handlers."""
        handlers = self._holders(self._answering(info_request.organ_id), HANDLERS)
        handlers += self._county(info_request.organ_id, _COUNTY)
        mine = [each for each in handlers if each.account == info_request.handler]
        return mine[:1] or self.of_organ(info_request.organ_id, HANDLERS)

    def _holders(self, organ_ids: Iterable[int], roles: frozenset[Role]) -> list[Contact]:
        return [
            contact
            for organ_id in organ_ids
            for role, contact in self._posts.get(organ_id, ())
            if role in roles
        ]

    def _answering(self, organ_id: int) -> list[int]:
        """Return an organ, whom it passed its duties to, and those above it, nearest first."""
        found: list[int] = []
        waiting = [organ_id]
        while waiting:
            current = waiting.pop(0)
            if current in found or current not in self._organs:
                continue
            found.append(current)
            above = self._organs[current].superior_id
            waiting += [*self._heirs.get(current, ()), *([above] if above else [])]
        return found

    def _county(self, organ_id: int, roles: frozenset[Role]) -> list[Contact]:
        """Return the holders of `roles` at the county's government and its office."""
        organ = self._organs.get(organ_id)
        county = (organ.county_id or organ.pk) if organ else None
        centre = [
            each.pk
            for each in self._organs.values()
            if each.kind in _CENTRE and county in (each.pk, each.county_id)
        ]
        return self._holders(centre, roles)


def _once(contacts: Iterable[Contact], ways: Ways) -> list[Contact]:
    """Return those who can be reached by one of `ways`, each once, in their order."""
    found: dict[str, Contact] = {}
    for each in contacts:
        if reached := each.addresses(ways):
            found.setdefault(each.account or reached[0][1], each)
    return list(found.values())


def _enough(found: list[Contact], ways: Ways, due: Due) -> bool:
    """Say whether a reminder reaches as many people as it must; one address is one person."""
    return len({each.addresses(ways)[0] for each in found}) >= due.at_least
