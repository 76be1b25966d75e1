"""What waits of remedies and of single decisions on the home."""

from datetime import date
from typing import Any

import pytest

from gongkai.desk.counting import counts
from gongkai.desk.registers_today import decisions_waiting, registers_today
from gongkai.desk.remedies_today import remedies_today, remedies_waiting
from gongkai.inforequests.tests.factories import ME, an_official, an_organ, moment
from gongkai.orgs.models import OrganKind, Role
from gongkai.registers.tests import decisions
from gongkai.remedies import actions
from gongkai.remedies.lifecycle import Channel, ComplaintKind, Ground
from gongkai.remedies.tests.factories import FILED_ON, accepted, answered, do, sued

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 1)


def told(user: Any) -> dict[str, int]:
    found = counts({**remedies_waiting(user, TODAY), **decisions_waiting(user, TODAY)})
    tiles = (*remedies_today(found), *registers_today(found))
    return {tile.words: tile.figure for tile in tiles}


def test_the_home_tells_each_what_their_organ_owes() -> None:
    county = an_organ("county", kind=OrganKind.COUNTY_GOVERNMENT)
    office = an_organ("office", kind=OrganKind.OFFICE, county=county)
    bureau = an_organ("bureau", county=county)
    accepted(bureau)
    answered(bureau)
    do(actions.accept, sued(bureau, date(2026, 5, 25)), TODAY, copy_received_on=TODAY)
    decisions.entered(bureau)
    decisions.published(bureau, number="2")
    decisions.cancelled(bureau, number="3")
    complaint = actions.Told(
        about=bureau,
        kind=ComplaintKind.COMPLAINT,
        ground=Ground.NOT_ANSWERED,
        channel=Channel.LETTER,
        subject="逾期未答复",
        content="至今没有答复",
        complainant="王小明",
    )
    actions.receive_complaint(office, told=complaint, on=FILED_ON, by=ME, at=moment(TODAY))
    own = {
        "件行政复议已超期": 1,
        "件行政诉讼要办": 1,
        "件决定已超过公开（撤回）期限": 2,
        "件决定待撤回公开": 1,
        "件决定待公开": 1,
    }
    assert told(an_official(bureau, Role.DEPARTMENT_CLERK, "clerk")) == own
    officer = an_official(office, Role.OGI_OFFICE, "officer")
    assert told(officer) == {**own, "件投诉举报已超期": 1, "件投诉举报待受理": 1}
    assert told(an_official(an_organ("other", county=county), Role.EVALUATOR, "nobody")) == {}
