"""A requester's data: shown to them, put right, erased when its time is over, figures untouched."""

import io
import json
import zipfile
from dataclasses import replace
from datetime import date
from urllib.parse import quote
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.audit.models import Event as Logged
from gongkai.files.actions import remove, store
from gongkai.files.models import Purpose, StoredFile
from gongkai.files.queries import FileLost, content
from gongkai.hotline import actions as hotline
from gongkai.inforequests import actions, queries
from gongkai.inforequests.lifecycle.errors import BadAct, Refused
from gongkai.inforequests.lifecycle.retention import Retention
from gongkai.inforequests.models import InfoRequest, Requester, ServiceWay
from gongkai.inforequests.rules.retention import erase_on
from gongkai.inforequests.statistics import facts_by_organ
from gongkai.inforequests.tasks import erase, erase_what_is_due
from gongkai.inforequests.tests.factories import (
    IN_STATE,
    ME,
    RECEIVED,
    a_profile,
    an_organ,
    closed,
    do,
    letter_made,
    moment,
    processing,
    registered,
    replied,
    split_up,
)
from gongkai.outbox.models import Job
from gongkai.statute.grounds import Ground
from gongkai.tables.facts import Period

pytestmark = pytest.mark.django_db
AT = moment(date(2040, 1, 5))
PROOF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def archived(organ, retention=Retention.TEN_YEARS, on=RECEIVED):
    case = closed(organ, on)
    return do(actions.archive, case, on, file_number="A-1", retention=retention)


@pytest.mark.parametrize(
    ("archived_on", "retention", "erased_from"),
    [
        (date(2026, 3, 2), Retention.TEN_YEARS, date(2036, 3, 2)),
        (date(2024, 2, 29), Retention.TEN_YEARS, date(2034, 3, 1)),
        (date(2024, 2, 29), Retention.THIRTY_YEARS, date(2054, 3, 1)),
        (date(2026, 3, 2), Retention.PERMANENT, None),
    ],
)
def test_the_day_of_erasure_follows_from_the_class(archived_on, retention, erased_from):
    assert erase_on(archived_on, retention) == erased_from


def test_erasing_destroys_who_asked_and_keeps_the_case():
    organ = an_organ()
    case = archived(organ)
    proof = store(
        organ=organ, about=case.typed_id, purpose=Purpose.IDENTITY_PROOF, name="证.pdf",
        content=PROOF, by=ME, at=moment(RECEIVED),
    )  # fmt: skip
    source = store(
        organ=organ, about=case.typed_id, purpose=Purpose.SOURCE, name="公告.pdf",
        content=PROOF, by=ME, at=moment(RECEIVED),
    )  # fmt: skip
    before = facts_by_organ(Period.of_year(2026), [organ.pk])
    acts = queries.acts_of(case)
    erased = actions.erase_requester(case, why="保管期限届满", by=ME, at=AT)
    row = Requester.objects.get(info_request=case)
    assert (row.erased, bytes(row.sealed), row.masked_name) == (True, b"", "（已清除）")
    assert {row.name_index, row.identity_index, row.phone_index, row.email_index} == {""}
    assert queries.requester_for_letters(case).name == "（已清除）"
    assert not queries.find_by_requester("万里", [organ.pk])
    assert (erased.erased_at, erased.query_code_digest) == (AT, "")
    assert StoredFile.objects.get(pk=proof.pk).is_removed
    with pytest.raises(FileLost):
        content(StoredFile.objects.get(pk=proof.pk))
    assert content(source) == PROOF
    assert queries.acts_of(case) == acts
    assert facts_by_organ(Period.of_year(2026), [organ.pk]) == before
    assert not list(queries.differences())
    last = Logged.objects.filter(verb="inforequests.erase_requester").get()
    assert (last.reason, last.after) == ("保管期限届满", {"papers_destroyed": 1})


def test_who_asked_is_not_erased_while_the_case_is_worked_on_nor_twice_nor_without_reason():
    with pytest.raises(Refused, match="尚在办理"):
        actions.erase_requester(registered(an_organ()), why="本人请求", by=ME, at=AT)
    case = replied(an_organ("czj"))
    with pytest.raises(BadAct, match="理由"):
        actions.erase_requester(case, why=" ", by=ME, at=AT)
    actions.erase_requester(case, why="本人请求", by=ME, at=AT)
    with pytest.raises(Refused, match="已经清除"):
        actions.erase_requester(case, why="本人请求", by=ME, at=AT)
    with pytest.raises(Refused, match="已经清除"):
        actions.correct_requester(
            case, details=actions.RequesterDetails("万里里"), why="来电", by=ME, at=AT
        )


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(states=st.lists(st.sampled_from(sorted(IN_STATE)), min_size=1, max_size=5))
def test_no_figure_changes_by_erasing(states):
    organs = [an_organ(uuid4().hex) for _ in states]
    for organ, state in zip(organs, states, strict=True):
        IN_STATE[state](organ)
    period, ids = Period.of_year(2026), [organ.pk for organ in organs]
    before = facts_by_organ(period, ids)
    for case in InfoRequest.objects.filter(organ_id__in=ids):
        try:
            actions.erase_requester(case, why="试验", by=ME, at=AT)
        except Refused:
            continue
    assert facts_by_organ(period, ids) == before
    assert not [each for each in queries.differences() if each.field != "acts"]


def test_all_that_came_of_one_filing_is_erased_together_and_no_figure_changes():
    one, other = an_organ("a"), an_organ("b")
    whole = split_up(one)
    first, second = whole.parts.order_by("number")
    passed = do(actions.transfer, second, RECEIVED, to=other, reason="由该局制作")
    again = registered(one)
    do(actions.merge, again, RECEIVED, into=first, reason="重复提交")
    stranger = replied(one)
    with pytest.raises(Refused, match=first.number) as waiting:
        actions.erase_filing(whole, why="本人请求", by=ME, at=AT)
    assert passed.number in str(waiting.value)
    assert not Requester.objects.filter(erased=True).exists()
    for case in (first, passed):
        do(actions.assign, case, RECEIVED, unit="股")
        do(actions.reply, case, RECEIVED, grounds={1: Ground.GRANTED})
    paper = store(
        organ=other, about=passed.typed_id, purpose=Purpose.IDENTITY_PROOF, name="证.pdf",
        content=PROOF, by=ME, at=moment(RECEIVED),
    )  # fmt: skip
    period, ids = Period.of_year(2026), [one.pk, other.pk]
    before = facts_by_organ(period, ids)
    erased = actions.erase_filing(passed, why="本人请求", by=ME, at=AT)
    family = {whole, first, second, passed, again}
    assert {case.pk for case in erased} == {case.pk for case in family}
    kept = Requester.objects.filter(erased=False)
    assert [row.pk for row in kept] == [stranger.pk]
    assert StoredFile.objects.get(pk=paper.pk).is_removed
    assert facts_by_organ(period, ids) == before
    assert not list(queries.differences())
    events = Logged.objects.filter(verb="inforequests.erase_requester").order_by("pk")
    assert [event.chain for event in events] == ["a", "a", "a", "a", "b"]
    assert all(len(event.after["erased_with"]) == 4 for event in events)
    with pytest.raises(Refused, match="已经清除"):
        actions.erase_filing(whole, why="本人请求", by=ME, at=AT)


def test_what_was_erased_before_does_not_stand_in_the_way_of_the_rest():
    whole = split_up(an_organ())
    first, second = whole.parts.order_by("number")
    for case in (first, second):
        do(actions.assign, case, RECEIVED, unit="股")
        do(actions.reply, case, RECEIVED, grounds={1: Ground.GRANTED})
    actions.erase_requester(first, why="保管期限届满", by=ME, at=AT)
    erased = actions.erase_filing(second, why="本人请求", by=ME, at=AT)
    assert {case.pk for case in erased} == {whole.pk, second.pk}


def test_the_caller_of_an_order_made_out_of_the_case_goes_too():
    organ = an_organ()
    case = replied(organ)
    order = hotline.receive_turned_over(
        organ, origin=case.typed_id, kind=hotline.OrderKind.COMPLAINT, subject="转来的投诉",
        content="路灯不亮", caller=hotline.Caller("万里", "13800000000"), by=ME,
        at=moment(RECEIVED),
    )  # fmt: skip
    with pytest.raises(Refused, match=f"{order.number}尚未答复"):
        actions.erase_filing(case, why="本人请求", by=ME, at=AT)
    assert not Requester.objects.get(pk=case.pk).erased
    hotline.assign(order, unit="股", on=RECEIVED, by=ME, at=moment(RECEIVED))
    hotline.answer(order, text="已修复", on=RECEIVED, by=ME, at=moment(RECEIVED))
    actions.erase_filing(case, why="本人请求", by=ME, at=AT)
    order.refresh_from_db()
    assert (order.caller, order.caller_masked) == (hotline.Caller(), "（已清除）")
    assert (order.phone_masked, order.phone_index, order.content) == ("", "", "路灯不亮")
    assert Logged.objects.filter(verb="hotline.forget_caller").count() == 1


def test_the_daily_duty_erases_what_is_due_and_nothing_else():
    organ = an_organ()
    due, later = archived(organ), archived(organ, Retention.THIRTY_YEARS, date(2026, 3, 3))
    for_ever = archived(organ, Retention.PERMANENT, date(2026, 3, 4))
    (notice,) = erase_what_is_due(moment(date(2036, 3, 2)))
    assert "1 件" in notice.text
    erase_what_is_due(moment(date(2036, 3, 2)))  # put once
    (job,) = Job.objects.filter(kind="inforequests.erase")
    erase(job.payload, moment(date(2036, 3, 2)))
    erase(job.payload, moment(date(2036, 3, 3)))  # safe to repeat
    states = {row.pk: row.erased for row in Requester.objects.all()}
    assert states == {due.pk: True, later.pk: False, for_ever.pk: False}
    assert erase_what_is_due(moment(date(2036, 3, 2))) == []
    assert not queries.requesters_to_erase(date(2036, 3, 1))


def test_a_form_that_went_on_as_others_is_erased_with_the_last_of_them():
    organ = an_organ()
    whole = split_up(organ)
    parts = list(whole.parts.order_by("number"))
    today = date(2050, 1, 1)
    for part in parts:
        assert whole not in queries.requesters_to_erase(today)
        do(actions.assign, part, RECEIVED, unit="股")
        reply = do(actions.reply, part, RECEIVED, grounds={1: Ground.GRANTED})
        actions.erase_requester(reply, why="本人请求", by=ME, at=AT)
    assert list(queries.requesters_to_erase(today)) == [whole]


def test_a_reopened_case_is_not_due():
    organ = an_organ()
    case = archived(organ)
    do(
        actions.reopen, case, date(2026, 6, 1), decision="靖府复决〔2026〕1号",
        authority="靖安县人民政府", why="撤销原答复",
    )  # fmt: skip
    assert not queries.requesters_to_erase(date(2040, 1, 1))


def test_who_asks_is_put_right_and_the_log_keeps_digests():
    organ = an_organ()
    case = registered(organ)
    old = queries.requester_for_letters(case)
    new = replace(old, name="万里璪", phone="13911112222")
    actions.correct_requester(case, details=new, why="来电更正", by=ME, at=moment(RECEIVED, 15))
    assert queries.requester_for_letters(case) == new
    assert list(queries.find_by_requester("13911112222", [organ.pk])) == [case]
    assert not queries.find_by_requester(old.phone, [organ.pk])
    logged = Logged.objects.get(verb="inforequests.correct_requester")
    assert set(logged.before) == {"requester.name", "requester.phone"}
    assert all(value.startswith("hmac:") for value in (logged.before | logged.after).values())


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": " "}, "name"),
        ({"identity_number": "110105194912310021"}, "identity_number"),
        ({}, "name"),
    ],
)
def test_a_wrong_correction_of_who_asks_changes_nothing(change, field):
    case = registered(an_organ())
    right = actions.RequesterDetails("万里", "居民身份证", "11010519491231002X")
    actions.correct_requester(case, details=right, why="核对", by=ME, at=moment(RECEIVED, 15))
    with pytest.raises(BadAct) as refused:
        actions.correct_requester(
            case, details=replace(right, **change), why="核对", by=ME, at=moment(RECEIVED, 15)
        )
    assert refused.value.field == field
    assert queries.requester_for_letters(case) == right


def exported(case, **more):
    """Return index, page and the other entries of the package handed to a person."""
    packed = b"".join(actions.export_own_data(case, by=ME, at=moment(RECEIVED, 17), **more))
    with zipfile.ZipFile(io.BytesIO(packed)) as package:
        files = {name: package.read(name) for name in package.namelist()}
    page = files.pop("个人信息.html").decode()
    return json.loads(files.pop("个人信息.json")), page, files


def test_the_files_of_a_person_are_in_the_package_and_nobody_elses():
    organ = an_organ()
    a_profile(organ)
    case = letter_made(processing(organ), RECEIVED)
    told = {"organ": organ, "about": case.typed_id, "by": ME, "at": moment(RECEIVED)}
    store(purpose=Purpose.REQUEST_ATTACHMENT, name="房产证.pdf", content=PROOF, **told)
    store(purpose=Purpose.CONSULTATION_OPINION, name="李四意见.pdf", content=PROOF, **told)
    store(purpose=Purpose.DRAFT, name="拟稿.pdf", content=PROOF, **told)
    told["at"] = moment(RECEIVED, 11)
    gone = store(purpose=Purpose.SUPPLEMENT, name="补正.pdf", content=PROOF + b" ", **told)
    remove(gone, reason="传错", by=ME, at=moment(RECEIVED, 12))
    held, page, files = exported(case)
    assert files == {"材料/01-房产证.pdf": PROOF}  # the answer is not served yet
    assert held["文书"] == []
    assert [row.get("文件") or row["说明"] for row in held["材料"]] == [
        "材料/01-房产证.pdf", "没有装入：文件已经销毁",
    ]  # fmt: skip
    assert "李四" not in page
    do(actions.serve, case, RECEIVED, how=ServiceWay.ONLINE)
    held, page, files = exported(case)
    (letter,) = held["文书"]
    assert files[letter["文件"]].startswith(b"%PDF")
    assert f'href="{quote(letter["文件"])}"' in page
    logged = Logged.objects.filter(verb="inforequests.export_own_data").latest("pk")
    assert logged.after == {"letters": 1, "files": 2, "left_out": 1}


def test_a_package_is_bounded_and_says_what_is_not_in_it(settings):
    organ = an_organ()
    case = registered(organ)
    told = {"organ": organ, "about": case.typed_id, "by": ME, "at": moment(RECEIVED)}
    for number in range(3):
        content_of = PROOF + b" " * number
        told["at"] = moment(RECEIVED, 10 + number)
        store(purpose=Purpose.SUPPLEMENT, name=f"{number}.pdf", content=content_of, **told)
    held, _, files = exported(case, most=len(PROOF) * 2 + 1)
    assert len(files) == 2
    assert "上限" in held["材料"][2]["说明"]
    lost = StoredFile.objects.order_by("stored_at", "pk").first()
    StoredFile.objects.filter(pk=lost.pk).update(blob=uuid4())
    held, page, files = exported(case)
    assert len(files) == 2
    assert "存储内容不见了" in held["材料"][0]["说明"]
    assert "存储内容不见了" in page


def test_a_person_gets_what_is_held_of_them_as_data_and_as_a_page():
    case = replied(an_organ())
    held, page, _ = exported(case)
    assert held["申请人"]["姓名或者名称"] == "万里"
    assert held["申请"]["办理结果"] == "予以公开"
    assert held["办理记录"][0]["事项"] == "提交申请"
    for words in ("万里", "13800000000", "集体土地征收公告", "提交申请", "第四十六条"):
        assert words in page
    assert Logged.objects.latest("pk").verb == "inforequests.export_own_data"


def test_names_of_papers_and_redactions_of_them_go_with_the_requester():
    case = closed(an_organ())
    told = {"organ": case.organ, "about": case.typed_id, "by": ME, "at": moment(RECEIVED)}
    attachment = Purpose.REQUEST_ATTACHMENT
    paper = store(purpose=attachment, name="万里的房产证.pdf", content=PROOF, **told)
    gone = store(purpose=attachment, name="万里.pdf", content=PROOF + b" ", **told)
    remove(gone, reason="传错", by=ME, at=AT)
    made = {name: getattr(paper, name) for name in ("organ", "about", "kind", "size", "stored_at")}
    redacted = StoredFile.objects.create(
        **made, purpose=Purpose.REDACTED, name="万里遮盖.pdf", made_from=paper, blob=uuid4()
    )
    actions.erase_requester(case, why="申请人请求删除", by=ME, at=AT)
    names = set(StoredFile.objects.values_list("name", flat=True))
    assert names == {"申请附件.pdf", "遮盖件.pdf"}
    redacted.refresh_from_db()
    assert redacted.is_removed
