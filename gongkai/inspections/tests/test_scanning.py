"""The nightly scan: each site recorded by itself, nothing passes by a scan that broke off."""

from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from gongkai.inspections.actions.scanning import record_scan
from gongkai.inspections.lifecycle import FindingState
from gongkai.inspections.management.commands import inspectsites
from gongkai.inspections.models import Finding, Run, Site
from gongkai.inspections.sources.outside import Inspected
from gongkai.inspections.tests import factories as made
from gongkai.inspections.tests.factories import MONDAY, moment

pytestmark = pytest.mark.django_db
AT = moment(MONDAY, 18)


def told(*faults: Any, asked: int = 3) -> Inspected:
    values = {"asked": asked, "left_out": 0, "faults": faults, "notes": ()}
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
