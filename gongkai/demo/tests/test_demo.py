"""The demo is what it says: every cell equal, snapshot and replay one report, chains whole."""

import gzip
import json
from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command

from gongkai import audit
from gongkai.annualreport.queries import report_to_show, sheet_of, verify
from gongkai.audit.models import Event
from gongkai.demo import snapshot, year2020
from gongkai.demo.comparison import compare, published_sheet
from gongkai.demo.county import COUNTY_CODE, DEPARTMENTS, TOWNSHIPS
from gongkai.demo.replay import Replay
from gongkai.orgs.models import Organ
from gongkai.tables.sheet import BLANK, CellPath, Sheet, Table, count


def _hash_in_snapshot() -> str:
    rows = json.loads(gzip.decompress(snapshot.PATH.read_bytes()))
    reports = [row for row in rows if row["model"] == "annualreport.report"]
    (county,) = [row["fields"] for row in reports if row["fields"]["layers"]]
    return county["sha256"]


def test_the_county_of_2020_has_eleven_townships_and_thirty_odd_departments() -> None:
    assert len(TOWNSHIPS) == 11
    assert 30 <= len(DEPARTMENTS) < 40
    codes = [organ.code for organ in (*DEPARTMENTS, *TOWNSHIPS)]
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize("register", year2020.REGISTERS, ids=lambda register: register.kind)
def test_the_departments_shares_add_up_to_the_county(register: year2020.RegisterYear) -> None:
    parts = [part for _, part in year2020.register_shares(register)]
    for name in ("opening", "change", "decisions", "projects", "amount"):
        assert sum(getattr(part, name) for part in parts) == getattr(register, name)


@pytest.mark.django_db
def test_a_replay_equals_the_published_report_and_the_snapshot() -> None:
    lines: list[str] = []
    report = Replay(lines.append).make()
    tables = compare(sheet_of(report), published_sheet())
    assert [(each.compared, each.equal, each.published_blank) for each in tables] == [
        (22, 22, 0),
        (161, 161, 0),
        (10, 10, 5),
    ]
    assert report.sha256 == _hash_in_snapshot()
    abolished = Organ.objects.get(code="lwx")
    assert abolished.successions.get().successor.name == "靖安县官庄镇人民政府"


@pytest.mark.django_db
def test_the_snapshot_is_a_whole_database() -> None:
    assert snapshot.load(today=date(2021, 8, 2)) > 1000
    report = report_to_show(COUNTY_CODE, 2020)
    verify(report)
    assert report.sha256 == _hash_in_snapshot()
    assert Event.objects.filter(verb="annualreport.publish").count() == 44
    office = get_user_model().objects.get(username="office")
    assert office.has_perm("calendars.add_holidaynotice")
    spoken = {name for event in Event.objects.all() for name in (*event.before, *event.after)}
    spoken |= set(Event.objects.values_list("verb", flat=True))
    assert sorted(spoken - set(audit.words)) == [], "the log would show these in English"
    call_command("auditverify")
    call_command("rebuild", check=True)


def test_a_difference_is_found_and_a_published_blank_is_no_difference() -> None:
    one = CellPath(Table.REQUESTS, "1", "p")
    two = CellPath(Table.REMEDIES, "", "r1")
    ours = Sheet("2019", {one: count(3), two: count(0)})
    _, requests, remedies = compare(ours, Sheet("2019", {one: count(4), two: BLANK}))
    assert (requests.compared, requests.equal, requests.different) == (1, 0, (one,))
    assert (remedies.compared, remedies.published_blank, remedies.different) == (0, 1, ())
    assert "比对 1 格，一致 0 格" in requests.line
    assert "原报告空白 1 格" in remedies.line
