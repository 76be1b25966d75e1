"""Acts that cannot be, that came too late or that the law of the day did not know."""

from dataclasses import replace

import pytest

from gongkai.statute.clock import (
    Acts,
    ClockError,
    ConsultationKind,
    Delay,
    IntakeChannel,
    NoSuchRule,
    OutOfOrder,
    Silence,
    Supplement,
    TooLate,
    TooLong,
    check,
    receipt,
)
from gongkai.statute.tests.spoken import acts, on
from gongkai.statute.workdays import national

CALENDAR = national()


@pytest.mark.parametrize(
    ("told", "error", "message"),
    [
        (
            "supplement 2026-03-01:2026-03-05",
            OutOfOrder,
            "补正告知日期（2026年3月1日）早于收到日期",
        ),
        (
            "supplement 2026-03-05:2026-03-04",
            OutOfOrder,
            "收到补正日期（2026年3月4日）早于补正告知",
        ),
        ("supplement 2026-03-12:2026-03-16", TooLate, "7个工作日，最迟应为2026年3月11日"),
        ("consult 2026-03-01:2026-03-05:-", OutOfOrder, "征求第三方意见（第1次）的发出日期"),
        ("consult 2026-03-05:2026-03-04:-", OutOfOrder, "的送达日期（2026年3月4日）早于"),
        ("consult 2026-03-05:2026-03-06:2026-03-05", OutOfOrder, "的答复日期（2026年3月5日）早于"),
        ("consult 2026-03-05:-:2026-03-09", OutOfOrder, "没有送达日期，请补填送达日期"),
        ("extend 0", TooLong, "延长期限（0个工作日）应当在1至20个工作日之间"),
        ("extend 21", TooLong, "延长期限（21个工作日）"),
        ("extend 10:2026-03-01", OutOfOrder, "延期告知日期（2026年3月1日）早于收到日期"),
        ("extend 10:2026-03-31", TooLate, "延期应当在原答复期限届满前告知申请人"),
        ("fee 2026-03-01:2026-03-05", OutOfOrder, "收费通知日期（2026年3月1日）早于收到日期"),
        ("fee 2026-03-10:2026-03-09", OutOfOrder, "缴费日期（2026年3月9日）早于收费通知日期"),
        ("fee 2026-03-31:2026-04-01", TooLate, "收费通知应当在答复期限内发出"),
        ("supplement 2026-03-05:-; fee 2026-03-10:-", OutOfOrder, "尚未收到补正，不能发出收费通知"),
        (
            "supplement 2026-03-05:2026-03-11; fee 2026-03-10:-",
            OutOfOrder,
            "收费通知日期（2026年3月10日）早于收到补正日期",
        ),
        ("delay 2026-03-30", TooLong, "不晚于原期限（2026年3月30日），不必延迟"),
    ],
)
def test_impossible_orders(told: str, error: type[ClockError], message: str) -> None:
    with pytest.raises(error) as found:
        check(acts("2026-03-02", told), CALENDAR)
    assert message in str(found.value)


@pytest.mark.parametrize(
    "told",
    [
        "supplement 2026-03-11:2026-03-11",
        "extend 20:2026-03-30",
        "extend 5:2026-04-06; consult 2026-03-05:2026-03-06:2026-03-12",
        "fee 2026-03-30:2026-03-30",
        "fee 2026-04-10:-; extend 10",
        "consult 2026-03-02:2026-03-02:2026-03-02",
        "delay 2026-03-31",
        "delay 2026-03-31; consult 2026-03-05:-:-",
        "extend 5:2026-09-01; consult 2026-03-05:-:-",
        "extend 5:2026-03-20; fee 2026-03-10:2026-03-12",
    ],
)
def test_acts_on_the_last_day_are_in_time(told: str) -> None:
    check(acts("2026-03-02", told), CALENDAR)


def test_a_delay_must_be_told_in_time() -> None:
    for told_on, error in (("2026-03-01", OutOfOrder), ("2026-03-31", TooLate)):
        found = replace(acts("2026-03-02"), delay=Delay(on("2026-06-30"), on(told_on)))
        with pytest.raises(error, match="延迟答复"):
            check(found, CALENDAR)
    check(replace(acts("2026-03-02"), delay=Delay(on("2026-06-30"), on("2026-03-30"))), CALENDAR)


def test_the_requesters_term_cannot_end_before_it_is_set() -> None:
    found = Acts(on("2026-03-02"), supplement=Supplement(on("2026-03-05"), None, on("2026-03-04")))
    with pytest.raises(OutOfOrder, match="补正期限"):
        check(found, CALENDAR)


@pytest.mark.parametrize(
    ("received", "told", "message"),
    [
        ("2008-04-30", "none", "早于2008年5月1日"),
        ("2019-05-14", "organ-consult 2019-05-15:2019-05-16:-", "不能从答复期限中扣除"),
        ("2020-12-31", "fee 2021-01-05:-", "不适用信息处理费"),
    ],
)
def test_the_law_of_the_day_of_receipt_governs(received: str, told: str, message: str) -> None:
    with pytest.raises(NoSuchRule, match=message):
        check(acts(received, told), CALENDAR)


def test_old_cases_may_be_asked_to_supplement_at_any_time() -> None:
    check(acts("2019-05-06", "supplement 2019-05-30:2019-06-03; extend 15"), CALENDAR)
    with pytest.raises(TooLong, match="1至15个工作日"):
        check(acts("2019-05-06", "extend 16"), CALENDAR)


# -- the day of receipt ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("channel", "confirmed", "day", "article"),
    [
        (IntakeChannel.IN_PERSON, None, "2026-03-02", "条例第三十一条第一项"),
        (IntakeChannel.POST_SIGNED, "2026-03-05", "2026-03-02", "条例第三十一条第二项"),
        (IntakeChannel.POST_ORDINARY, "2026-03-02", "2026-03-02", "条例第三十一条第二项"),
        (IntakeChannel.ONLINE, "2026-03-04", "2026-03-04", "条例第三十一条第三项"),
        (IntakeChannel.FAX, "2026-03-03", "2026-03-03", "条例第三十一条第三项"),
    ],
)
def test_the_day_of_receipt(
    channel: IntakeChannel, confirmed: str | None, day: str, article: str
) -> None:
    found = receipt(
        channel, arrived_on=on("2026-03-02"), confirmed_on=on(confirmed) if confirmed else None
    )
    assert found
    assert (found.received_on, str(found.article)) == (on(day), article)
    assert found.why.endswith("为收到申请之日")


def test_an_unconfirmed_online_request_has_no_day_of_receipt_yet() -> None:
    for channel in (IntakeChannel.ONLINE, IntakeChannel.FAX, IntakeChannel.POST_ORDINARY):
        assert receipt(channel, arrived_on=on("2026-03-02")) is None


def test_receipts_that_cannot_be_are_refused() -> None:
    with pytest.raises(OutOfOrder, match="确认日期2026年3月1日早于到达日期"):
        receipt(IntakeChannel.ONLINE, arrived_on=on("2026-03-02"), confirmed_on=on("2026-03-01"))
    with pytest.raises(NoSuchRule, match="直接填写收到日期"):
        receipt(IntakeChannel.IN_PERSON, arrived_on=on("2019-05-14"))


def test_silence_means_opposite_things() -> None:
    assert ConsultationKind.THIRD_PARTY.silence is Silence.ORGAN_DECIDES
    assert ConsultationKind.OTHER_ORGAN.silence is Silence.ORGAN_DECIDES
    assert ConsultationKind.JOINT_ORGAN.silence is Silence.DEEMED_CONSENT
    assert Silence.DEEMED_CONSENT.label == "逾期未提出意见的，视为同意公开"
