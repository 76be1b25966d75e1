"""Setting the accepting office: what the guide says is checked, logged, and set once."""

from datetime import timedelta

import pytest

from gongkai.audit.models import Event as LogEvent
from gongkai.inforequests.actions import BadAct, OfficeDetails, set_office
from gongkai.inforequests.actions.attempts import (
    WINDOW,
    count_use,
    forget_attempts,
    pass_door,
    try_door,
    use_once,
)
from gongkai.inforequests.models import AcceptingOffice, PublicAttempt
from gongkai.inforequests.tests.factories import ME, RECEIVED, an_organ, moment

pytestmark = pytest.mark.django_db
AT = moment(RECEIVED, 9)


def test_an_office_is_set_and_set_anew():
    organ = an_organ()
    told = OfficeDetails(
        " 政务公开股 ", phone="0795-4662133 转 8", alarm_emails=(" a@example.com ",)
    )
    office = set_office(organ, told=told, by=ME, at=AT)
    assert (office.name, office.alarm_emails, office.online) == (
        "政务公开股",
        ["a@example.com"],
        True,
    )
    later = AT + timedelta(days=1)
    set_office(organ, told=OfficeDetails("政务公开股", online=False), by=ME, at=later)
    office = AcceptingOffice.objects.get()
    assert (office.online, office.phone, office.updated_at) == (False, "", later)
    first, second = LogEvent.objects.filter(verb="inforequests.set_office").order_by("sequence")
    assert (first.chain, first.before) == (organ.code, {})
    assert second.before["phone"] == "0795-4662133 转 8"


def test_setting_the_same_again_changes_and_logs_nothing():
    organ = an_organ()
    for hours in (0, 1):
        at = AT + timedelta(hours=hours)
        set_office(organ, told=OfficeDetails("政务公开股", phone="0795-1"), by=ME, at=at)
    assert AcceptingOffice.objects.get().updated_at == AT
    assert LogEvent.objects.filter(verb="inforequests.set_office").count() == 1


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("name", " ", "请填写“受理机构名称”"),
        ("name", "长" * 101, "不能超过100字"),
        ("name", "股\r\nBcc: x", ""),
        ("phone", "请拨打", "只填数字"),
        ("fax", "1" * 61, "不能超过60字"),
        ("postcode", "33060", "应当是6位数字"),
        ("email", "a@", "“电子邮箱”格式不对"),
        ("hours", "全天\x00", "无法保存的字符"),
        ("alarm_emails", ("a@",), "“提醒邮箱”格式不对"),
        ("alarm_emails", tuple(f"{n}@example.com" for n in range(11)), "最多10个"),
        ("alarm_phones", ("手机",), "只填数字"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_field(field, value, message):
    with pytest.raises(BadAct, match=message) as refused:
        set_office(
            an_organ(), told=OfficeDetails(**({"name": "股"} | {field: value})), by=ME, at=AT
        )
    assert refused.value.field == field
    assert not AcceptingOffice.objects.exists()


def test_tries_are_counted_by_client_and_object_within_the_hour():
    for about in ("A", "A", "B"):
        tally = try_door("query", "c" * 64, about=about, at=AT)
    assert (tally.by_client, tally.by_client_and_object) == (3, 1)
    assert try_door("query", "d" * 64, about="A", at=AT).by_client == 1
    pass_door(tally)
    assert try_door("query", "c" * 64, about="B", at=AT + timedelta(minutes=1)).by_client == 3
    assert try_door("query", "c" * 64, about="A", at=AT + WINDOW * 2).by_client == 1


def test_a_token_has_one_holder_and_old_traces_are_destroyed():
    assert use_once("t" * 64, holder="one", at=AT)
    assert use_once("t" * 64, holder="one", at=AT)
    assert not use_once("t" * 64, holder="two", at=AT)
    assert count_use("submit", "c" * 64, at=AT) == 1
    assert count_use("submit", "c" * 64, at=AT) == 2
    assert forget_attempts(before=AT + timedelta(seconds=1)) == 5
    assert not PublicAttempt.objects.exists()
