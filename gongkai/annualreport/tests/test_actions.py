"""The yearly report from opening to correction, verb by verb."""

from datetime import UTC, date, datetime

import pytest

from gongkai.annualreport import actions
from gongkai.annualreport.lifecycle import (
    CannotOpen,
    NotClean,
    NotReady,
    ProseRefused,
    ReasonMissing,
    Refused,
    Tampered,
    TooEarly,
)
from gongkai.annualreport.models import Report, Return
from gongkai.annualreport.queries.frozen import hash_of
from gongkai.annualreport.sources.drift import drift
from gongkai.annualreport.tests.factories import (
    CLERK,
    JANUARY,
    OFFICE,
    all_accepted,
    all_submitted,
    frozen_report,
    written,
)
from gongkai.audit.models import Event
from gongkai.orgs.models import Organ, OrganKind
from gongkai.statute.requesters import RequesterKind
from gongkai.tables.facts import Measure, requests_measure


def unit_of(year, organ: Organ) -> Return:
    return year.returns.get(organ=organ)


def test_year_opens_with_a_return_for_each_unit(county, year):
    assert year.edition == "2019"
    assert (year.returns_due_on, year.report_due_on) == (date(2021, 1, 31), date(2021, 3, 31))
    levels = dict(year.returns.values_list("organ__code", "level"))
    assert levels == {
        "pa": "OWN",
        "pa-finance": "DEPARTMENTS",
        "pa-housing": "DEPARTMENTS",
        "pa-qingxi": "TOWNSHIPS",
    }
    assert unit_of(year, county.government).covered == [county.government.pk, county.office.pk]
    assert unit_of(year, county.housing).covered == [county.housing.pk, county.inner.pk]
    assert year.reports.get().state == "DRAFT"
    assert Event.objects.filter(verb="annualreport.open_year", chain="pa").count() == 1


def test_form_follows_the_year(county, records):
    later = datetime(2022, 1, 5, tzinfo=UTC)
    opened = actions.open_year(county.government, 2021, by=OFFICE, at=later)
    assert opened.edition == "2021"


@pytest.mark.parametrize(
    ("asked", "word"), [(2018, "2019 年度报告起"), (2022, "尚未到来"), (2020, "已经开启")]
)
def test_year_that_cannot_be_opened(county, year, asked, word):
    with pytest.raises(CannotOpen, match=word):
        actions.open_year(county.government, asked, by=OFFICE, at=JANUARY)


def test_only_a_county_government_opens_a_year(county, records):
    with pytest.raises(CannotOpen, match="不是县级人民政府"):
        actions.open_year(county.finance, 2020, by=OFFICE, at=JANUARY)


def test_due_date_may_be_set_earlier_but_not_later(county, records):
    with pytest.raises(CannotOpen, match="2021-01-31"):
        actions.open_year(
            county.government, 2020, by=OFFICE, at=JANUARY, returns_due_on=date(2021, 2, 1)
        )
    opened = actions.open_year(
        county.government, 2020, by=OFFICE, at=JANUARY, returns_due_on=date(2021, 1, 26)
    )
    assert opened.returns_due_on == date(2021, 1, 26)


def test_unit_entered_late_is_taken_up(county, year):
    late = Organ.objects.create(
        code="pa-new",
        kind=OrganKind.DEPARTMENT,
        name="平安县数据局",
        short_name="数据局",
        county=county.government,
        region_code="360999",
        valid_from=date(2020, 6, 1),
    )
    added = actions.add_missing_units(year, by=OFFICE, at=JANUARY)
    assert [row.organ for row in added] == [late]
    assert actions.add_missing_units(year, by=OFFICE, at=JANUARY) == []


def test_submit_freezes_what_the_records_say(county, filled, year):
    unit = unit_of(year, county.government)
    submitted = actions.submit(unit, by=CLERK, at=JANUARY)
    assert submitted.state == "SUBMITTED"
    assert submitted.tables["requests"]["1"]["p"] == 2
    assert submitted.tables["requests"]["3.4.1"]["t"] == 1
    assert submitted.sha256 == hash_of(submitted)
    filled.requests.ask(county.government, date(2020, 9, 1), date(2020, 9, 9))
    unit.refresh_from_db()
    assert unit.tables["requests"]["1"]["p"] == 2


def test_submit_waits_for_the_year_to_end(county, year):
    with pytest.raises(TooEarly, match="2020-12-31"):
        actions.submit(
            unit_of(year, county.government),
            by=CLERK,
            at=datetime(2020, 12, 31, 15, 59, tzinfo=UTC),  # 23:59 in the county
        )


def test_sums_that_do_not_hold_are_refused(county, records, year):
    records.requests.add(
        requests_measure("received", RequesterKind.NATURAL_PERSON),
        county.government,
        date(2020, 3, 3),
    )
    with pytest.raises(NotClean, match="第一项加第二项") as refused:
        actions.submit(unit_of(year, county.government), by=CLERK, at=JANUARY)
    assert {found.rule for found in refused.value.findings} == {"V1"}
    assert unit_of(year, county.government).state == "DRAFT"


def test_unfinished_prose_is_refused(county, year):
    unit = unit_of(year, county.finance)
    with pytest.raises(ProseRefused, match="请填写"):
        actions.submit(unit, by=CLERK, at=JANUARY)
    written(unit)
    assert actions.submit(unit, by=CLERK, at=JANUARY).prose["problems"].startswith("一是")


def test_sent_back_with_a_reason(county, filled, year):
    all_submitted(year)
    unit = unit_of(year, county.township)
    with pytest.raises(ReasonMissing):
        actions.send_back(unit, reason="  ", by=OFFICE, at=JANUARY)
    actions.send_back(unit, reason="请核对法律服务机构一栏", by=OFFICE, at=JANUARY)
    unit.refresh_from_db()
    assert (unit.state, unit.tables, unit.sha256) == ("DRAFT", {}, "")
    assert unit.sent_back_reason == "请核对法律服务机构一栏"
    event = Event.objects.get(verb="annualreport.send_back")
    assert event.reason == "请核对法律服务机构一栏"
    assert event.before["sha256"]


def test_accepted_return_becomes_the_units_own_report(county, filled, year):
    all_accepted(year)
    report = Report.objects.get(organ=county.township)
    assert (report.state, report.version) == ("FROZEN", 1)
    assert report.sha256 == unit_of(year, county.township).sha256
    assert not Report.objects.filter(organ=county.government, state="FROZEN").exists()
    assert actions.publish(report, by=OFFICE, at=JANUARY).state == "PUBLISHED"


def test_county_report_waits_for_every_return(county, filled, year):
    all_submitted(year)
    report = year.reports.get(organ=county.government)
    with pytest.raises(NotReady, match="平安县财政局"):
        actions.freeze(report, by=OFFICE, at=JANUARY)


def test_frozen_county_is_the_sum_of_its_units(county, filled, year):
    report = frozen_report(year)
    assert report.tables["requests"]["1"]["t"] == 3
    assert report.layers["OWN"]["requests"]["1"]["t"] == 2
    assert report.layers["TOWNSHIPS"]["requests"]["1"]["o4"] == 1
    assert report.tables["proactive"]["T2.5.1"]["c3"] == 154
    assert report.tables["proactive"]["T2.9.1"]["c2"] == {"value": "20063.4964", "unit": "万元"}
    assert report.figures["requests.received@own_level"]["value"] == 2
    assert "新收政府信息公开申请3件" in report.prose["requests"]
    assert "县本级新收2件" in report.prose["requests"]
    assert report.prose["other"].startswith("本年度收取政府信息公开信息处理费0元")
    assert report.sha256 == hash_of(report)


def test_register_that_moved_since_stops_the_freeze(county, filled, year):
    """V11 is checked again at the end: a late outcome must not stay out of the report."""
    all_accepted(year)
    filled.requests.ask(county.township, date(2020, 9, 1), date(2020, 9, 9))
    report = year.reports.get(organ=county.government)
    written(report)
    with pytest.raises(NotClean, match="清溪乡人民政府报送后登记册有变动"):
        actions.freeze(report, by=OFFICE, at=JANUARY)


def test_return_changed_behind_the_system_stops_the_freeze(county, filled, year):
    all_accepted(year)
    unit = unit_of(year, county.township)
    unit.tables["requests"]["1"]["p"] = 9
    Return.objects.filter(pk=unit.pk).update(tables=unit.tables)
    with pytest.raises(Tampered, match="摘要不符"):
        actions.freeze(year.reports.get(organ=county.government), by=OFFICE, at=JANUARY)


def test_report_changed_after_freezing_is_not_published(county, filled, year):
    report = frozen_report(year)
    Report.objects.filter(pk=report.pk).update(prose=report.prose | {"other": "改动"})
    with pytest.raises(Tampered):
        actions.publish(report, by=OFFICE, at=JANUARY)


def test_drift_names_unit_and_cell(county, filled, year):
    report = frozen_report(year)
    assert drift(report) == ()
    filled.register.add(Measure("register.LICENCE", "decisions"), county.inner, date(2020, 8, 1), 6)
    (found,) = drift(report)
    assert (found.unit, str(found.path)) == ("平安县住房和城乡建设局", "proactive/T2.5.1/c3")
    assert (found.frozen, found.today) == ("154", "160")
    report.refresh_from_db()
    assert report.tables["proactive"]["T2.5.1"]["c3"] == 154


def test_correction_is_a_new_version_and_the_old_one_is_kept(county, filled, year):
    first = actions.publish(frozen_report(year), by=OFFICE, at=JANUARY)
    with pytest.raises(ReasonMissing):
        actions.correct(first, reason="", by=OFFICE, at=JANUARY)
    second = actions.correct(first, reason="许可决定漏报六件", by=OFFICE, at=JANUARY)
    with pytest.raises(Refused, match="第 2 版正在更正"):
        actions.correct(first, reason="再来一次", by=OFFICE, at=JANUARY)
    filled.register.add(Measure("register.LICENCE", "decisions"), county.inner, date(2020, 8, 1), 6)
    unit = unit_of(year, county.housing)
    with pytest.raises(NotReady, match="与第 1 版内容完全相同"):
        actions.freeze(second, by=OFFICE, at=JANUARY)  # the unit has not handed in anew
    actions.reopen(unit, reason="补报许可决定", by=OFFICE, at=JANUARY)
    actions.submit(unit, by=CLERK, at=JANUARY)
    actions.accept(unit, by=OFFICE, at=JANUARY)
    actions.freeze(second, by=OFFICE, at=JANUARY)
    first.refresh_from_db()
    assert first.state == "PUBLISHED"  # the public sees the first until the second is out
    actions.publish(second, by=OFFICE, at=JANUARY)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state, second.version) == ("SUPERSEDED", "PUBLISHED", 2)
    assert first.tables["proactive"]["T2.5.1"]["c3"] == 154
    assert second.tables["proactive"]["T2.5.1"]["c3"] == 160
    assert first.sha256 != second.sha256
    versions = Report.objects.filter(organ=county.housing).values_list("version", "state")
    assert sorted(versions) == [(1, "SUPERSEDED"), (2, "FROZEN")]


def test_accepted_return_stays_closed_once_the_county_is_frozen(county, filled, year):
    frozen_report(year)
    with pytest.raises(Refused, match="发起“更正”"):
        actions.reopen(unit_of(year, county.housing), reason="补报", by=OFFICE, at=JANUARY)


def test_unit_report_is_corrected_through_its_return(county, filled, year):
    frozen_report(year)
    report = Report.objects.get(organ=county.township)
    with pytest.raises(Refused, match="退回更正"):
        actions.correct(report, reason="改", by=OFFICE, at=JANUARY)


def test_carried_over_must_meet_last_year_or_be_explained(county, filled, year):
    """V5: what the year before left must come in; a difference wants its reason in writing."""
    filled.requests.ask(county.township, date(2020, 12, 20), date(2021, 1, 11))
    frozen_report(year)
    later = datetime(2022, 1, 10, tzinfo=UTC)
    next_year = actions.open_year(county.government, 2021, by=OFFICE, at=later)
    unit = unit_of(next_year, county.township)
    written(unit)
    actions.submit(unit, by=CLERK, at=later)  # one carried out, one carried in
    other = unit_of(next_year, county.finance)
    written(other)
    carried_in = requests_measure("carried_in", RequesterKind.NATURAL_PERSON)
    granted = requests_measure("outcome.GRANTED", RequesterKind.NATURAL_PERSON)
    filled.requests.add(carried_in, county.finance, date(2021, 1, 1))
    filled.requests.add(granted, county.finance, date(2021, 1, 9))
    with pytest.raises(NotClean, match="书面说明") as refused:
        actions.submit(other, by=CLERK, at=later)
    assert {found.rule for found in refused.value.findings} == {"V5"}
    for key in ("V5:requests/2/p", "V5:requests/2/t"):
        actions.explain(other, finding=key, text="上年漏登一件，已补登。", by=CLERK, at=later)
    assert actions.submit(other, by=CLERK, at=later).state == "SUBMITTED"
