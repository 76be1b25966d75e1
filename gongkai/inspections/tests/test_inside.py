"""Looks inside and reminders: what other chapters owe becomes findings, what is owed is told."""

from datetime import date, timedelta
from typing import Any

import pytest

from gongkai.disclosure.models import Entry
from gongkai.disclosure.tests import factories as entries
from gongkai.engagement.tests import factories as engaging
from gongkai.inforequests.tests import factories as requests
from gongkai.inforequests.tests.factories import an_official
from gongkai.inspections import actions, tasks
from gongkai.inspections.actions import reminding
from gongkai.inspections.lifecycle import FindingState
from gongkai.inspections.models import Finding
from gongkai.inspections.rules.inside import INSIDE
from gongkai.inspections.rules.reminding import is_told_on
from gongkai.inspections.sources.inside import inside_faults
from gongkai.inspections.tests import factories as made
from gongkai.inspections.tests.factories import MONDAY, OFFICE, moment
from gongkai.orgs.models import Organ, OrganKind, Role
from gongkai.outbox.models import Job
from gongkai.policy.models import Interpretation
from gongkai.policy.tests import dossiers

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> Any:
    return engaging.county()


def rules(county: Organ, day: date) -> dict[str, int]:
    found: dict[str, int] = {}
    for each in inside_faults(county, moment(day)):
        assert each.fault.rule in INSIDE
        found[each.fault.rule] = found.get(each.fault.rule, 0) + 1
    return found


def test_a_clean_county_has_no_fault(home: Organ) -> None:
    assert rules(home, MONDAY) == {}


def test_an_error_report_not_answered_in_three_working_days_is_a_fault(home: Organ) -> None:
    engaging.reported(home, MONDAY)
    assert rules(home, MONDAY + timedelta(days=3)) == {}
    assert rules(home, MONDAY + timedelta(days=4)) == {"error-late": 1}


def test_what_is_late_to_be_published_and_what_was_published_late_are_faults(home: Organ) -> None:
    where = entries.section(home)
    entries.draft(home, where, formed_on=date(2026, 8, 3))
    late = entries.published(home, where, formed_on=date(2026, 8, 3))
    found = rules(home, MONDAY)
    assert found == {"not-published": 1, "published-late": 1}
    Entry.objects.filter(pk=late.pk).update(formed_on=MONDAY + timedelta(days=3))
    assert rules(home, MONDAY)["published-before-formed"] == 1


def test_a_request_near_its_date_lapses_when_it_is_answered(home: Organ) -> None:
    case = requests.processing(home)
    near = case.due_on - timedelta(days=1)
    assert rules(home, near) == {"request-near": 1}
    actions.look_inside(home, at=moment(near))
    finding = Finding.objects.get()
    assert case.number in finding.why
    actions.look_inside(home, at=moment(case.due_on + timedelta(days=1)))
    finding.refresh_from_db()
    assert finding.state == FindingState.CLOSED
    late = Finding.objects.exclude(pk=finding.pk).get()
    assert (late.rule, late.state, late.indicator) == ("request-late", "FOUND", "依申请公开")


def test_a_document_without_interpretation_is_a_fault_until_it_has_one() -> None:
    county, organ = dossiers.site()
    document = dossiers.published(organ)
    assert rules(county, MONDAY) == {}
    Interpretation.objects.filter(document=document).delete()
    assert rules(county, MONDAY) == {"not-interpreted": 1}


def test_a_solicitation_without_feedback_is_a_fault(home: Organ, settings: Any) -> None:
    row = engaging.opened(home)
    days = timedelta(days=settings.GONGKAI_FEEDBACK_DAYS + 1)
    found = rules(home, row.closes_on + days)
    assert found["no-feedback"] == 1


def test_the_daily_duty_looks_through_every_county_once(home: Organ) -> None:
    engaging.reported(home, MONDAY)
    at = moment(MONDAY + timedelta(days=7))
    tasks.look_inside_each_day(at)
    tasks.look_inside_each_day(at)
    counties = Organ.objects.filter(kind=OrganKind.COUNTY_GOVERNMENT).count()
    assert Job.objects.filter(kind=tasks.INSIDE).count() == counties
    [notice] = tasks.look_inside_one({"county": home.pk}, at)
    assert "1个问题" in notice.text
    assert tasks.look_inside_one({"county": home.pk}, at) == []
    assert Finding.objects.count() == 1


def test_an_answered_inside_finding_is_rechecked_by_the_next_look(home: Organ) -> None:
    report = engaging.reported(home, MONDAY)
    late = MONDAY + timedelta(days=7)
    actions.look_inside(home, at=moment(late))
    finding = actions.order(Finding.objects.get(), by=OFFICE, at=moment(late))[0]
    told = actions.Answer("已答复")
    actions.answer(finding, told=told, by=made.CLERK, at=moment(late, 15))
    engaging.actions.answer_error(
        report,
        result=engaging.Result.CORRECTED,
        answer="已改",
        by=made.CLERK,
        at=moment(late, 16),
    )
    actions.look_inside(home, at=moment(late + timedelta(days=1)))
    finding.refresh_from_db()
    assert finding.state == FindingState.RECHECKED


@pytest.mark.parametrize(
    ("left", "told"), [(4, 0), (3, 1), (2, 0), (1, 1), (0, 1), (-1, 1), (-2, 0), (-4, 1)]
)
def test_an_organ_hears_before_on_and_after_its_date(left: int, told: int) -> None:
    assert is_told_on(left) == bool(told)


class Postman:
    def __init__(self) -> None:
        self.letters: list[Any] = []

    def send(self, letter: Any) -> None:
        self.letters.append(letter)


def test_reminders_go_to_the_organ_and_late_ones_to_the_office(
    home: Organ, settings: Any, tmp_path: Any
) -> None:
    settings.GONGKAI_MAILER = {"kind": "folder", "path": str(tmp_path)}
    water = made.department(home)
    for organ, role, name in ((water, Role.DEPARTMENT_CLERK, "c"), (home, Role.OGI_OFFICE, "o")):
        person = an_official(organ, role, name)
        person.email = f"{name}@example.com"
        person.save()
    finding = made.ordered(made.site(home, water))
    assert reminding.put_reminders(at=moment(MONDAY)) == 0
    assert reminding.put_reminders(at=moment(finding.due_on, 7)) == 1
    assert reminding.remind(water.pk, at=moment(finding.due_on)) == []
    jobs = Job.objects.filter(kind=reminding.SEND)
    assert [job.payload["address"] for job in jobs] == ["c@example.com"]
    jobs.delete()
    late = finding.due_on + timedelta(days=7)
    reminding.remind(water.pk, at=moment(date(2026, 10, 16)))
    assert late > finding.due_on
    assert {job.payload["address"] for job in jobs.all()} == {"c@example.com", "o@example.com"}
    postman = Postman()
    at = moment(date(2026, 10, 16))
    reminding.send_reminder(water.pk, "c@example.com", 0, at=at, by=postman)
    [letter] = postman.letters
    assert "已超期4个工作日" in letter.text
    assert finding.number in letter.text
