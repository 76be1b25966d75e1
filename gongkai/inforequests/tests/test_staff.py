"""The screens: journeys through HTTP, every state rendered, every form, nothing typed is lost.

Past 500 lines: one course through every screen, read from top to bottom.
"""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from gongkai.audit.models import Event as LoggedEvent
from gongkai.calendars.queries import workday_calendar
from gongkai.files.models import Purpose, StoredFile
from gongkai.inforequests import actions
from gongkai.inforequests.actions.offers import Offer, offer
from gongkai.inforequests.lifecycle.states import Event, State
from gongkai.inforequests.models import DeadlineChange, InfoRequest, IntakeChannel
from gongkai.inforequests.queries import acts_of
from gongkai.inforequests.staff.standing import Standing
from gongkai.inforequests.staff.verbs import BY_SLUG, VERBS
from gongkai.inforequests.tests.factories import (
    HEAD,
    IN_STATE,
    ME,
    RECEIVED,
    REVIEWER,
    a_profile,
    an_official,
    an_organ,
    closed,
    consulting,
    do,
    moment,
    processing,
    registered,
    submitted,
)
from gongkai.letters.models import Letter
from gongkai.orgs.models import OrganKind, Role
from gongkai.statute.grounds import Ground

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 10)
TYPED = {
    "channel": "IN_PERSON",
    "arrived_on": "2026-03-10",
    "name": "万里",
    "identity_kind": "居民身份证",
    "identity_number": "360925199001010016",
    "description": "城西地块征收公告",
    "carrier": "PAPER",
    "delivery": "POST",
    "other_way_accepted": "on",
    "submission_key": "a-form",
}


@pytest.fixture(autouse=True)
def _on_the_tenth(monkeypatch):
    now = timezone.make_aware(timezone.datetime(2026, 3, 10, 10))
    monkeypatch.setattr(timezone, "now", lambda: now)


@pytest.fixture
def organ():
    return an_organ()


@pytest.fixture
def desk(client, organ):
    client.force_login(an_official(organ))
    return client


def act_url(info_request, slug):
    return reverse("inforequests:act", args=[info_request.pk, slug])


def standing(info_request, today=TODAY):
    channel = IntakeChannel(info_request.channel)
    return Standing(acts_of(info_request), channel, workday_calendar(), today)


def record_url(info_request):
    return reverse("inforequests:record", args=[info_request.pk])


def page_of(client, url, *args, **kwargs):
    return client.get(url, *args, **kwargs).content.decode()


# -- taking in -------------------------------------------------------------------------------


def test_a_request_is_taken_in_and_its_code_shown_this_once(desk, organ):
    add = reverse("inforequests:add")
    page = desk.post(add, TYPED | {"organ": organ.pk}).content.decode()
    info_request = InfoRequest.objects.get()
    assert "360925001-2026-0001" in page
    assert "查询码只在这里显示一次" in page
    assert (info_request.state, info_request.due_on) == (State.REGISTERED, date(2026, 4, 8))
    assert info_request.requester_kind == "NATURAL_PERSON"
    again = desk.post(add, TYPED | {"organ": organ.pk})
    assert (again.status_code, "360925001-2026-0001" in again.content.decode()) == (200, True)
    assert InfoRequest.objects.count() == 1
    fresh = desk.post(reverse("inforequests:code", args=[info_request.pk])).content.decode()
    assert "新的查询码" in fresh
    late = desk.post(add, TYPED | {"organ": organ.pk}, follow=True).content.decode()
    assert "这份表单已经登记过" in late


def test_the_receipt_may_be_issued_as_a_letter_at_once(desk, organ):
    a_profile(organ)
    typed = TYPED | {"organ": organ.pk, "with_letter": "on"}
    assert desk.post(reverse("inforequests:add"), typed).status_code == 200
    assert Letter.objects.get().kind == "L01"


def test_an_oral_request_has_a_sheet_to_sign_and_its_showing_is_logged(desk, organ):
    page = desk.post(
        reverse("inforequests:add"), TYPED | {"organ": organ.pk, "channel": "ORAL"}
    ).content.decode()
    assert "打印口头申请笔录" in page
    info_request = InfoRequest.objects.get()
    sheet = desk.post(reverse("inforequests:sheet", args=[info_request.pk])).content.decode()
    assert "万里" in sheet
    assert "并已向申请人宣读" in sheet
    assert LoggedEvent.objects.latest("pk").verb == "inforequests.show_requester"


def test_the_kind_follows_the_credit_code_unless_told(desk, organ):
    company = TYPED | {
        "organ": organ.pk,
        "name": "靖安某公司",
        "identity_kind": "统一社会信用代码",
        "identity_number": "91350100M000100Y43",
        "contact_person": "万里",
    }
    desk.post(reverse("inforequests:add"), company)
    assert InfoRequest.objects.get().requester_kind == "COMMERCIAL_ENTERPRISE"
    told = company | {"requester_kind": "OTHER_ORG", "submission_key": "b", "again": "on"}
    desk.post(reverse("inforequests:add"), told)
    assert InfoRequest.objects.filter(requester_kind="OTHER_ORG").count() == 1


def test_the_same_request_again_is_pointed_out_by_its_number(desk, organ):
    desk.post(reverse("inforequests:add"), TYPED | {"organ": organ.pk})
    second = TYPED | {"organ": organ.pk, "submission_key": "another"}
    response = desk.post(reverse("inforequests:add"), second)
    assert response.status_code == 422
    assert "已经提交内容相同的申请（360925001-2026-0001）" in response.content.decode()
    assert desk.post(reverse("inforequests:add"), second | {"again": "on"}).status_code == 200
    assert InfoRequest.objects.count() == 2


def test_a_proof_of_identity_is_kept_with_the_case(desk, organ, settings, tmp_path):
    from django.core.files.uploadedfile import SimpleUploadedFile

    settings.GONGKAI_FILE_DIR = tmp_path
    bad = SimpleUploadedFile("证.exe", b"MZ\x90\x00 not a picture", "image/png")
    typed = TYPED | {"organ": organ.pk}
    assert desk.post(reverse("inforequests:add"), typed | {"proof": bad}).status_code == 422
    assert not InfoRequest.objects.exists()
    good = SimpleUploadedFile("申请书.pdf", b"%PDF-1.4\n%%EOF\n", "application/pdf")
    response = desk.post(reverse("inforequests:add"), typed | {"attachments": good})
    assert response.status_code in (200, 422)
    if response.status_code == 200:
        assert StoredFile.objects.get().purpose == Purpose.REQUEST_ATTACHMENT


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"description": ""}, "请填写“所需政府信息"),
        ({"name": ""}, "请填写“姓名或者名称”"),
        ({"arrived_on": "2026-03-11"}, "晚于登记时间"),
        ({"arrived_on": "昨天"}, "应当是日期"),
        ({"identity_number": "360925199001010010"}, "校验位不符"),
        ({"identity_kind": ""}, "请选择“证件名称”"),
        ({"email": "没有域名"}, "“电子邮箱”格式不对"),
        ({"channel": "ONLINE", "confirmed_on": "2026-03-09"}, "早于到达日期"),
        ({"channel": "PIGEON"}, "请重新选择"),
        ({"organ": "999"}, "请选择您可以登记申请的机关"),
        ({"identity_kind": "", "identity_number": "", "contact_person": "某"}, "申请人类别"),
    ],
)
def test_a_wrong_form_says_what_is_wrong_and_loses_nothing(desk, organ, wrong, message):
    response = desk.post(reverse("inforequests:add"), TYPED | {"organ": organ.pk} | wrong)
    page = response.content.decode()
    assert response.status_code == 422
    assert message in page
    assert "邮" in page
    assert (wrong.get("description") == "") or "城西地块征收公告" in page
    assert not InfoRequest.objects.exists()


def test_an_unconfirmed_online_request_stands_first_and_is_confirmed(desk, organ):
    registered(organ, RECEIVED)
    typed = TYPED | {"organ": organ.pk, "channel": "ONLINE", "arrived_on": "2026-03-09"}
    page = desk.post(reverse("inforequests:add"), typed).content.decode()
    assert "还没有确认收到之日" in page
    waiting = InfoRequest.objects.get(state=State.SUBMITTED)
    page = page_of(desk, reverse("inforequests:index"))
    assert "尚未确认收到" in page
    assert page.index(waiting.number) < page.index("360925001-2026-0001")
    tried = {"on": "2026-03-10", "how": "电话", "result": "无人接听"}
    desk.post(act_url(waiting, "try_contact"), tried)
    page = desk.post(act_url(waiting, "register"), {}).content.decode()
    assert "请填写“与申请人确认收到的日期”" in page
    desk.post(act_url(waiting, "register"), {"on": "2026-03-10"})
    waiting.refresh_from_db()
    assert waiting.received_on == TODAY


# -- handling --------------------------------------------------------------------------------


def test_the_whole_way_from_assignment_to_the_archive(client, organ):
    a_profile(organ)
    handler = an_official(organ)
    reviewer = an_official(organ, Role.REVIEWER, "reviewer")
    head = an_official(organ, Role.OGI_HEAD, "head")
    case = registered(organ, RECEIVED, items=("征收公告", "会议纪要"))
    day = {"on": "2026-03-10"}
    client.force_login(handler)
    client.post(act_url(case, "assign"), day | {"unit": "利用股", "handler": "handler"})
    searched = day | {
        "places": "档案室",
        "keywords": "城西",
        "officer": "周",
        "searched_on": "2026-03-09",
        "found": "no",
    }
    client.post(act_url(case, "search"), searched)
    draft = reverse("inforequests:draft", args=[case.pk])
    chosen = "?item_1=GRANTED%3AA2&item_2=NOT_HELD%3AA5"
    page = page_of(client, draft + chosen)
    assert "档案室" in page  # what the search told is there already
    told = day | {"i2_f_places": "", "i2_f_keywords": "城西", "i1_f_supplied": "征收公告"}
    response = client.post(draft + chosen, told)
    assert response.status_code == 422
    assert "请填写“检索的范围”" in response.content.decode()
    response = client.post(draft + chosen, told | {"i2_f_places": "档案室"}, follow=True)
    assert "答复待审核" in response.content.decode()
    page = client.post(act_url(case, "pass_draft"), day, follow=True).content.decode()
    assert "已登记“审核通过”" not in page  # a handler does not review
    client.force_login(reviewer)
    assert "审核通过" in page_of(client, reverse("inforequests:review", args=[case.pk]))
    preview = client.get(reverse("inforequests:preview", args=[case.pk]))
    assert preview.content.startswith(b"%PDF")
    client.post(act_url(case, "pass_draft"), day)
    client.force_login(head)
    # What nobody commented on can be read by whoever signs.
    assert "审签经过" in page_of(client, reverse("inforequests:review", args=[case.pk]))
    client.post(act_url(case, "sign"), day)
    client.force_login(handler)
    client.post(act_url(case, "issue_reply"), day)
    assert Letter.objects.get().kind == "A3"
    page = client.post(act_url(case, "serve"), day | {"how": "POST"}).content.decode()
    assert "邮件单号" in page
    client.post(act_url(case, "serve"), day | {"how": "POST", "tracking": "XA12345678936"})
    client.post(act_url(case, "close"), day)
    kept = day | {"file_number": "2026-依申请-1", "retention": "TEN_YEARS"}
    client.post(act_url(case, "archive"), kept)
    case.refresh_from_db()
    assert (case.state, case.ground) == (State.ARCHIVED, Ground.PARTIAL)
    assert "10年" in page_of(client, record_url(case))


def test_a_draft_that_was_sent_back_starts_from_what_it_said(client, organ):
    client.force_login(an_official(organ))
    case = processing(organ)
    draft = reverse("inforequests:draft", args=[case.pk])
    told = {"on": "2026-03-10", "i1_f_supplied": "征收公告（2024年）"}
    client.post(draft + "?item_1=GRANTED%3AA2", told)
    do(actions.return_draft, case, TODAY, why="标题不准确", by=REVIEWER)
    page = page_of(client, draft)
    assert "上一稿被退回：标题不准确" in page
    assert 'value="GRANTED:A2" selected' in page
    assert "征收公告（2024年）" in page_of(client, draft + "?item_1=GRANTED%3AA2")


def test_a_draft_says_how_files_come_with_it(desk, organ):
    draft = reverse("inforequests:draft", args=[processing(organ).pk])
    hint = "还没有可以随答复提供的文件"
    assert hint in page_of(desk, draft + "?item_1=GRANTED%3AA2")
    assert hint not in page_of(desk, draft + "?item_1=GRANTED%3AA1")
    assert hint not in page_of(desk, draft + "?item_1=PETITION%3AA10")


def test_part_disclosure_tells_why_the_rest_is_withheld(desk, organ):
    case = processing(organ)
    draft = reverse("inforequests:draft", args=[case.pk]) + "?item_1=PARTIAL%3AA3"
    told = {"on": "2026-03-10", "i1_f_given": "公告", "i1_f_withheld": "住址"}
    response = desk.post(draft, told)
    assert response.status_code == 422
    assert "请填写“不予公开部分的依据和理由”" in response.content.decode()


def test_an_extension_is_proposed_and_consented_to_with_its_letter(client, organ):
    client.force_login(an_official(organ))
    case = processing(organ)
    client.post(
        act_url(case, "propose_extension"),
        {"on": "2026-03-10", "workdays": "10", "reason": "需要核实"},
    )
    client.force_login(an_official(organ, Role.OGI_HEAD, "head"))
    page = page_of(client, act_url(case, "extend"))
    assert "提请延长10个工作日，理由：需要核实" in page
    typed = {"on": "2026-03-10", "with_letter": "on"}
    response = client.post(act_url(case, "extend"), typed)
    assert response.status_code == 422  # no letter profile: neither letter nor extension
    assert not case.acts.filter(kind=Event.EXTEND).exists()
    a_profile(organ)
    client.post(act_url(case, "extend"), typed)
    case.refresh_from_db()
    assert case.due_on == date(2026, 4, 14)
    assert Letter.objects.get().kind == "L04"


def test_a_consultation_runs_through_the_screens(desk, organ):
    info_request = processing(organ, date(2026, 3, 2))
    told = {"on": "2026-03-05", "whom": "甲公司"}
    desk.post(act_url(info_request, "consult_third_party"), told)
    assert "甲公司收到征求意见书（尚未登记送达）" in page_of(desk, record_url(info_request))
    served = {"on": "2026-03-06", "consultation": "4"}
    desk.post(act_url(info_request, "serve_consultation"), served)
    assert "期限到2026年3月27日" in page_of(desk, record_url(info_request))
    told = {"on": "2026-03-10", "consultation": "4", "opinion": "REFUSES", "note": "商业秘密"}
    desk.post(act_url(info_request, "record_opinion"), told)
    info_request.refresh_from_db()
    assert (info_request.state, info_request.due_on) == (State.PROCESSING, date(2026, 4, 2))
    assert "不同意公开（2026-03-10）" in page_of(desk, record_url(info_request))
    told = {"on": "2026-03-10", "consultation": "4", "what": "公告", "reason": "公共利益"}
    desk.post(act_url(info_request, "tell_third_party"), told)
    assert info_request.acts.filter(kind=Event.TELL_THIRD_PARTY).exists()


def test_an_act_refused_keeps_what_was_typed(desk, organ):
    info_request = processing(organ, date(2026, 2, 10))
    typed = {"on": "2026-03-10", "what": "地块的四至", "due_on": "2026-03-31"}
    response = desk.post(act_url(info_request, "ask_supplement"), typed)
    page = response.content.decode()
    assert response.status_code == 422
    assert "第三十条" in page
    assert "地块的四至" in page
    info_request.refresh_from_db()
    assert info_request.state == State.PROCESSING


def test_a_verb_that_the_state_refuses_leads_back_to_the_case(desk, organ):
    assert "只能归档" in page_of(desk, act_url(closed(organ), "reply"), follow=True)


def test_a_form_is_split_item_by_item_and_answered_item_by_item(desk, organ):
    whole = registered(organ)
    desk.post(act_url(whole, "split"), {"on": "2026-03-10", "parts": "征收公告\n补偿方案"})
    assert InfoRequest.objects.filter(split_from=whole).count() == 2
    other = processing(organ, items=("甲", "乙"))
    page = desk.post(act_url(other, "reply"), {"on": "2026-03-10"}).content.decode()
    assert "请选择“第2项的办理结果”" in page
    told = {"on": "2026-03-10", "ground_1": "GRANTED", "ground_2": "NEEDS_CREATION"}
    desk.post(act_url(other, "reply"), told)
    other.refresh_from_db()
    assert other.ground == Ground.PARTIAL


def test_merging_names_a_request_of_the_organ(desk, organ):
    into, case = registered(organ), registered(organ)
    typed = {"on": "2026-03-10", "into": "360925999-2026-0001", "reason": "重复"}
    assert desk.post(act_url(case, "merge"), typed).status_code == 422
    desk.post(act_url(case, "merge"), typed | {"into": into.number})
    case.refresh_from_db()
    assert case.merged_into == into
    assert into.number in page_of(desk, record_url(case))


@pytest.mark.parametrize("state", State)
def test_every_state_has_its_page_and_its_row(desk, organ, state):
    info_request = IN_STATE[state](organ)
    page = page_of(desk, record_url(info_request))
    assert state.label in page
    assert info_request.number in page
    assert "万里" not in page
    done = "" if info_request.pending else "1"
    assert info_request.number in page_of(desk, reverse("inforequests:index"), {"done": done})


@pytest.mark.parametrize("state", State)
def test_every_verb_that_a_state_offers_has_its_form(client, organ, state):
    for place, role in enumerate((Role.REQUEST_HANDLER, Role.OGI_HEAD)):
        an_official(organ, role, f"person-{place}")
    info_request = IN_STATE[state](organ)
    from gongkai.accounts.models import User

    for verb in standing(info_request).offered():
        who = (
            "person-1" if verb.event in (Event.PASS_DRAFT, Event.SIGN, Event.EXTEND) else "person-0"
        )
        client.force_login(User.objects.get(username=who))
        response = client.get(act_url(info_request, verb.slug), follow=True)
        assert response.status_code == 200, verb.slug
        assert verb.label in response.content.decode(), verb.slug


def test_every_verb_is_one_of_the_chapters():
    for slug, verb in BY_SLUG.items():
        assert callable(getattr(actions, slug)), slug
        assert verb in VERBS


# -- the case page ---------------------------------------------------------------------------


def test_the_clock_is_told_as_a_sum(desk, organ):
    page = page_of(desk, record_url(processing(organ, RECEIVED)))
    assert "第 6 个工作日，共 20 个" in page
    assert "由政务公开股办理" in page
    late = registered(organ, date(2026, 1, 5))
    page = page_of(desk, record_url(late))
    assert "已经超过法定期限" in page
    assert "共 20 个工作日，已经用完" in page
    assert "征求意见期间暂停计算" in page_of(desk, record_url(consulting(organ)))


def test_who_asks_is_masked_until_shown_and_each_showing_is_logged(desk, organ):
    info_request = registered(organ)
    page = page_of(desk, record_url(info_request))
    assert "万*" in page
    assert "13800000000" not in page
    url = reverse("inforequests:requester", args=[info_request.pk])
    assert "13800000000" in desk.post(url).content.decode()
    last = LoggedEvent.objects.latest("pk")
    assert (last.verb, last.account) == ("inforequests.show_requester", "handler")
    assert desk.get(url).status_code == 405
    page = page_of(desk, record_url(info_request))
    assert "查看申请人信息" in page
    assert "查看案件" in page


def test_what_the_requester_hands_in_over_the_site_is_pointed_out(desk, organ):
    info_request = IN_STATE[State.AWAITING_SUPPLEMENT](organ)
    offer(info_request, what=Offer.SUPPLEMENT, by=ME, at=moment(date(2026, 3, 9)))
    assert "申请人在网上提交了“补正”" in page_of(desk, record_url(info_request))
    do(actions.receive_supplement, info_request, TODAY, what="已补")
    assert "申请人在网上提交了" not in page_of(desk, record_url(info_request))


def test_a_letter_may_be_made_after_its_act(desk, organ):
    a_profile(organ)
    info_request = IN_STATE[State.AWAITING_SUPPLEMENT](organ)
    url = reverse("inforequests:letter", args=[info_request.pk])
    desk.post(url, {"letter": "L02:4"})
    assert Letter.objects.get().kind == "L02"
    assert "制发《补正告知书》" in page_of(desk, record_url(info_request))
    assert "请重新选择" in desk.post(url, {"letter": "L04:9"}, follow=True).content.decode()
    assert Letter.objects.count() == 1


def test_the_sole_reviewer_may_not_pass_their_own_draft(client, organ):
    person = an_official(organ)
    from gongkai.orgs.models import Post

    Post.objects.create(user=person, organ=organ, role=Role.REVIEWER, valid_from=date(2000, 1, 1))
    client.force_login(person)
    case = processing(organ)
    draft = reverse("inforequests:draft", args=[case.pk]) + "?item_1=GRANTED%3AA2"
    client.post(draft, {"on": "2026-03-10", "i1_f_supplied": "公告"})
    assert "这一稿由您拟写" in page_of(client, reverse("inforequests:review", args=[case.pk]))
    response = client.post(act_url(case, "pass_draft"), {"on": "2026-03-10"})
    assert response.status_code == 422
    assert "审核人不得是拟稿人" in response.content.decode()
    case.refresh_from_db()
    assert case.state == State.UNDER_REVIEW


# -- lists -----------------------------------------------------------------------------------


def test_late_requests_are_called_late(desk, organ):
    late = registered(organ, date(2026, 1, 5))
    assert "本页有1件申请已超过答复期限" in page_of(desk, reverse("inforequests:index"))
    assert "已超期" in page_of(desk, record_url(late))


def test_the_list_is_narrowed_as_the_address_asks(desk, organ):
    late = registered(organ, date(2026, 1, 5), channel=IntakeChannel.IN_PERSON)
    fresh = processing(organ, date(2026, 3, 9), items=("水库清单", "另一项"))
    index = reverse("inforequests:index")
    for asked, found, other in (
        ({"urgency": "late"}, late, fresh),
        ({"urgency": "later"}, fresh, late),
        ({"state": "PROCESSING"}, fresh, late),
        ({"channel": "IN_PERSON"}, late, fresh),
        ({"q": fresh.number}, fresh, late),
        ({"q": "水库"}, fresh, late),
    ):
        page = page_of(desk, index, asked)
        assert found.number in page, asked
        assert other.number not in page, asked
    assert "没有符合条件的申请" in page_of(desk, index, {"year": "2019"})
    assert "没有符合条件的申请" in page_of(desk, index, {"scope": "mine"})
    odd = {"organ": "x", "organs": "1-y", "urgency": "?", "from": "z", "by": "received"}
    assert desk.get(index, odd).status_code == 200


def test_a_requester_is_found_whole_and_exact_and_never_by_address(desk, organ):
    case = registered(organ)
    other = registered(an_organ("other"))
    find = reverse("inforequests:find")
    assert case.number in desk.post(find, {"text": "万里"}).content.decode()
    assert case.number in desk.post(find, {"text": "138 0000 0000"}).content.decode()
    assert LoggedEvent.objects.filter(verb="inforequests.search_requesters").count() == 2
    page = desk.post(find, {"text": "万"}).content.decode()
    assert "没有找到" in page
    assert case.number not in page_of(desk, find, {"text": "万里"})
    assert other.number not in desk.post(find, {"text": "万里"}).content.decode()


def test_moved_deadlines_are_listed_old_against_new(desk, organ):
    info_request = registered(organ)
    DeadlineChange.objects.create(
        info_request=info_request,
        old_due_on=date(2026, 3, 30),
        old_provisional=False,
        new_due_on=date(2026, 3, 27),
        new_provisional=False,
        notice="2026 年 9号",
        changed_at=timezone.now(),
    )
    page = page_of(desk, reverse("inforequests:changes"))
    assert "2026-03-30" in page
    assert "提前，请抓紧办理" in page


def test_the_list_costs_the_same_however_long(desk, organ):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            desk.get(reverse("inforequests:index"))
        return len(queries)

    registered(organ)
    desk.get(reverse("inforequests:index"))  # content types and the like, once a process
    short = cost()
    for place in range(12):
        registered(organ, RECEIVED + timedelta(days=place % 4))
    assert cost() == short


def test_the_county_office_handles_every_organs_case(client):
    county = an_organ("county", kind=OrganKind.COUNTY_GOVERNMENT)
    office = an_organ("office", kind=OrganKind.OFFICE, county=county)
    department = an_organ("bureau", county=county)
    info_request = processing(department)
    client.force_login(an_official(office, Role.OGI_OFFICE))
    client.post(act_url(info_request, "reply"), {"on": "2026-03-10", "ground_1": "GRANTED"})
    info_request.refresh_from_db()
    assert info_request.state == State.REPLIED


def test_the_window_takes_in_and_registers_but_answers_nothing(client, organ):
    waiting, running = submitted(organ, RECEIVED), processing(organ)
    client.force_login(an_official(organ, Role.WINDOW_CLERK))
    client.post(act_url(waiting, "register"), {"on": "2026-03-10"})
    waiting.refresh_from_db()
    assert waiting.state == State.REGISTERED
    told = {"on": "2026-03-10", "ground_1": "GRANTED"}
    client.post(act_url(running, "reply"), told)
    running.refresh_from_db()
    assert running.state == State.PROCESSING
    assert "确定收到申请之日" in page_of(client, record_url(submitted(organ, RECEIVED)))


def test_an_address_that_leads_nowhere(desk, organ):
    info_request = processing(organ)
    assert desk.get(act_url(info_request, "explode")).status_code == 404
    assert desk.post(act_url(info_request, "draft_reply")).status_code == 404
    assert desk.get(reverse("inforequests:index"), {"organ": "x", "p": "9999"}).status_code == 200
    assert HEAD.account != ME.account
