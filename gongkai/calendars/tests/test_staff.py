"""Entering a notice on screen: read, shown old against new, confirmed; the warning at home."""

import json
from datetime import date

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gongkai.accounts.models import User
from gongkai.calendars import queries
from gongkai.calendars.models import HolidayNotice, LocalClosure
from gongkai.calendars.staff import panels

pytestmark = pytest.mark.django_db
TEXT = "元旦：1月1日（周五）至3日（周日）放假，共3天。国庆节：10月1日至7日放假调休，共7天。"


def sign_in(client, *rights: str) -> None:
    user = User.objects.create(username="officer", name="甲")
    user.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", *rights]))
    client.force_login(user)


@pytest.fixture
def officer(client) -> None:
    sign_in(client, "add_holidaynotice")


def asked(**given) -> dict:
    # A past year, so that the day of issue is never in the future of the test's clock.
    return {
        "year": 2021,
        "title": "国务院办公厅关于2021年部分节假日安排的通知",
        "document_number": "国办发明电〔2020〕99号",
        "issued_on": "2020-12-30",
        "text": TEXT,
        **given,
    }


def test_a_notice_is_shown_old_against_new_and_then_entered(client, officer) -> None:
    address = reverse("calendars:enter_notice")
    assert client.get(address).status_code == 200
    shown = client.post(address, asked(text=TEXT + "10月11日（周一）放假。"))
    page = shown.content.decode()
    assert "新旧对照" in page
    assert "2021年10月11日（星期一）" in page
    assert not HolidayNotice.objects.exists()
    done = client.post(reverse("calendars:confirm_notice"), {"sealed": shown.context["sealed"]})
    assert done.url == reverse("calendars:index")
    assert HolidayNotice.objects.get().off_days[-1] == "2021-10-11"
    assert "甲录入" in client.get(done.url).content.decode()


def test_a_file_is_read_as_well(client, officer) -> None:
    content = {"year": 2021, "days": [{"date": "2021-01-01", "isOffDay": True}]}
    upload = SimpleUploadedFile("2021.json", json.dumps(content).encode())
    shown = client.post(reverse("calendars:enter_notice"), asked(text="", file=upload))
    assert "1月1日（共 1 天）" in shown.content.decode()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"text": ""}, "二者取其一"),
        ({"text": "1月1日"}, "没有写明“放假”或“上班”"),
        ({"text": "1月1日放假。3月3日上班。"}, "本来就上班"),
        ({"issued_on": "2015-01-01"}, "发文日期应在"),
        ({"text": "", "file": SimpleUploadedFile("a.json", b"\xff\xfe")}, "不是 UTF-8 编码的 JSON"),
        ({"text": "", "file": SimpleUploadedFile("a.json", b"[" * 99_999)}, "JSON"),
        ({"text": "", "file": SimpleUploadedFile("a.json", b'{"year": 2020, "days": []}')}, "不符"),
        ({"text": "", "file": SimpleUploadedFile("a.json", b" " * 300_000)}, "超过 256 KB"),
    ],
)
def test_a_notice_that_cannot_be_read_says_where(client, officer, given, said) -> None:
    for upload in given.values():
        if hasattr(upload, "seek"):
            upload.seek(0)
    answer = client.post(reverse("calendars:enter_notice"), asked(**given))
    assert said in answer.content.decode()
    assert not HolidayNotice.objects.exists()


def test_what_was_not_shown_cannot_be_confirmed(client, officer) -> None:
    answer = client.post(reverse("calendars:confirm_notice"), {"sealed": "forged"})
    assert answer.url == reverse("calendars:enter_notice")
    assert not HolidayNotice.objects.exists()


def test_others_may_look_and_not_enter(client) -> None:
    sign_in(client)
    page = client.get(reverse("calendars:index"))
    assert "国办发明电" in page.content.decode()
    assert reverse("calendars:enter_notice") not in page.content.decode()
    for name in ("enter_notice", "enter_closure", "confirm_notice"):
        address = reverse(f"calendars:{name}")
        assert client.get(address).headers["Location"] == "/staff/"
        assert client.post(address, asked()).headers["Location"] == "/staff/"
    assert not HolidayNotice.objects.exists()


def test_a_closure_is_entered_on_screen(client, officer) -> None:
    address = reverse("calendars:enter_closure")
    wrong = client.post(address, {"day": "2021-07-10", "document_number": "号"})
    assert "本来就不是工作日" in wrong.content.decode()
    client.post(
        address, {"day": "2021-07-14", "document_number": "靖防指〔2021〕3号", "reason": "台风"}
    )
    assert LocalClosure.objects.get().reason == "台风"
    assert "靖防指〔2021〕3号" in client.get(reverse("calendars:index")).content.decode()


def test_the_staff_home_warns_of_a_missing_year(client, officer, monkeypatch) -> None:
    monkeypatch.setattr(
        panels, "missing_year", lambda today: queries.missing_year(date(2026, 12, 15))
    )
    page = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "2027 年放假通知尚未录入" in page
    assert "help-critical" in page
    monkeypatch.setattr(
        panels, "missing_year", lambda today: queries.missing_year(date(2026, 10, 31))
    )
    assert "尚未录入" not in client.get(reverse("wagtailadmin_home")).content.decode()
