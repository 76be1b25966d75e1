"""The demo's site and inspections: whole on any day, by people who differ, and 2020 as it was."""

from datetime import date

import pytest
from django.core.management import call_command

from gongkai import audit
from gongkai.accounts.models import User
from gongkai.annualreport.sources import facts_by_organ
from gongkai.audit.models import Event
from gongkai.demo import desk, inspecting, publication, snapshot
from gongkai.demo.county import YEAR
from gongkai.disclosure.lifecycle import EntryState
from gongkai.disclosure.models import Entry, StandardCatalogue
from gongkai.disclosure.queries import queue_for
from gongkai.disclosure.queries.catalogue_coverage import CoverageState, catalogue_coverage
from gongkai.inspections.actions.site_years import figures_of
from gongkai.inspections.lifecycle import FindingState, SiteYearState
from gongkai.inspections.models import Bulletin, Finding, SiteYear
from gongkai.orgs.models import Organ
from gongkai.policy.queries import documents, rows
from gongkai.tables.facts import Period

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 26)


def stopped(*_: object) -> None:
    raise KeyboardInterrupt


def test_the_site_is_whole_and_the_year_2020_stays(settings, tmp_path, monkeypatch):
    settings.GONGKAI_FILE_DIR = tmp_path
    snapshot.load(today=TODAY)
    desk.lay(TODAY)
    organs = list(Organ.objects.values_list("pk", flat=True))
    before = facts_by_organ(Period.of_year(YEAR), organs)
    with monkeypatch.context() as half_way:
        half_way.setattr(publication.Publication, "_catalogues", stopped)
        with pytest.raises(KeyboardInterrupt):
            publication.lay(TODAY)
    assert not User.objects.filter(username="publisher").exists()
    assert 60 <= publication.lay(TODAY) <= 120
    assert publication.lay(TODAY) == 0
    assert facts_by_organ(Period.of_year(YEAR), organs) == before

    states = {EntryState(state) for state in Entry.objects.values_list("state", flat=True)}
    assert states == set(EntryState) - {EntryState.DISCARDED}
    years = {at.year for at in Entry.objects.live().values_list("published_at", flat=True)}
    assert years >= {2020, 2026}
    validities = {row.validity.label for row in rows(documents(organs), TODAY)}
    assert "废止" in validities

    for county in StandardCatalogue.objects.filter(level="COUNTY"):
        seen = {row.state for row in catalogue_coverage(county, TODAY).rows}
        assert seen == set(CoverageState)
    for name in ("reviewer", "head", "secrecy", "leader", "publisher", "scjg"):
        user = User.objects.get(username=name)
        assert queue_for(user, TODAY), f"nothing waits for {name}"

    assert 40 <= inspecting.lay(TODAY) <= 60
    assert inspecting.lay(TODAY) == 0
    assert facts_by_organ(Period.of_year(YEAR), organs) == before
    assert set(Finding.objects.values_list("state", flat=True)) == set(FindingState)
    assert Finding.objects.filter(repeated=True).count() == 2
    told = dict(Bulletin.objects.values_list("period", "content"))
    assert {len(each["shares"]) > 3 for each in told.values()} == {True}
    assert Bulletin.objects.filter(published_at__isnull=False).count() == 2
    [report] = SiteYear.objects.filter(year=YEAR)
    assert report.state == SiteYearState.PUBLISHED
    assert report.content["values"]["published"] == 6560
    [half] = SiteYear.objects.exclude(year=YEAR)
    assert "不能多于" in figures_of(half).remarks[0].text

    spoken = {name for event in Event.objects.all() for name in (*event.before, *event.after)}
    spoken |= set(Event.objects.values_list("verb", flat=True))
    assert " ".join(sorted(spoken - set(audit.words))) == "", "the log would show these in English"
    call_command("auditverify")
