"""The road on the screens: four people lead a text to the public; nobody passes their own."""

from datetime import timedelta

import pytest
from django.utils import timezone

from gongkai.disclosure import actions
from gongkai.disclosure.lifecycle import EntryState
from gongkai.disclosure.models import Entry, IndexRule, Override, ReviewRule, Section
from gongkai.disclosure.rules import SecrecyQuestion
from gongkai.disclosure.tests import factories as make
from gongkai.disclosure.tests.staffing import at, client_of, person, signed_in, text
from gongkai.orgs.models import OrganKind, Role

pytestmark = pytest.mark.django_db
PRIVATE = "<p>联系人张三，手机13812345678。</p>"
CLEAR = {**dict.fromkeys((q.value for q in SecrecyQuestion), "no"), "conclusion": "PUBLIC"}


@pytest.fixture(autouse=True)
def _noon(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: make.NOON + make.MINUTE)


@pytest.fixture
def finance():
    return make.department(make.county(), name="靖安县财政局", short_name="财政局")


@pytest.fixture
def section(finance):
    return make.section(finance.county)


@pytest.fixture
def people(finance):
    roles = {
        "clerk": Role.DEPARTMENT_CLERK,
        "reviewer": Role.REVIEWER,
        "secrecy": Role.SECRECY_REVIEWER,
        "leader": Role.LEADER,
        "publisher": Role.PUBLISHER,
    }
    return {name: signed_in(name, finance, role) for name, role in roles.items()}


def state(entry) -> str:
    return Entry.objects.get(pk=entry.pk).state


def test_a_text_is_led_to_the_public_by_five_people(people, finance, section) -> None:
    told = {"organ": finance.pk, "section": section.pk, "title": "五个人的信息"}
    people["clerk"].post(at("entry_add"), {**told, "formed_on": "2026-09-18"})
    entry = Entry.objects.get()
    body = {**told, "formed_on": "2026-09-18", "mode": "PROACTIVE", "body": "<p>正文。</p>"}
    answer = people["clerk"].post(at("entry_edit", entry.pk), {**body, "revision": 0, "do": "go"})
    assert answer.headers["Location"] == at("entry_act", entry.pk, "submit")
    road = (
        ("clerk", "submit", {}, EntryState.FIRST_REVIEW),
        ("reviewer", "approve-first", {"note": "同意"}, EntryState.SECRECY_REVIEW),
        ("secrecy", "clear-secrecy", {**CLEAR, "basis": "条例第二十条"}, EntryState.SIGNING),
        ("leader", "sign", {}, EntryState.SIGNED),
        ("publisher", "publish", {}, EntryState.PUBLISHED),
    )
    for who, verb, fields, then in road:
        address = at("entry_act", entry.pk, verb)
        if who != "clerk":
            assert entry.title in text(people[who].get(at("entries"))), who
        assert people[who].get(address).status_code == 200
        assert people[who].post(address, fields).headers["Location"] == at("entry", entry.pk)
        assert state(entry) == then
    page = text(people["clerk"].get(at("entry", entry.pk)))
    assert "公开页面" in page
    sheet = text(people["clerk"].get(at("entry_sheet", entry.pk)))
    for said in ("政府信息公开审查呈批单", "同意", "条例第二十条", "可以公开", "SHA-256"):
        assert said in sheet


def test_nobody_passes_their_own_and_the_page_says_why(finance, section) -> None:
    both = person("又写又审", (finance, Role.DEPARTMENT_CLERK), (finance, Role.REVIEWER))
    entry = actions.create(
        finance, section=section, told=make.told(), by=both.actor(), at=make.NOON
    )
    actions.submit(entry, by=both.actor(), at=make.NOON)
    client = client_of(both)
    assert "您写过或者送审了本稿" in text(client.get(at("entry", entry.pk)))
    assert entry.title not in text(client.get(at("entries")))
    answer = client.get(at("entry_act", entry.pk, "approve-first"))
    assert answer.headers["Location"] == at("entry", entry.pk)
    answer = client.post(at("entry_act", entry.pk, "approve-first"), {"note": ""})
    assert answer.status_code == 422
    assert state(entry) == EntryState.FIRST_REVIEW


def test_the_secrecy_review_asks_item_by_item(people, finance, section) -> None:
    entry = make.forward(make.draft(finance, section), EntryState.SECRECY_REVIEW)
    address = at("entry_act", entry.pk, "clear-secrecy")
    answer = people["secrecy"].post(address, {"opinion": "写好的意见"})
    assert answer.status_code == 422
    assert text(answer).count("请逐项审查") == len(SecrecyQuestion)
    assert "写好的意见" in text(answer)
    touched = {**CLEAR, "PERSONAL": "yes", "basis": "条例第二十条"}
    assert "请退回修改" in text(people["secrecy"].post(address, touched))
    assert state(entry) == EntryState.SECRECY_REVIEW


def test_a_return_needs_a_reason_and_waits_for_its_author(people, finance, section) -> None:
    author = person("拟稿的", (finance, Role.DEPARTMENT_CLERK))
    entry = actions.create(
        finance, section=section, told=make.told(), by=author.actor(), at=make.NOON
    )
    actions.submit(entry, by=author.actor(), at=make.NOON)
    address = at("entry_act", entry.pk, "return")
    assert people["reviewer"].post(address, {"why": " "}).status_code == 422
    assert people["reviewer"].post(address, {"why": "落款日期有误"}).status_code == 302
    page = text(client_of(author).get(at("entries")))
    assert "被退回：落款日期有误" in page
    assert "落款日期有误" in text(client_of(author).get(at("entry", entry.pk)))


def test_a_finding_stops_the_text_until_a_second_person_lets_it_pass(
    people, finance, section
) -> None:
    entry = make.draft(finance, section, body=PRIVATE)
    submit = at("entry_act", entry.pk, "submit")
    answer = people["clerk"].post(submit, {})
    assert answer.status_code == 422
    assert "手机号码" in text(answer)
    assert "13812345678" not in text(answer).partition("<iframe")[0]
    mark = actions.check(entry)[0].fingerprint
    check = at("entry_check", entry.pk)
    answer = people["clerk"].post(check, {"fingerprint": mark, "reason": ""})
    assert answer.status_code == 422
    people["clerk"].post(check, {"fingerprint": mark, "reason": "单位公开的值班电话"})
    asked = Override.objects.get()
    grant = at("override", asked.pk, "grant")
    assert people["clerk"].post(grant).headers["Location"] == "/staff/"
    assert "单位公开的值班电话" in text(people["reviewer"].get(at("entry", entry.pk)))
    assert "等您确认是否放行" in text(people["reviewer"].get(at("entries")))
    people["reviewer"].post(grant)
    assert people["clerk"].post(submit, {}).status_code == 302
    assert state(entry) == EntryState.FIRST_REVIEW


def test_an_override_of_another_organ_is_not_there(people, finance, section) -> None:
    entry = make.draft(finance, section, body=PRIVATE)
    mark = actions.check(entry)[0].fingerprint
    asked = actions.ask_override(
        entry, fingerprint=mark, reason="值班电话", by=make.AUTHOR, at=make.NOON
    )
    town = make.department(finance.county, "luowan", kind=OrganKind.TOWNSHIP, short_name="罗湾乡")
    other = signed_in("罗湾审核人", town, Role.REVIEWER)
    assert other.post(at("override", asked.pk, "grant")).status_code == 404
    asked.refresh_from_db()
    assert asked.granted_at is None
    assert "等您确认" not in text(other.get(at("entries")))


def test_several_are_published_each_by_itself(people, finance, section) -> None:
    good = make.forward(make.draft(finance, section), EntryState.SIGNED)
    unsigned = make.draft(finance, section, title="没有签发的")
    answer = people["publisher"].post(
        at("publish_several"), {"entry": [good.pk, unsigned.pk, "x", "9" * 30]}, follow=True
    )
    assert state(good) == EntryState.PUBLISHED
    assert state(unsigned) == EntryState.DRAFT
    assert "已发布1条" in text(answer)
    assert "《没有签发的》没有发布" in text(answer)
    waiting = make.forward(make.draft(finance, section), EntryState.SIGNED)
    people["clerk"].post(at("publish_several"), {"entry": [waiting.pk]})
    assert state(waiting) == EntryState.SIGNED


def test_a_release_is_scheduled_ahead_only_and_taken_back(people, finance, section) -> None:
    entry = make.forward(make.draft(finance, section), EntryState.SIGNED)
    address = at("entry_act", entry.pk, "schedule")
    assert people["publisher"].post(address, {"when": "2020-01-01T09:00"}).status_code == 422
    later = timezone.localtime(make.NOON + timedelta(days=1))
    assert people["publisher"].post(address, {"when": f"{later:%Y-%m-%dT%H:%M}"}).status_code == 302
    assert state(entry) == EntryState.SCHEDULED
    assert "由系统发布" in text(people["clerk"].get(at("entry", entry.pk)))
    people["publisher"].post(at("entry_act", entry.pk, "unschedule"), {})
    assert state(entry) == EntryState.SIGNED


def test_a_withdrawal_needs_its_kind_and_its_note(people, finance, section) -> None:
    entry = make.published(finance, section)
    address = at("entry_act", entry.pk, "withdraw")
    assert people["publisher"].post(address, {"reason": "", "note": ""}).status_code == 422
    fields = {"reason": "IN_ERROR", "note": "附件有误"}
    assert people["publisher"].post(address, fields).status_code == 302
    assert state(entry) == EntryState.WITHDRAWN
    assert "误发布" in text(people["clerk"].get(at("entry", entry.pk)))


def test_the_list_is_narrowed_and_paged_by_key(people, finance, section) -> None:
    entries = [make.draft(finance, section, title=f"第{n}条") for n in range(53)]
    page = text(people["clerk"].get(f"{at('entries')}?view=all"))
    assert "第52条" in page
    assert "第2条<" not in page
    older = f"{at('entries')}?view=all&before={entries[3].pk}"
    assert "第2条" in text(people["clerk"].get(older))
    found = text(people["clerk"].get(f"{at('entries')}?q=第7条"))
    assert "第7条" in found
    assert "第8条" not in found
    for odd in (
        "?before=x",
        "?section=0",
        "?organ=99",
        "?state=X",
        "?view=nope",
        "?q=%00",
        "?skip=-1",
    ):
        assert people["clerk"].get(f"{at('entries')}{odd}").status_code == 200, odd


def test_the_office_keeps_the_sections_and_the_rules(finance, section) -> None:
    county = finance.county
    office = make.department(county, "zfb", kind=OrganKind.OFFICE, short_name="县府办")
    keeper = signed_in("公开办", office, Role.OGI_OFFICE)
    fields = {"title": "通知", "slug": "tzgg", "content": "ENTRIES", "kind": "NOTICE"}
    assert keeper.post(at("open_section"), {**fields, "slug": "大写"}).status_code == 422
    assert keeper.post(at("open_section"), fields).status_code == 302
    made = Section.objects.get(path="tzgg")
    change = {"title": "通知公告", "kind": "NOTICE", "max_age_days": 90, "in_menu": "on"}
    assert keeper.post(at("change_section", made.pk), change).status_code == 302
    made.refresh_from_db()
    assert (made.title, made.max_age_days, made.in_menu) == ("通知公告", 90, True)
    make.draft(finance, made)
    close = {"on": "2026-09-21"}
    assert keeper.post(at("close_section", made.pk), close).status_code == 422
    rule = {"do": "review", "organ": finance.pk, "steps": 3, "valid_from": "2026-09-21"}
    assert keeper.post(at("rules"), rule).status_code == 302
    assert ReviewRule.objects.get().steps == 3
    wrong = {"do": "index", "pattern": "{nothing}", "index_from": "2026-09-21"}
    assert keeper.post(at("rules"), wrong).status_code == 422
    right = {**wrong, "pattern": "{organ}/{yyyymm}-{serial:05d}"}
    assert keeper.post(at("rules"), right).status_code == 302
    assert IndexRule.objects.get().county == county
    assert keeper.post(at("sections")).status_code == 302
    assert Section.objects.of(county).count() > 20
