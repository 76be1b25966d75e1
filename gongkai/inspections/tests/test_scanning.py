"""The nightly scan: each site recorded by itself, nothing passes by a scan that broke off."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from gongkai.files.models import StoredFile
from gongkai.inspections import tasks
from gongkai.inspections.actions.scanning import CHECK, OF_ROUND, record_scan
from gongkai.inspections.lifecycle import FindingState
from gongkai.inspections.management.commands import inspectsites
from gongkai.inspections.models import Finding, Run, Site
from gongkai.inspections.rules.behind import AXE_RULE, BEHIND
from gongkai.inspections.sources.outside import Inspected
from gongkai.inspections.sources.outside_behind import Behind
from gongkai.inspections.tests import factories as made
from gongkai.inspections.tests.factories import MONDAY, moment
from gongkai.outbox.actions import run_due
from gongkai.outbox.models import Job

pytestmark = pytest.mark.django_db
AT, LATER = moment(MONDAY, 18), moment(MONDAY, 22)
PNG = (Path(__file__).parents[3] / "tests" / "garden" / "seeds" / "fine.png").read_bytes()


def told(*faults: Any, asked: int = 3, sample: tuple[str, ...] = ()) -> Inspected:
    values = {"asked": asked, "left_out": 0, "faults": faults, "notes": (), "sample": sample}
    return Inspected(site=made.ADDRESS, at=moment(MONDAY, 16), **values)


def test_a_whole_scan_rechecks_and_a_broken_or_vain_one_does_not() -> None:
    where = made.site(made.county())
    finding = made.answered(where)
    record_scan(where, told(), rules=[made.RULE], whole=False, at=AT)
    down = made.fault("", rule="W2", target="home")
    record_scan(where, told(down), rules=[made.RULE, "W2"], whole=True, at=AT)
    finding.refresh_from_db()
    assert finding.state == FindingState.ANSWERED
    record_scan(where, told(), rules=[made.RULE], whole=True, at=AT)
    finding.refresh_from_db()
    assert finding.state == FindingState.RECHECKED


def test_each_site_is_recorded_and_one_that_fails_holds_up_no_other(
    monkeypatch: Any, settings: Any, tmp_path: Any, capsys: Any
) -> None:
    settings.DATA_DIR = tmp_path
    home = made.county()
    good, bad = made.site(home), made.site(home, address="https://bad.example.cn/")
    stopped = made.site(home, address="https://old.example.cn/")
    Site.objects.filter(pk=stopped.pk).update(stopped_on=MONDAY)

    def scan(wanted: Any, run: Any) -> Inspected:
        assert wanted.site in (made.ADDRESS, bad.address)
        if wanted.site == bad.address:
            raise OSError("磁盘已满")
        return told(made.fault())

    monkeypatch.setattr(inspectsites, "inspect", scan)
    with pytest.raises(CommandError, match="磁盘已满"):
        call_command("inspectsites")
    assert "新发现1个" in capsys.readouterr().out
    assert [run.site for run in Run.objects.all()] == [good]
    assert Finding.objects.get().site == good
    assert not (tmp_path / "inspections" / f"{good.pk}.sqlite3").exists()
    assert (tmp_path / "inspections" / f"{bad.pk}.sqlite3").exists()


def page(name: str, rule: str = AXE_RULE) -> Any:
    return made.fault(name, rule=rule, target="color-contrast")


def test_the_slower_checks_are_jobs_behind_a_round_and_only_what_they_saw_is_gone(
    monkeypatch: Any,
) -> None:
    where = made.site(made.county())
    sample = (made.ADDRESS, f"{made.ADDRESS}a.html", f"{made.ADDRESS}b.html")
    record_scan(where, told(sample=sample), rules=OF_ROUND, whole=True, at=AT)
    assert not set(BEHIND | {"W2", "W3"}) & set(Run.objects.get().rules)
    assert Job.objects.filter(kind=CHECK).count() == 2
    found = [page("a.html"), page("b.html")]
    asked: list[list[str]] = []

    def access(_: str, addresses: list[str], at: Any, *, rate: float) -> Behind:
        asked.append(addresses)
        looked = {each for each in addresses if each != found[1].address or len(asked) == 1}
        return Behind([each for each in found if each.address in looked], looked, [])

    monkeypatch.setattr(tasks, "check_access", access)
    monkeypatch.setattr(tasks, "check_html", lambda *_, **__: Behind(notes=["未检查"]))
    run_due(at=AT)
    assert Finding.objects.filter(rule=AXE_RULE).count() == 2
    found[:] = [replace(found[0], rule="none-such"), found[1]]
    record_scan(where, told(sample=(made.ADDRESS,)), rules=OF_ROUND, whole=True, at=LATER)
    run_due(at=LATER)
    assert asked[1] == [
        found[0].address,
        found[1].address,
        made.ADDRESS,
    ]  # where faults stand first
    gone = dict(Finding.objects.filter(rule=AXE_RULE).values_list("address", "gone_at"))
    assert gone[f"{made.ADDRESS}a.html"] is not None
    assert gone[f"{made.ADDRESS}b.html"] is None  # it was not shown this time


def test_new_faults_of_pages_get_a_picture_where_a_browser_is_here(
    monkeypatch: Any, settings: Any, tmp_path: Any
) -> None:
    settings.GONGKAI_FILE_DIR = tmp_path
    where = made.site(made.county())
    record_scan(where, told(made.fault(), page("a.html")), rules=OF_ROUND, whole=True, at=AT)
    monkeypatch.setattr(tasks, "pictures", lambda wanted: dict.fromkeys(wanted, PNG))
    run_due(at=AT)
    run_due(at=LATER)
    (file,) = StoredFile.objects.all()
    assert file.about == Finding.objects.get(rule="link-dead").typed_id
    assert file.kind == "png"
