"""A reader without an account finds a wrong word; the bureau answers within three working days."""

import lxml.html
from django.urls import reverse

from gongkai.audit.models import Event
from gongkai.disclosure.models import Entry
from gongkai.engagement.models import ErrorReport
from tests.journeys.publishing_driver import CLEAR, links
from tests.journeys.request_pages import data_of, form_of, raw, words

PHONE = "13800001234"


def fill(browser, address, has, **typed):
    """Open a public page, fill in its form and follow it."""
    form = form_of(browser.get(address), has)
    answer = browser.post(form.action or address, data_of(form, typed))
    return browser.get(answer.url) if answer.status_code in (302, 303) else answer


def test_told_on_friday_and_answered_on_wednesday(press):
    """From the page to the form, the desk, the answer, and the reader with number and code."""
    press.on(3, 12)
    body = "<p>定于3月16日对城区供水管网检修，请提前按排用水。</p>"
    key = press.begin("clerk", press.organs["czj"], "zwdt/tzgg", "关于供水管网检修的通知", body)
    press.act("clerk", key, "submit")
    press.act("first", key, "approve-first", note="同意")
    for who, verb, typed in (
        ("secrecy", "clear-secrecy", CLEAR),
        ("leader", "sign", {"note": "同意"}),
    ):
        press.act(who, key, verb, **typed)
    press.act("publisher", key, "publish")
    page = Entry.objects.get(pk=key).address

    press.on(3, 13, 17)
    reader = press.public
    (door,) = links(reader.get(page), "本页有错")
    typed = {"kind": "MISSPELLING", "text": "“按排”应为“安排”", "contact": PHONE}
    receipt = fill(reader, door, "text", **typed)
    tree = lxml.html.fromstring(raw(receipt))
    number, code = (each.text_content().strip() for each in tree.find_class("figure"))
    assert "2026年3月18日" in words(receipt)
    follow = "/jiucuo/chaxun/"
    assert "待核实" in words(fill(reader, follow, "code", number=number, code=code))

    press.on(3, 16, 9)
    home = press.page("clerk", reverse("wagtailadmin_home"))
    assert "1条纠错待答复" in words(home)
    queue = press.page("clerk", links(home, "条纠错待答复")[0])
    (record,) = links(queue, number)
    assert "安排" in words(press.page("clerk", record))
    assert PHONE not in raw(press.page("clerk", record))
    report = ErrorReport.objects.get()
    assert press.browser("township").get(record).status_code == 404
    shown = press.press(
        "clerk", record, reverse("engagement:contact", args=[report.pk]), expect=200
    )
    assert PHONE in words(shown)

    press.on(3, 18, 16)
    answer = reverse("engagement:answer_error", args=[report.pk])
    told = press.send("clerk", answer, has="answer", result="CORRECTED", answer="已改为“安排”。")
    assert "已超期" not in words(told)
    report.refresh_from_db()
    assert report.answered_on <= report.due_on
    told = fill(reader, follow, "code", number=number, code=code.lower())
    assert "已改为“安排”。" in words(told)
    assert PHONE not in raw(told)
    wrong = fill(reader, follow, "code", number=number, code="AAAAAAAAAA")
    assert "已改为" not in words(wrong)
    verbs = [each.verb for each in Event.objects.filter(target=report.typed_id)]
    assert verbs == [
        "engagement.report_error",
        "engagement.show_contact",
        "engagement.answer_error",
    ]
    assert not any(PHONE in f"{each.before}{each.after}" for each in Event.objects.all())
