"""Properties over random records: V5, V10 and V11 hold, every cell is the sum of its records."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.annualreport import actions, sources
from gongkai.annualreport.lifecycle import NotReady
from gongkai.annualreport.models import Return
from gongkai.annualreport.rules.content import content_hash
from gongkai.annualreport.rules.figures import figures_of
from gongkai.annualreport.sources.cells import records_behind_cell
from gongkai.annualreport.sources.county import Unit, add_units_up, does_not_add_up
from gongkai.annualreport.sources.county import county as consolidated
from gongkai.annualreport.sources.live import against_register, outcome_counts, outcome_paths
from gongkai.annualreport.tests.factories import (
    JANUARY,
    OFFICE,
    FakeRequests,
    Records,
    frozen_report,
)
from gongkai.audit import Actor
from gongkai.orgs.queries import Level
from gongkai.statute.grounds import Ground
from gongkai.statute.requesters import RequesterKind
from gongkai.tables.crossfoot import crossfoot
from gongkai.tables.discrepancy import Severity
from gongkai.tables.editions import EDITIONS, edition_for
from gongkai.tables.facts import Measure, Period
from gongkai.tables.sheet import Number, Sheet, Table, tables_to_json

ORGANS = (1, 2, 3)
DAYS = st.dates(date(2019, 1, 1), date(2022, 12, 31))
LIVES = st.lists(
    st.tuples(
        st.sampled_from(ORGANS),
        DAYS,
        st.none() | st.integers(0, 500),
        st.sampled_from(list(Ground)),
        st.sampled_from(list(RequesterKind)),
    ),
    max_size=25,
)
EDITION = st.sampled_from(list(EDITIONS.values()))
REGISTERED = sorted(
    {
        measure
        for edition in EDITIONS.values()
        for path in edition.paths()
        for measure in edition.measures(path)
        if measure.subject != "requests"
    },
    key=str,
)
OTHERS = st.dictionaries(st.sampled_from(REGISTERED), st.integers(0, 10**7), max_size=10)


def chapter_of(lives) -> FakeRequests:
    chapter = FakeRequests("requests")
    for organ_id, received, days, ground, kind in lives:
        concluded = None if days is None else date.fromordinal(received.toordinal() + days)
        chapter.ask(organ_id, received, concluded, ground.name, kind)
    return chapter


def sheet_of(chapter: FakeRequests, year: int, organ_ids=ORGANS) -> Sheet:
    facts = chapter.facts_by_organ(Period.of_year(year), organ_ids)
    total: dict[Measure, Decimal] = {}
    for told in facts.values():
        for measure, value in told.items():
            total[measure] = total.get(measure, Decimal(0)) + value
    return edition_for(year).lay_out(total)


@given(LIVES, st.integers(2020, 2022))
def test_what_a_year_leaves_the_next_takes_up(lives, year):
    """V1 to V5 hold for any history of requests."""
    chapter = chapter_of(lives)
    found = crossfoot(sheet_of(chapter, year), sheet_of(chapter, year - 1))
    assert [each.rule for each in found if each.rule in {"V1", "V2", "V3", "V4", "V5"}] == []


@given(LIVES, st.integers(2019, 2022), st.data())
def test_register_gives_table_three_cell_by_cell(lives, year, data):
    """V11 holds as laid out, and one cell changed is one fault at that cell."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sources, "CHAPTERS", {"requests": chapter_of(lives)})
        sheet = sheet_of(chapter_of(lives), year)
        form = EDITIONS[sheet.edition]
        counts = outcome_counts(form, Period.of_year(year), ORGANS)
    assert against_register(sheet, counts, ORGANS) == ()
    path = data.draw(st.sampled_from(outcome_paths(form)))
    wrong = Sheet(sheet.edition, {**sheet.cells, path: Number(sheet[path].value + 1)})
    (found,) = against_register(wrong, counts, ORGANS)
    assert (found.rule, found.severity, found.path) == ("V11", Severity.ERROR, path)


@given(
    EDITION, st.lists(st.tuples(st.sampled_from(Level), OTHERS), min_size=1, max_size=6), st.data()
)
def test_county_is_the_sum_of_its_units_cell_by_cell(edition, units, data):
    """V10 holds for the consolidation, and one cell changed afterwards is found."""
    made = tuple(
        Unit(Return(level=level.value), edition.lay_out(facts := as_facts(told)), figures_of(facts))
        for level, told in units
    )
    view = add_units_up(made, edition.id)
    assert does_not_add_up(view) == ()
    for path in edition.paths():
        layers = sum(view.layers[level][path].value for level in Level)
        assert view.total[path].value == layers
        assert layers == sum(unit.sheet[path].value for unit in made)
    for name, figure in view.figures.items():
        if "@" not in name:
            scopes = ("own_level", "departments", "townships")
            parts = [view.figures.get(f"{name}@{scope}") for scope in scopes]
            assert figure.value == sum(part.value for part in parts if part)
    path = data.draw(st.sampled_from(edition.paths()))
    cell = view.total[path]
    view.total.cells[path] = Number(cell.value + 1, cell.unit)
    assert [found.path for found in does_not_add_up(view)] == [path]


def as_facts(told: dict[Measure, int]) -> dict[Measure, Decimal]:
    return {measure: Decimal(value) for measure, value in told.items()}


CONTENT = {
    "organ": "平安县人民政府",
    "year": 2020,
    "edition": "2019",
    "own_level": {},
    "figures": {},
    "prose": {"other": "无"},
}


@given(OTHERS, st.data())
def test_hash_knows_every_cell_and_no_order(told, data):
    form = EDITIONS["2019"]
    tables = tables_to_json(form.lay_out(as_facts(told)))
    one = content_hash(tables=tables, **CONTENT)
    turned = {name: dict(reversed(rows.items())) for name, rows in reversed(tables.items())}
    assert content_hash(tables=turned, **CONTENT) == one
    row = data.draw(st.sampled_from(sorted(tables["proactive"])))
    column = data.draw(st.sampled_from(sorted(tables["proactive"][row])))
    tables["proactive"][row][column] = "changed"
    assert content_hash(tables=tables, **CONTENT) != one
    assert content_hash(tables=turned, **CONTENT | {"year": 2021}) != one


def test_same_records_freeze_to_the_same_hash_whenever_and_whoever(county, filled, year):
    first = frozen_report(year)
    again = actions.correct(first, reason="试", by=OFFICE, at=JANUARY)
    later, other = JANUARY.replace(month=3), Actor("other", "另一人", "政务公开办工作人员")
    # The new version is refused because its hash is the first one's.
    with pytest.raises(NotReady, match="与第 1 版内容完全相同"):
        actions.freeze(again, by=other, at=later)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(lives=LIVES, told=OTHERS)
def test_every_cell_is_the_sum_of_its_records(year, monkeypatch, lives, told):
    units = list(year.returns.all())
    organs = dict(zip(ORGANS, (unit.organ_id for unit in units), strict=False))
    made = Records()
    made.requests.rows = [
        (measure, organs[organ_id], on, adds)
        for measure, organ_id, on, adds in chapter_of(lives).rows
    ]
    for measure, value in told.items():
        chapter = made.chapters[measure.subject.partition(".")[0]]
        chapter.add(measure, units[-1].organ_id, date(2020, 12, 31), value)
    monkeypatch.setattr(sources, "CHAPTERS", made.chapters)
    form = EDITIONS[year.edition]
    view = consolidated(year)
    for path in form.paths():
        behind = records_behind_cell(year, None, path)
        assert behind.total == view.total[path].value, path
        if path.table is not Table.REQUESTS:
            continue
        assert len(behind.records) == view.total[path].value


def test_records_of_a_layer_and_of_one_return(county, filled, year):
    form = EDITIONS[year.edition]
    for unit in year.returns.all():
        for path in form.paths():
            mine = records_behind_cell(year, unit, path)
            assert {record.organ_id for record in mine.records} <= set(unit.covered)
    path = next(path for path in form.paths() if str(path) == "requests/1/t")
    assert records_behind_cell(year, Level.OWN, path).total == 2
    assert records_behind_cell(year, Level.TOWNSHIPS, path).total == 1
    assert records_behind_cell(year, Level.DEPARTMENTS, path).total == 0


def test_real_chapters_answer_for_a_whole_county(county, django_assert_max_num_queries):
    """The real statistics doors fit: every measure of both forms is told for every organ."""
    organ_ids = [county.government.pk, county.finance.pk, county.township.pk]
    period = Period.of_year(2020)
    # A question or two for each figure of section one, however many organs there are.
    with django_assert_max_num_queries(42):
        facts = sources.facts_by_organ(period, organ_ids)
        further = sources.further_figures(period, organ_ids)
    wanted = {
        measure
        for form in EDITIONS.values()
        for path in form.paths()
        for measure in form.measures(path)
    }
    for organ_id in organ_ids:
        assert wanted <= set(facts[organ_id])
        assert further[organ_id]["requests.received.online"].value == 0
    for measure in wanted:
        assert sources.records_behind(measure, period, organ_ids) == []
