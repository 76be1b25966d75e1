"""What an inspector is told of accounts: faults by account, and the table of a bulletin."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from gongkai.newmedia.lifecycle import RUNNING
from gongkai.newmedia.models import Account
from gongkai.newmedia.queries import AccountRow, account_rows, faults_by_account, with_last
from gongkai.newmedia.rules.faults import AccountFault
from gongkai.newmedia.rules.platforms import PUBLIC
from gongkai.orgs.models import Organ


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


def _running(county: Organ) -> QuerySet[Account]:
    states = [state.value for state in RUNNING]
    return Account.objects.filter(county=county, state__in=states, platform__in=PUBLIC)
