"""What an inspector is told of accounts: faults by account, and the table of a bulletin."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from gongkai.newmedia.lifecycle import RUNNING, AccountState
from gongkai.newmedia.models import Account
from gongkai.newmedia.queries import AccountRow, account_rows, faults_by_account, with_last
from gongkai.newmedia.rules.faults import AccountFault
from gongkai.newmedia.rules.platforms import PUBLIC
from gongkai.orgs.models import Organ

_NEVER_OPEN = (AccountState.APPLIED, AccountState.REFUSED, AccountState.APPROVED)


@dataclass(frozen=True, slots=True)
class AccountFinding:
    """A fault of an account: the account by typed id, its address, the organ responsible."""

    account: str
    address: str
    organ_id: int
    person: str
    fault: AccountFault


def account_findings(county: Organ, today: date) -> Iterator[AccountFinding]:
    """Yield every fault that the records of the county's accounts show on a day. 4 queries."""
    accounts = list(with_last(_running(county)))
    judged = faults_by_account(accounts, today)
    for account in accounts:
        for fault in judged[account.pk]:
            yield AccountFinding(
                account.typed_id, account.link, account.organ_id, account.responsible, fault
            )


def accounts_in(county: Organ, start: date, end: date, today: date) -> list[AccountRow]:
    """Return the county's running accounts with their posts of a period, faults as of its end."""
    last = min(today, end)
    return account_rows(with_last(_running(county), last), last, start, end)


def accounts_on(organ_ids: Collection[int], start: date, end: date) -> list[AccountRow] | None:
    """Return the accounts of some organs open on the last day of a period, or None.

    Followers are those told by then. None: no account of theirs was ever registered.
    """
    public = Account.objects.filter(organ_id__in=organ_ids, platform__in=PUBLIC)
    if not public.exists():
        return None
    held = public.exclude(state__in=_NEVER_OPEN).filter(
        Q(opened_on__isnull=True) | Q(opened_on__lte=end),
        Q(closed_on__isnull=True) | Q(closed_on__gt=end),
    )
    return account_rows(with_last(held, end), end, start, end)


def _running(county: Organ) -> QuerySet[Account]:
    states = [state.value for state in RUNNING]
    return Account.objects.filter(county=county, state__in=states, platform__in=PUBLIC)
