"""An identity number in a sheet that was to go out: stopped, let pass by a second, or taken out."""

from io import BytesIO

import lxml.html
import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gongkai.audit.models import Event
from gongkai.disclosure.lifecycle import EntryState
from gongkai.disclosure.models import Entry
from tests.journeys.publishing_driver import Press
from tests.journeys.request_pages import raw, words

SECRET = "36092519800101001X"
COLUMN = "zwgk/fdzdgknr/czyjs"
BODY = "<p>现将2026年度惠农补贴发放情况公开如下，详见附件。</p>"


def sheet(*rows: tuple[str, ...], hidden: bool = False) -> SimpleUploadedFile:
    """Return an Excel file; its second sheet holds the rows and may be hidden."""
    book = openpyxl.Workbook()
    book.active.append(["乡镇", "户数"])
    book.active.append(["罗湾乡", "120"])
    second = book.create_sheet("明细")
    for row in rows:
        second.append(row)
    second.sheet_state = "hidden" if hidden else "visible"
    out = BytesIO()
    book.save(out)
    return SimpleUploadedFile("补贴发放表.xlsx", out.getvalue())


def with_attachment(press: Press, file: SimpleUploadedFile) -> int:
    """Return the key of a text of the finance bureau that has an attachment."""
    key = press.begin("clerk", press.organs["czj"], COLUMN, "2026年惠农补贴发放情况", BODY)
    attach(press, key, file)
    return key


def attach(press: Press, key: int, file: SimpleUploadedFile) -> None:
    shown = press.write(
        "clerk",
        reverse("disclosure:entry_edit", args=[key]),
        do="attach",
        file=file,
        **{"new-role": "ATTACHMENT"},
    )
    assert "附件已上传" in words(shown)


def state(key: int) -> str:
    return Entry.objects.get(pk=key).state


def test_a_number_in_a_hidden_sheet_is_stopped_until_it_is_taken_out(press):
    press.on(3, 10)
    key = with_attachment(press, sheet(("姓名", "身份证号"), ("张三", SECRET), hidden=True))
    told = press.act("clerk", key, "submit", expect=422)
    assert "没有办成" in words(told)
    assert "附件“补贴发放表" in words(told)
    assert "身份证" in words(told)
    assert SECRET not in raw(told)  # the finding itself tells the number to nobody
    assert state(key) == EntryState.DRAFT

    editor = reverse("disclosure:entry_edit", args=[key])
    tree = lxml.html.fromstring(raw(press.page("clerk", editor)))
    (out,) = (each.get("value") for each in tree.xpath("//button[starts-with(@value,'detach:')]"))
    press.write("clerk", editor, do=out)
    attach(press, key, sheet(("姓名", "金额"), ("张三", "320")))
    press.act("clerk", key, "submit")
    assert state(key) == EntryState.FIRST_REVIEW
    assert not any(SECRET in f"{each.before}{each.after}" for each in Event.objects.all())


def test_it_passes_only_by_a_second_person_with_a_reason(press):
    """Asked by the author with a reason, refused to the author, granted by the reviewer."""
    press.on(3, 10)
    press.three_steps(press.organs["czj"])
    key = with_attachment(press, sheet(("法定代表人证件号码", SECRET)))
    press.act("clerk", key, "submit", expect=422)
    check = reverse("disclosure:entry_check", args=[key])
    empty = press.send("clerk", check, has="fingerprint", expect=422, reason=" ")
    assert "放行理由" in words(empty)
    asked = press.send("clerk", check, has="fingerprint", reason="法院判决要求公开")
    record = reverse("disclosure:entry", args=[key])
    assert "须由另一位审核人员确认" in words(asked)
    assert "同意放行" not in words(asked)
    press.act("clerk", key, "submit", expect=422)
    assert state(key) == EntryState.DRAFT

    grant = next(
        form.action
        for form in lxml.html.fromstring(raw(press.page("first", record))).forms
        if "/grant/" in (form.action or "")
    )
    for wrong in ("clerk", "township"):
        token = press.browser(wrong).cookies["csrftoken"].value
        answer = press.browser(wrong).post(grant, headers={"x-csrftoken": token})
        assert answer.status_code in (302, 404)
    press.act("clerk", key, "submit", expect=422)
    press.press("first", record, grant)
    press.act("clerk", key, "submit")
    press.pass_reviews(key)
    press.act("publisher", key, "publish")
    entry = Entry.objects.get(pk=key)
    page = press.public.get(entry.address)
    (file,) = lxml.html.fromstring(raw(page)).xpath("//ul[contains(@class,'files')]//a/@href")
    assert press.public.get(file).status_code == 200
    sheet_of_review = words(press.page("clerk", reverse("disclosure:entry_sheet", args=[key])))
    assert "法院判决要求公开" in sheet_of_review
    verbs = [each.verb for each in Event.objects.filter(target=entry.record_id)]
    assert {"disclosure.ask_override", "disclosure.grant_override"} <= set(verbs)
