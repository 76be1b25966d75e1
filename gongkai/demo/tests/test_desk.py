"""The demo's desk: cases under way on any day, none of which touches the reference year."""

from datetime import date

import pytest

from gongkai.annualreport.queries import report_to_show
from gongkai.annualreport.sources import facts_by_organ
from gongkai.demo import desk, snapshot
from gongkai.demo.county import COUNTY_CODE, YEAR
from gongkai.inforequests.models import InfoRequest, State
from gongkai.inforequests.queries import desk_counts, differences
from gongkai.letters.queries import gaps
from gongkai.orgs.models import Organ
from gongkai.tables.facts import Period

pytestmark = pytest.mark.django_db
SATURDAY, THURSDAY = date(2026, 11, 28), date(2026, 11, 26)


@pytest.mark.parametrize("today", [SATURDAY, THURSDAY])
def test_something_of_every_sort_waits_and_the_year_2020_stays(today):
    snapshot.load(today=today)
    organs = list(Organ.objects.values_list("pk", flat=True))
    before = facts_by_organ(Period.of_year(YEAR), organs)
    assert desk.lay(today) == 10
    states = set(
        InfoRequest.objects.filter(submitted_at__year=2026).values_list("state", flat=True)
    )
    assert states == {
        State.SUBMITTED,
        State.PROCESSING,
        State.CONSULTING,
        State.AWAITING_SUPPLEMENT,
        State.AWAITING_PAYMENT,
        State.UNDER_REVIEW,
        State.REVIEWED,
        State.ISSUED,
        State.REPLIED,
    }
    told = desk_counts(organs, today)
    assert (told.unconfirmed, told.waiting, told.all) == (1, 3, 8)
    assert told.late >= 1
    assert facts_by_organ(Period.of_year(YEAR), organs) == before
    assert list(differences()) == []
    assert gaps() == []
    assert report_to_show(COUNTY_CODE, YEAR) is not None
    assert desk.lay(today) == 0
