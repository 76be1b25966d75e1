"""A leak in a public workbook: found at night, sent, withdrawn, answered, passed, closed."""

from typing import Any

import pytest
from django.urls import reverse

from gongkai.audit.models import Event
from gongkai.disclosure.actions import checking
from gongkai.disclosure.models import Entry
from gongkai.inspections.models import Finding
from gongkai.outbox.actions import put_duties, run_due
from tests.journeys.publishing_driver import Press
from tests.journeys.request_pages import raw, words
from tests.journeys.test_leaks_stopped import sheet as sheet_of
from tests.journeys.test_leaks_stopped import with_attachment

SECRET = "36092519800101002X"


def night(press: Press, month: int, day: int) -> list[str]:
    """Let the timer's jobs of a night run; return what they tell the office."""
    press.on(month, day, 1)
    put_duties(at=press.now)
    told = run_due(at=press.now)
    failed = [each for each in told if each.error]
    assert not failed, failed
    return [notice.text for each in told for notice in each.notices]


def finding_now() -> Finding:
    return Finding.objects.get(rule="identity_number")


def act(press: Press, who: str, slug: str, **typed: Any) -> Any:
    """Fill in the form of an act on the finding, as its page offers it."""
    address = f"{reverse('inspections:act', args=[slug])}?f={finding_now().pk}"
    return press.send(who, address, has=next(iter(typed), "f"), **typed)


def test_from_the_night_to_the_closed_finding(
    press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    press.on(3, 10)
    press.three_steps(press.organs["czj"])
    rows = (("姓名", "备注"), ("张三", SECRET))
    key = with_attachment(press, sheet_of(*rows, hidden=True))
    with monkeypatch.context() as before:  # it came out when nobody looked into hidden sheets
        before.setattr(checking, "CHECKERS", ())
        press.act("clerk", key, "submit")
        press.pass_reviews(key)
        press.act("publisher", key, "publish")
    entry = Entry.objects.get(pk=key)
    assert press.public.get(entry.address).status_code == 200

    assert any("新发现1个问题" in each for each in night(press, 3, 11))
    press.on(3, 11)
    ledger = press.page("office", reverse("inspections:ledger"))
    number = finding_now().number
    assert number in words(ledger)
    shown = press.page("office", reverse("inspections:finding", args=[finding_now().pk]))
    assert "工作表“明细”（隐藏）" in words(shown)
    assert SECRET not in raw(ledger) + raw(shown)
    browser = press.browser("clerk")  # not the organ's business before the office has sent it
    assert browser.get(reverse("inspections:finding", args=[finding_now().pk])).status_code == 404
    act(press, "office", "order", requirement="请立即撤下，遮盖后重新发布", workdays=1)

    press.act("publisher", key, "withdraw", reason="IN_ERROR", note="附件含有个人信息，已撤下")
    assert press.public.get(entry.address).status_code == 410
    act(press, "clerk", "answer", measures="已撤下，正在遮盖", result="已撤下", person="财小文")
    assert finding_now().state == "ANSWERED"

    night(press, 3, 12)
    assert finding_now().state == "RECHECKED"
    press.on(3, 12)
    act(press, "office", "close")
    assert finding_now().state == "CLOSED"
    told = words(press.page("clerk", reverse("inspections:finding", args=[finding_now().pk])))
    assert "已销号" in told
    assert not any(SECRET in f"{each.before}{each.after}{each.target_label}"
                   for each in Event.objects.all())  # fmt: skip
