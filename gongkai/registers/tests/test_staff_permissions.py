"""The screens of the registers, tried by the wrong person."""

from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from gongkai.orgs.models import Role
from gongkai.registers.models import Batch, ImportRun
from gongkai.registers.tests import factories
from gongkai.registers.tests.screens import FORM, ROW, person, upload, workbook

pytestmark = pytest.mark.django_db


class TestTheWrongPerson:
    """A township's clerk before the finance bureau's batches, and others without a post."""

    @pytest.fixture
    def batch(self, finance):
        return factories.entered(finance)

    @pytest.fixture
    def stranger(self, client, township):
        return person(client, "乡镇信息员", township, Role.TOWNSHIP_CLERK)

    def test_sees_nothing_in_lists_and_downloads(self, stranger, batch, finance):
        address = reverse("registers:index")
        for query in ({}, {"organ": finance.pk}):
            assert "行政许可台账" not in stranger.get(address, query).content.decode()
            page = stranger.get(reverse("registers:export"), query).content
            assert load_workbook(BytesIO(page))["统计批次"].max_row == 1
        names = load_workbook(BytesIO(stranger.get(reverse("registers:template")).content))
        assert names["机构名称"].max_row == 2

    @pytest.mark.parametrize("name", ["registers:record", "registers:withdraw"])
    def test_finds_no_batch(self, stranger, batch, name):
        address = reverse(name, args=[batch.pk])
        assert stranger.get(address).status_code == 404
        assert stranger.post(address, {"reason": "x"}).status_code in (404, 405)
        assert Batch.objects.counting().count() == 1

    def test_cannot_enter_for_another(self, stranger, finance):
        form = {**FORM, "organ": finance.pk}
        answer = stranger.post(reverse("registers:enter", args=["LICENCE"]), form)
        assert "请选择您可以填报的机构" in answer.content.decode()
        assert not Batch.objects.exists()

    def test_cannot_import_for_another_nor_with_anothers_preview(self, client, finance, township):
        clerk = person(client, "财政信息员", finance, Role.DEPARTMENT_CLERK)
        token = upload(clerk, ROW).context["token"]
        stranger = person(client, "乡镇信息员", township, Role.TOWNSHIP_CLERK)
        assert "不是您可以填报的机构" in upload(stranger, ROW).content.decode()
        answer = stranger.post(reverse("registers:confirm"), {"token": token}, follow=True)
        assert "预览已过期或不是您的" in answer.content.decode()
        assert not Batch.objects.exists()

    def test_cannot_withdraw_an_import_that_holds_anothers_batches(
        self, client, county, finance, township
    ):
        office = person(client, "公开办", county, Role.OGI_OFFICE)
        token = upload(office, ROW, ("香田乡", *ROW[1:])).context["token"]
        office.post(reverse("registers:confirm"), {"token": token})
        run = ImportRun.objects.get()
        own = Batch.objects.get(organ=township)
        stranger = person(client, "乡镇信息员", township, Role.TOWNSHIP_CLERK)
        address = reverse("registers:withdraw_import", args=[run.pk])
        record = stranger.get(reverse("registers:record", args=[own.pk])).content.decode()
        assert address not in record
        assert "财政局" not in record
        assert stranger.post(address, {"reason": "x"}).status_code == 302
        assert Batch.objects.counting().count() == 2

    @pytest.mark.parametrize("role", [Role.EVALUATOR, Role.SYSTEM_ADMIN, None])
    def test_without_the_right_post_nothing_is_entered(self, client, county, batch, role):
        other = person(client, "旁人", county if role else None, role, is_superuser=role is None)
        shown = other.get(reverse("registers:index")).content.decode()
        assert "行政许可台账" not in shown
        enter = reverse("registers:enter", args=["LICENCE"])
        address = reverse("registers:withdraw", args=[batch.pk])
        refused = [
            other.get(enter),
            other.post(enter, {**FORM, "organ": batch.organ_id}),
            other.get(reverse("registers:template")),
            other.get(reverse("registers:import")),
            other.post(reverse("registers:import"), {"file": workbook(ROW)}),
            other.post(reverse("registers:confirm"), {"token": "x"}),
            other.get(address),
            other.post(address, {"reason": "x"}),
        ]
        assert all(answer.status_code in (302, 404) for answer in refused)
        assert Batch.objects.counting().count() == 1

    def test_who_has_not_signed_in_sees_nothing(self, client, batch):
        answer = client.get(reverse("registers:record", args=[batch.pk]))
        assert answer.status_code == 302
        assert "login" in answer.url
