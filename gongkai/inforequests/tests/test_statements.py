"""Statements written once give and write what the ORM would."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.db.transaction import TransactionManagementError

from gongkai.adapters.statements import RowsBy, insert, update
from gongkai.calendars.models import HolidayNotice, LocalClosure
from gongkai.calendars.queries import workday_calendar
from gongkai.inforequests import actions
from gongkai.inforequests.models import Act, Event, InfoRequest
from gongkai.inforequests.queries import acts_of
from gongkai.inforequests.queries.at_hand import at_hand
from gongkai.inforequests.tests.factories import (
    ME,
    RECEIVED,
    an_organ,
    do,
    moment,
    processing,
    registered,
    submitted,
)

pytestmark = pytest.mark.django_db


def an_act(info_request: InfoRequest, sequence: int) -> Act:
    return Act(
        info_request=info_request,
        sequence=sequence,
        kind=Event.SEARCH,
        on=RECEIVED,
        data={"places": "档案室 100% '\"", "found": False, "days": [1, None]},
        account="me",
        actor_name="我",
        recorded_at=moment(RECEIVED, 17),
    )


def values(row: InfoRequest | Act) -> dict[str, object]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def test_rows_are_those_of_the_orm_however_often_they_are_asked_for():
    cases = [processing(an_organ()), registered(an_organ("other"))]
    by_key = RowsBy(InfoRequest.objects.all(), "id")
    by_case = RowsBy(Act.objects.order_by("-sequence"), "info_request")
    for case in (*cases, *cases):
        (row,) = by_key(case.pk)
        assert values(row) == values(InfoRequest.objects.get(pk=case.pk))
        of_orm = Act.objects.filter(info_request=case).order_by("-sequence")
        assert [values(each) for each in by_case(case.pk)] == [values(each) for each in of_orm]
    assert by_key("00000000-0000-0000-0000-000000000000") == []


def test_conditions_of_the_query_hold_beside_several_fields():
    cases = [processing(an_organ()), registered(an_organ("other"))]
    first = Act.objects.filter(sequence__lte=2, recorded_at__lte=moment(RECEIVED, 23)).order_by(
        "pk"
    )
    by_both = RowsBy(first, "info_request", "kind")
    kinds = [*Act.objects.values_list("kind", flat=True).distinct(), "no such kind"]
    for case in cases:
        for kind in kinds:
            of_orm = first.filter(info_request=case).filter(kind=kind)
            assert [values(row) for row in by_both(case.pk, kind)] == [
                values(row) for row in of_orm
            ]
    assert any(by_both(case.pk, kind) for case in cases for kind in kinds)
    with pytest.raises(ValueError, match="shorter"):
        by_both(cases[0].pk)


def test_a_row_inserted_comes_back_as_it_went_in():
    case = registered(an_organ())
    for sequence in (8, 9):
        act = an_act(case, sequence)
        insert(act)
        assert values(Act.objects.get(pk=act.pk)) == values(act)
    with pytest.raises(ValueError, match="already"):
        insert(act)
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(an_act(case, 9))


def test_only_the_named_fields_of_one_row_are_written():
    case, other = registered(an_organ()), registered(an_organ("other"))
    before = values(InfoRequest.objects.get(pk=case.pk))
    case.unit, case.due_on, case.handler = "政务公开股", None, "nobody"
    assert update(case, {"unit": "", "due_on": ""}) == 1
    after = values(InfoRequest.objects.get(pk=case.pk))
    assert after == before | {"unit": "政务公开股", "due_on": None}
    assert values(InfoRequest.objects.get(pk=other.pk)) == values(other)
    Act.objects.filter(info_request=case).delete()
    gone = an_act(case, 1)
    gone.pk = 0
    assert update(gone, ["account"]) == 0


def test_what_a_verb_knows_is_what_the_queries_apart_tell():
    organ = an_organ()
    case = submitted(organ, items=("征收公告", "补偿方案", "听证记录"))
    actions.register(case, confirmed_on=RECEIVED, by=ME, at=moment(RECEIVED, 11))
    do(actions.assign, case, RECEIVED, unit="政务公开股 100% '\"")
    other = processing(an_organ("other"))
    for entered in (False, True):
        if entered:
            HolidayNotice.objects.create(
                year=2026,
                title="临时放假的通知",
                document_number="国办发明电〔2026〕9号",
                issued_on=date(2026, 3, 10),
                off_days=["2026-03-16", "2026-03-17"],
                entered_at=moment(RECEIVED),
                entered_by="calendar",
            )
            LocalClosure.objects.create(
                day=date(2026, 3, 18),
                document_number="靖府办〔2026〕1号",
                entered_at=moment(RECEIVED),
                entered_by="calendar",
            )
        for each, places in ((case, (1, 2, 3)), (other, (1,))):
            known = at_hand(each)
            assert known.acts == acts_of(each)
            assert known.places == places
            assert known.calendar == workday_calendar()
        assert known.calendar.is_workday(date(2026, 3, 16)) is not entered
        assert known.calendar.is_workday(date(2026, 3, 18)) is not entered


@pytest.mark.django_db(transaction=True)
def test_rows_are_locked_within_a_transaction_only():
    case = registered(an_organ())
    locked = RowsBy(InfoRequest.objects.select_for_update(), "id")
    with transaction.atomic():
        assert locked(case.pk) == [case]
    with pytest.raises(TransactionManagementError):
        locked(case.pk)
