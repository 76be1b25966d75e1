"""Corrections by a new version, source files, and the figures of a year."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gongkai.adapters import xlsx
from gongkai.audit.models import Event
from gongkai.files.models import StoredFile
from gongkai.orgs.models import Role
from gongkai.registers import actions, queries, rules
from gongkai.registers.lifecycle import BatchState
from gongkai.registers.models import Batch
from gongkai.registers.rules import RegisterKind
from gongkai.registers.tests.factories import CLERK, NOON, entered, entry, opening, organ, withdrawn
from gongkai.registers.tests.screens import FORM, ROW, person, upload

pytestmark = pytest.mark.django_db


def correct(batch, figures, reason="原数有误", source=None):
    return actions.correct_batch(
        batch, figures=figures, reason=reason, source=source, by=CLERK, at=NOON
    )


def a_file():
    return xlsx.write_tables([xlsx.SheetOut("台账", (xlsx.Column("项目"),), (("许可",),))])


def test_a_wrong_opening_is_put_right_while_later_batches_rest_on_it():
    owner = organ()
    first = opening(owner, 511)
    entered(owner, entry(item_change=-266))
    day = date(2019, 12, 31)
    with pytest.raises(rules.StockBelowZero):
        correct(first, entry(period_start=day, period_end=day, item_change=200))
    first.refresh_from_db()
    assert first.state == BatchState.ENTERED
    new = correct(first, entry(period_start=day, period_end=day, item_change=512))
    first.refresh_from_db()
    assert (first.state, new.replaces, first.replaced_by) == (BatchState.WITHDRAWN, first, new)
    assert queries.stock_on(owner, RegisterKind.LICENCE, date(2020, 12, 31)) == 246
    event = Event.objects.get(verb="registers.correct_batch")
    assert (event.before["item_change"], event.after["item_change"]) == ("511", "512")
    assert event.reason == "原数有误"


def test_what_cannot_be_corrected_is_refused():
    owner = organ()
    batch = entered(owner)
    with pytest.raises(rules.NotAllowedNow, match="完全相同"):
        correct(batch, entry(decisions=154))
    with pytest.raises(rules.NotAllowedNow, match="类别"):
        correct(batch, entry(RegisterKind.PENALTY, decisions=1))
    with pytest.raises(rules.ReasonMissing):
        correct(batch, entry(decisions=155), reason=" ")
    with pytest.raises(rules.NotAllowedNow, match="已经撤回"):
        correct(withdrawn(owner, entry(decisions=3)), entry(decisions=4))
    assert Batch.objects.counting().get() == batch


def test_the_source_file_is_kept_with_the_batch():
    owner = organ()
    source = actions.Source("台账.xlsx", a_file())
    batch = actions.enter_batch(owner, figures=entry(decisions=1), source=source, by=CLERK, at=NOON)
    kept = StoredFile.objects.get()
    assert (kept.about, kept.sha256) == (batch.record_id, source.sha256)
    with pytest.raises(rules.EntryRefused) as refused:
        actions.enter_batch(
            owner,
            figures=entry(decisions=2),
            source=actions.Source("台账.xlsx", b"no workbook"),
            by=CLERK,
            at=NOON,
        )
    assert refused.value.faults[0].field == "source_file"
    assert Batch.objects.count() == 1


def test_quarters_say_who_has_not_told():
    owner = organ()
    today = date(2020, 10, 8)
    entered(owner, entry(period_end=date(2020, 3, 31), decisions=1))
    entered(owner, entry(period_start=date(2020, 7, 1), period_end=date(2020, 9, 30), decisions=1))
    entered(owner, entry(RegisterKind.FEE))
    lines = {line.kind: line for line in queries.quarter_lines([owner.pk], 2020, today)}
    licence = lines[RegisterKind.LICENCE]
    assert [quarter.missing for quarter in licence.quarters] == [False, True, False, False]
    assert licence.missing == 1
    assert all(quarter.covered for quarter in lines[RegisterKind.FEE].quarters)


def test_the_year_and_a_correction_through_the_screens(clerk, finance, township, client):
    opening(finance, 12)
    batch = entered(finance, entry(item_change=-1, decisions=154))
    entered(finance, entry(RegisterKind.FEE, amount=Decimal(251000)))
    page = clerk.get(reverse("registers:year", args=[2020])).content.decode()
    assert "上一年项目数量12，本年增减-1，处理决定数量154" in page
    assert "本年收费金额25.1万元" in page
    assert "已填报" in page
    made = clerk.get(reverse("registers:year_xlsx", args=[2020]))
    assert made.content[:2] == b"PK"
    for wrong in ("1999", "2022"):
        assert clerk.get(f"/staff/registers/years/{wrong}/").status_code == 404
    stranger = {"organ": township.pk}
    assert clerk.get(reverse("registers:year", args=[2020]), stranger).status_code == 404
    url = reverse("registers:correct", args=[batch.pk])
    assert 'value="154"' in clerk.get(url).content.decode()
    typed = {**FORM, "item_change": "-1", "decisions": "155", "reason": "漏报一件"}
    assert clerk.post(url, {**typed, "reason": ""}).status_code == 422
    book = SimpleUploadedFile("台账.xlsx", a_file())
    done = clerk.post(url, {**typed, "source_file": book}, follow=True).content.decode()
    assert "已更正" in done
    assert "更正前的批次" in done
    assert "台账.xlsx" in done
    assert clerk.get(url, follow=True).status_code == 200
    other = person(client, "other", township, Role.TOWNSHIP_CLERK)
    assert other.get(url).status_code == 404
    kept = StoredFile.objects.get()
    assert other.get(reverse("files:file", args=[kept.pk])).status_code == 404


def test_periods_that_overlap_are_told_of_and_not_refused(clerk, finance):
    batch = entered(finance, entry(period_end=date(2020, 3, 31), decisions=1))
    told = [
        (finance, entry(decisions=2)),
        (finance, entry(RegisterKind.PENALTY, decisions=2)),
        (finance, entry(period_start=date(2020, 4, 1), decisions=3)),
    ]
    found = queries.overlaps(told)
    assert set(found) == {0, 2}
    assert "已登记的批次（2020-01-01至2020-03-31）" in found[0]
    assert "前面的一行" in found[2]
    assert queries.overlaps(told[:1], but=[batch.pk]) == {}
    page = upload(clerk, ROW)
    assert page.status_code == 200
    assert "请核对是否重复计数" in page.content.decode()
    form = {**FORM, "organ": finance.pk, "source_name": "另一台账"}
    url = reverse("registers:enter", args=["LICENCE"])
    assert "期间重叠" in clerk.post(url, form, follow=True).content.decode()
