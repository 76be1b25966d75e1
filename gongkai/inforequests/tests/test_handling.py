"""In whose hands and by which day of the office's own; when the information was looked for."""

from datetime import date

import pytest

from gongkai.inforequests import actions
from gongkai.inforequests.lifecycle.errors import BadAct, Refused
from gongkai.inforequests.tests.factories import (
    RECEIVED,
    an_organ,
    awaiting_supplement,
    do,
    processing,
    replied,
)

pytestmark = pytest.mark.django_db
NEXT = date(2026, 3, 3)
DUE = date(2026, 3, 30)


def assigned(info_request, on=NEXT, inner=None):
    return do(actions.assign, info_request, on, unit="政务公开股", inner_due_on=inner)


def searched(info_request, searched_on, on=NEXT):
    return do(
        actions.search,
        info_request,
        on,
        places="档案室",
        keywords="征收",
        officer="张三",
        searched_on=searched_on,
        found=False,
    )


@pytest.mark.parametrize(
    ("inner", "why"),
    [(date(2026, 3, 2), "早于交办的日期"), (date(2026, 3, 31), r"晚于答复期限.*第三十三条")],
)
def test_an_inner_term_lies_within_the_term_of_the_law(inner, why):
    case = processing(an_organ())
    assert case.due_on == DUE
    with pytest.raises(BadAct, match=why) as caught:
        assigned(case, inner=inner)
    assert caught.value.field == "inner_due_on"
    case.refresh_from_db()
    assert case.inner_due_on is None


@pytest.mark.parametrize("inner", [None, NEXT, DUE])
def test_any_day_within_is_taken(inner):
    assert assigned(processing(an_organ()), inner=inner).inner_due_on == inner


def test_a_late_case_still_gets_an_inner_term():
    late, inner = date(2026, 4, 7), date(2026, 4, 8)
    assert assigned(processing(an_organ()), on=late, inner=inner).inner_due_on == inner


def test_a_case_whose_term_stands_still_and_one_that_is_over():
    waiting = awaiting_supplement(an_organ())
    assert waiting.due_on is None
    over = replied(an_organ("b"), on=RECEIVED)
    with pytest.raises(Refused):
        assigned(over, on=NEXT, inner=date(2027, 1, 1))


@pytest.mark.parametrize(
    ("searched_on", "why"),
    [(date(2026, 3, 1), "早于收到申请之日"), (date(2026, 3, 4), "晚于登记的日期")],
)
def test_a_search_lies_between_the_receipt_and_its_recording(searched_on, why):
    with pytest.raises(BadAct, match=why) as caught:
        searched(processing(an_organ()), searched_on)
    assert caught.value.field == "searched_on"


@pytest.mark.parametrize("searched_on", [RECEIVED, NEXT])
def test_a_search_since_the_receipt_is_recorded(searched_on):
    case = searched(processing(an_organ()), searched_on)
    assert case.acts.latest("sequence").data["searched_on"] == searched_on.isoformat()
