"""A policy and its interpretation: drafted, passed by many eyes, public, counted; then repealed."""

import lxml.html
from django.urls import reverse

from gongkai.audit.models import Event
from gongkai.disclosure.lifecycle import EntryState
from gongkai.disclosure.models import Entry
from gongkai.policy.models import Interpretation, PolicyDocument
from tests.journeys.publishing_driver import Press, links
from tests.journeys.request_pages import raw, words

LIBRARY = "/zwgk/zcwjk/"
TITLE = "靖安县财政局关于印发《乡村道路养护资金管理办法》的通知"
BODY = "<p>各乡镇人民政府：现将《乡村道路养护资金管理办法》印发给你们，请遵照执行。</p>"
EXPLAINED = "<p>制定背景是规范养护资金；主要内容是资金的安排、拨付和监督；自公布之日起施行。</p>"


def begin_policy(press: Press, title: str, number: str, body: str = BODY) -> PolicyDocument:
    """Begin a policy document, write its text, add and write an interpretation."""
    formed_on = press.now.date().isoformat()
    dossier = press.send(
        "clerk",
        reverse("policy:draft"),
        has="title",
        organ=press.organs["czj"].pk,
        title=title,
        document_number=number,
        formed_on=formed_on,
        subject="0401",
    )
    assert "没有解读，请添加解读" in words(dossier)
    document = PolicyDocument.objects.get(pk=dossier.request["PATH_INFO"].split("/")[-3])
    (editor,) = links(dossier, "编写正文、附件")
    press.write("clerk", editor, body=body)
    dossier = press.send("clerk", reverse("policy:interpret", args=[document.pk]), has="form")
    for address in links(dossier, "编写正文、附件"):
        if address != editor:
            press.write("clerk", address, body=EXPLAINED)
    return document


def publish_policy(press: Press, title: str, number: str) -> PolicyDocument:
    """Lead a policy and its interpretation from nothing to the public."""
    document = begin_policy(press, title, number)
    dossier = reverse("policy:dossier", args=[document.pk])
    press.press("clerk", dossier, reverse("policy:submit", args=[document.pk]))
    for entry in entries_of(document):
        press.pass_reviews(entry.pk)
    press.press("publisher", dossier, reverse("policy:publish_dossier", args=[document.pk]))
    document.refresh_from_db()
    return document


def entries_of(document: PolicyDocument) -> list[Entry]:
    """Return the entries of a document and its interpretation, as they now stand."""
    interpretation = Interpretation.objects.get(document=document)
    return list(Entry.objects.filter(pk__in=(document.entry_id, interpretation.entry_id)))


def in_library(press: Press, **asked: str) -> list[str]:
    """Return the addresses of the documents that the library lists."""
    tree = lxml.html.fromstring(raw(press.public.get(LIBRARY, asked)))
    return [each.get("href") for each in tree.xpath("//*[contains(@class,'library-title')]//a")]


def test_from_draft_through_three_reviews_to_the_page_and_table_two(press):
    """Four people pass what a fifth wrote, beside secrecy; both texts come out at once."""
    press.on(3, 10)
    press.three_steps(press.organs["czj"])
    document = begin_policy(press, TITLE, "靖财字〔2026〕8号")
    dossier = reverse("policy:dossier", args=[document.pk])
    sent = press.press("clerk", dossier, reverse("policy:submit", args=[document.pk]))
    assert "已一并送审" in words(sent)
    policy, interpretation = sorted(entries_of(document), key=lambda each: each.title[0] == "《")
    assert "《" in interpretation.title

    press.on(3, 11)
    for entry in (policy, interpretation):
        press.pass_reviews(entry.pk)
    assert {each.state for each in entries_of(document)} == {EntryState.SIGNED}
    told = press.press("publisher", dossier, reverse("policy:publish_dossier", args=[document.pk]))
    assert "文件和解读已一并发布" in words(told)
    policy, interpretation = sorted(entries_of(document), key=lambda each: each.title[0] == "《")
    passed = Event.objects.filter(target=policy.record_id, verb__regex="approve|sign|clear|publish")
    people = {event.account for event in passed} | {"clerk"}
    assert people == {"clerk", "first", "second", "secrecy", "leader", "publisher"}

    page = press.public.get(policy.address)
    assert "乡村道路养护资金管理办法" in words(page)
    assert "有效性有效" in words(page)
    assert links(page, interpretation.title) == [interpretation.address]
    back = press.public.get(interpretation.address)
    assert "制定背景" in words(back)
    assert links(back, policy.title) == [policy.address]
    assert in_library(press) == [policy.address]
    _counted_in_table_two(press, document)


def _counted_in_table_two(press: Press, document: PolicyDocument) -> None:
    """Open the year's report; the figure of table two opens its list, the list the record."""
    press.on(1, 6, year=2027)
    address = reverse("annualreport:years")
    years = press.send("office", address, has="year", year=2026, verb="open_year")
    board = press.page("office", links(years, "2026")[0])
    (own,) = links(board, "靖安县财政局")[:1]
    unit = press.page("office", own)
    cells = [each for each in links(unit, "1") if "/cell/" in each]
    assert "制发件数" in words(unit)
    found = [page for page in (press.page("office", each) for each in cells) if links(page, TITLE)]
    record = reverse("policy:record", args=[document.pk])
    assert {address for page in found for address in links(page, TITLE)} == {record}
    assert "靖财字〔2026〕8号" in words(press.page("office", record))


def test_a_repeal_stamps_the_old_page_and_the_library(press):
    """The repealed document stays at its address, stamped, and leads to what repealed it."""
    press.on(3, 10)
    press.three_steps(press.organs["czj"])
    old = publish_policy(press, TITLE, "靖财字〔2026〕8号")
    new_title = TITLE.replace("办法》", "办法（修订）》")
    press.on(6, 1)
    new = publish_policy(press, new_title, "靖财字〔2026〕19号")
    before = press.public.get(old.entry.address)
    assert "有效性有效" in words(before)
    press.send(
        "clerk",
        reverse("policy:repeal", args=[old.pk]),
        has="effective_on",
        effective_on="2026-06-02",
        source_number="靖财字〔2026〕19号",
    )
    assert "有效性有效" in press.read(old.entry.address)  # until the day comes

    press.on(6, 2)
    page = press.public.get(old.entry.address)
    assert "有效性废止" in words(page)
    assert "不再作为行政管理的依据" in words(page)
    assert links(page, new_title) == [new.entry.address]
    assert links(press.public.get(new.entry.address), TITLE) == [old.entry.address]
    assert in_library(press) == [new.entry.address]
    assert in_library(press, yxx="fzsx") == [old.entry.address]
    assert "办法》的通知废止" in words(press.public.get(LIBRARY, {"yxx": "fzsx"}))
    assert set(in_library(press, riqi="2026-06-01")) == {old.entry.address, new.entry.address}
    assert "废止" in words(press.page("clerk", reverse("policy:record", args=[old.pk])))
