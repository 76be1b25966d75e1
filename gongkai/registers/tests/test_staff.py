"""The screens of the registers, tried by the right person."""

import hashlib
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from gongkai.audit.models import Event
from gongkai.orgs.models import Role
from gongkai.registers.lifecycle import BatchState
from gongkai.registers.models import Batch, ImportRun
from gongkai.registers.rules import RegisterKind
from gongkai.registers.tests import factories
from gongkai.registers.tests.screens import FORM, ROW, person, upload

pytestmark = pytest.mark.django_db


def test_a_clerk_enters_a_batch_and_sees_the_stock(clerk, finance):
    factories.opening(finance, 511)
    address = reverse("registers:enter", args=["LICENCE"])
    assert "处理决定数量" in clerk.get(address).content.decode()
    answer = clerk.post(address, {**FORM, "organ": finance.pk, "item_change": "-266"}, follow=True)
    shown = answer.content.decode()
    assert "2020-12-31项目数量为245" in shown
    assert "2020年行政许可台账" in shown
    batch = Batch.objects.latest("pk")
    assert (batch.decisions, batch.entered_by) == (154, "财政信息员")
    assert Event.objects.latest("pk").actor_post == "财政局部门信息员"
    listed = clerk.get(reverse("registers:index"), {"kind": "LICENCE", "year": "2020"})
    assert "245" in listed.content.decode()
    assert "511" not in listed.content.decode()


def test_a_source_file_is_known_by_name_and_hash_even_after_an_error(clerk, finance):
    address = reverse("registers:enter", args=["FEE"])
    form = {**FORM, "organ": finance.pk, "amount": "2.555", "source_name": ""}
    file = SimpleUploadedFile("收费台账.xlsx", b"ledger")
    answer = clerk.post(address, {**form, "source_file": file})
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "最多保留两位小数" in shown
    assert 'value="2.555"' in shown
    assert "已收到“收费台账.xlsx”" in shown
    kept = answer.context["form"]["kept_source"].value()
    clerk.post(address, {**form, "amount": "2.55", "kept_source": kept})
    batch = Batch.objects.get()
    assert batch.source_name == "收费台账.xlsx"
    assert batch.source_sha256 == hashlib.sha256(b"ledger").hexdigest()


def test_a_made_up_source_token_counts_for_nothing(clerk, finance):
    form = {**FORM, "organ": finance.pk, "source_name": "", "kept_source": "made:up:token"}
    answer = clerk.post(reverse("registers:enter", args=["LICENCE"]), form)
    assert "请填写数据来源，或上传来源文件" in answer.content.decode()
    assert not Batch.objects.exists()


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"period_start": "2019-12-01"}, "拆成两批填报"),
        ({"period_start": "去年"}, "请填写有效的日期"),
        ({"decisions": ""}, "没有发生的填0"),
        ({"decisions": "许多"}, "请填写整数"),
        ({"item_change": "-1"}, "不得低于0"),
    ],
)
def test_bad_input_is_told_and_what_was_typed_stays(clerk, finance, fields, message):
    form = {**FORM, "organ": finance.pk, "note": "打好的备注", **fields}
    answer = clerk.post(reverse("registers:enter", args=["LICENCE"]), form)
    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert "打好的备注" in answer.content.decode()
    assert not Batch.objects.exists()


def test_a_batch_is_withdrawn_with_a_reason_and_shows_it(clerk, finance):
    batch = factories.entered(finance)
    address = reverse("registers:withdraw", args=[batch.pk])
    assert "财政局" in clerk.get(address).content.decode()
    assert "请填写撤回理由" in clerk.post(address, {"reason": " "}).content.decode()
    shown = clerk.post(address, {"reason": "数字填错"}, follow=True).content.decode()
    assert "不再计入。理由：数字填错" in shown
    assert "撤回这一批" not in shown
    assert clerk.post(address, {"reason": "再撤"}).status_code == 422
    batch.refresh_from_db()
    assert batch.state == BatchState.WITHDRAWN


def test_the_template_is_filled_previewed_and_confirmed(clerk, finance):
    book = load_workbook(BytesIO(clerk.get(reverse("registers:template")).content))
    assert book.sheetnames == ["填报", "填写说明", "机构名称"]
    assert book["机构名称"]["A2"].value == "靖安县财政局"
    for number, value in enumerate(ROW, start=1):
        book["填报"].cell(2, number).value = value
    filled = BytesIO()
    book.save(filled)
    file = SimpleUploadedFile("台账.xlsx", filled.getvalue())
    preview = clerk.post(reverse("registers:import"), {"file": file})
    assert "读到1批，没有发现错误" in preview.content.decode()
    assert not Batch.objects.exists()
    token = preview.context["token"]
    done = clerk.post(reverse("registers:confirm"), {"token": token}, follow=True)
    assert "已从“台账.xlsx”导入1批" in done.content.decode()
    assert Batch.objects.get().item_change == 5
    again = clerk.post(reverse("registers:confirm"), {"token": token})
    assert again.status_code == 422
    assert "不能重复导入" in again.content.decode()
    file.seek(0)
    assert (
        "不能重复导入" in clerk.post(reverse("registers:import"), {"file": file}).content.decode()
    )
    assert Batch.objects.count() == 1


def test_a_preview_lists_every_fault_with_row_and_column(clerk):
    bad = (*ROW[:4], "许多", *ROW[5:])
    answer = upload(clerk, ROW, bad, ("教育局", *ROW[1:]))
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "文件中有2处错误" in shown
    assert "第3行" in shown
    assert "“许多”不是整数" in shown
    assert "“教育局”不是您可以填报的机构" in shown
    assert "确认导入" not in shown


def test_a_stock_that_an_import_would_empty_is_told_on_confirming(clerk, finance):
    preview = upload(clerk, (*ROW[:4], "-5", *ROW[5:]))
    answer = clerk.post(reverse("registers:confirm"), {"token": preview.context["token"]})
    assert "不得低于0" in answer.content.decode()
    assert not ImportRun.objects.exists()


@pytest.mark.parametrize(
    ("file", "message"),
    [
        (None, "请选择要导入的文件"),
        (SimpleUploadedFile("a.xlsx", b""), "文件是空的"),
        (SimpleUploadedFile("a.xls", b"\xd0\xcf\x11\xe0" + b"0" * 99), "旧版 Excel"),
        (SimpleUploadedFile("a.xlsx", b"PK\x03\x04broken"), "已损坏"),
    ],
)
def test_a_file_that_is_no_workbook_is_refused(clerk, file, message):
    answer = clerk.post(reverse("registers:import"), {"file": file} if file else {})
    assert answer.status_code == 422
    assert message in answer.content.decode()


def test_an_empty_template_is_refused(clerk):
    assert "没有数据行" in upload(clerk).content.decode()


def test_a_whole_import_is_withdrawn(clerk, finance):
    preview = upload(clerk, ROW)
    clerk.post(reverse("registers:confirm"), {"token": preview.context["token"]})
    run = ImportRun.objects.get()
    batch = Batch.objects.get()
    address = reverse("registers:withdraw_import", args=[run.pk])
    assert address in clerk.get(reverse("registers:record", args=[batch.pk])).content.decode()
    assert "台账.xlsx" in clerk.get(address).content.decode()
    assert clerk.post(address, {"reason": ""}).status_code == 422
    shown = clerk.post(address, {"reason": "传错"}, follow=True).content.decode()
    assert "已撤回“台账.xlsx”导入的1批" in shown
    assert clerk.post(address, {"reason": "再撤"}).status_code == 422
    assert not Batch.objects.counting().exists()


def test_a_list_is_exported_in_the_form_of_the_template(clerk, finance, township):
    factories.entered(finance)
    factories.entered(township)
    page = load_workbook(BytesIO(clerk.get(reverse("registers:export")).content))["统计批次"]
    assert [cell.value for cell in page["A"]] == ["填报机构", "靖安县财政局"]


def test_the_county_office_sees_and_enters_for_all(client, county, finance, township):
    office = person(client, "公开办", county, Role.OGI_OFFICE)
    factories.entered(finance)
    factories.entered(township)
    shown = office.get(reverse("registers:index")).content.decode()
    assert "财政局" in shown
    assert "香田乡" in shown
    form = {**FORM, "organ": township.pk, "source_name": "另一台账"}
    assert office.post(reverse("registers:enter", args=["LICENCE"]), form).status_code == 302


def test_an_unknown_kind_is_not_found(clerk):
    assert clerk.get(reverse("registers:enter", args=["NOTHING"])).status_code == 404
    assert all(kind.label for kind in RegisterKind)


def test_the_list_asks_as_many_queries_for_thirty_rows_as_for_one(clerk, finance):
    asked = []
    for more in (range(1), range(1, 30)):
        for number in more:
            factories.entered(finance, factories.entry(decisions=number))
        with CaptureQueriesContext(connection) as queries:
            clerk.get(reverse("registers:index"))
        asked.append(len(queries))
    assert asked[0] == asked[1] < 50
