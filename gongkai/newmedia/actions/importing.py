"""Taking in a table of accounts that are open: all rows or none, done by the office."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from gongkai.audit import Actor
from gongkai.newmedia.actions.opening import Registered, register
from gongkai.newmedia.lifecycle import MediaError, RowFault, RowsWrong
from gongkai.newmedia.models import Account
from gongkai.newmedia.queries.importing import AccountRow


@transaction.atomic
def import_accounts(rows: Sequence[AccountRow], *, by: Actor, at: datetime) -> list[Account]:
    """Register the accounts of a table: all rows or none, each with an event of its own.

    Raises:
        RowsWrong: rows are wrong; `faults` lists every one.
    """
    faults: list[RowFault] = []
    made: list[Account] = []
    if not rows:
        faults.append(RowFault(1, "", "文件中没有数据行，请在表头下逐行填写"))
    # In the order of the organs' chains, so that two imports never wait for each other.
    for row in sorted(rows, key=lambda row: (row.organ.code, row.told.row)):
        told = row.told
        papers = Registered(
            opened_on=told.opened_on,
            approval_number=told.approval_number,
            approved_on=told.approved_on,
            filed_number=told.filed_number,
            main=told.main,
        )
        try:
            made.append(
                register(
                    row.organ,
                    platform=told.platform,
                    terms=told.terms,
                    upkeep=told.upkeep,
                    told=papers,
                    by=by,
                    at=at,
                )
            )
        except MediaError as wrong:
            faults.append(RowFault(told.row, "", str(wrong)))
    if faults:
        raise RowsWrong(sorted(faults, key=lambda fault: fault.row))
    return made
