"""Screens of corrections, own data and alike requests; the wrong person on each of them."""

import io
import zipfile
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from gongkai.audit.models import Event as Logged
from gongkai.inforequests import actions, queries
from gongkai.inforequests.models import (
    CorrectionRequest,
    DisclosureSuggestion,
    Requester,
    SuggestionState,
)
from gongkai.inforequests.queries import HANDLERS, HEADS, TAKERS, VIEWERS
from gongkai.inforequests.tests.factories import (
    ME,
    RECEIVED,
    an_official,
    an_organ,
    do,
    moment,
    registered,
    replied,
    split_up,
)
from gongkai.inforequests.tests.test_corrections import checking
from gongkai.inforequests.tests.test_corrections import submitted as a_correction
from gongkai.inforequests.tests.test_reviews import asked
from gongkai.inforequests.wagtail_hooks import RIGHTS_PATTERNS
from gongkai.orgs.models import Role

pytestmark = pytest.mark.django_db
ACTS = ("register", "check", "correct", "refuse", "pass_on", "tell_where", "serve", "close")


@pytest.fixture(autouse=True)
def _on_the_tenth(monkeypatch):
    now = timezone.make_aware(timezone.datetime(2026, 3, 10, 10))
    monkeypatch.setattr(timezone, "now", lambda: now)


@pytest.fixture
def organ():
    return an_organ()


def refused(response):
    home = response.status_code == 302 and response.url == reverse("wagtailadmin_home")
    return response.status_code in (403, 404) or home


def doors(organ):
    """Return each address, method and the roles that it opens to."""
    case, correction = replied(organ), checking(organ)
    cases = [asked(organ, "双溪镇供水管网改造资金", name) for name in ("张三", "李四")]
    suggested = [asked(organ, "县城公交线路补贴", name) for name in ("王五", "赵六")]
    made = actions.suggest_disclosure(suggested, why="多人", by=ME, at=moment(RECEIVED, 15))
    numbers = "&".join(f"n={each.number}" for each in cases)
    return {
        "corrections": (reverse("rights:corrections"), "get", VIEWERS),
        "correction_add": (reverse("rights:correction_add"), "get", TAKERS),
        "correction": (reverse("rights:correction", args=[correction.pk]), "get", VIEWERS),
        "correction_show": (
            reverse("rights:correction_show", args=[correction.pk]), "post", HANDLERS,
        ),
        "correction_act": (
            reverse("rights:correction_act", args=[correction.pk, "correct"]), "get", HANDLERS,
        ),
        "alike": (reverse("rights:alike"), "get", VIEWERS),
        "suggest": (f"{reverse('rights:suggest')}?{numbers}", "get", HANDLERS),
        "decide": (reverse("rights:decide", args=[made.pk]), "get", HEADS),
        "own": (reverse("rights:own", args=[case.pk]), "get", HANDLERS | HEADS),
        "export": (reverse("rights:export", args=[case.pk]), "post", HANDLERS),
        "correct": (reverse("rights:correct", args=[case.pk]), "post", HANDLERS),
        "erase": (reverse("rights:erase", args=[case.pk]), "get", HEADS),
    }  # fmt: skip


def test_every_address_is_tried(organ):
    assert set(doors(organ)) == {pattern.name for pattern in RIGHTS_PATTERNS}


@pytest.mark.parametrize("role", Role)
def test_each_door_opens_to_those_whose_work_it_is(client, organ, role):
    tried = doors(organ)
    client.force_login(an_official(organ, role))
    for name, (url, method, roles) in tried.items():
        before = Logged.objects.count()
        response = getattr(client, method)(url)
        assert refused(response) is (role not in roles), name
        if role not in roles:
            assert Logged.objects.count() == before, name


@pytest.mark.parametrize("role", sorted(VIEWERS))
def test_another_organs_records_are_as_if_they_were_not_there(client, organ, role):
    tried = doors(organ)
    client.force_login(an_official(an_organ("other"), role))
    lists = {"corrections", "correction_add", "alike"}
    before = Logged.objects.count()
    for name, (url, method, _) in tried.items():
        if name not in lists:
            assert getattr(client, method)(url).status_code == 404, name
    for name in ("corrections", "alike"):
        page = client.get(tried[name][0]).content.decode()
        assert "2026-更" not in page
        assert "供水管网" not in page
    assert Logged.objects.count() == before


def test_strangers_and_superusers_without_a_post_enter_nowhere(client, organ):
    tried = doors(organ)
    for url, method, _ in tried.values():
        response = getattr(client, method)(url)
        assert response.status_code == 302
        assert "login" in response.url
    user = an_official(organ)
    user.posts.all().delete()
    user.is_superuser = True
    user.save()
    client.force_login(user)
    for url, method, _ in tried.values():
        assert refused(getattr(client, method)(url)), url


CORRECTION = {
    "channel": "IN_PERSON", "arrived_on": "2026-03-10", "requester_kind": "NATURAL_PERSON",
    "name": "欧阳璪玥", "identity_kind": "居民身份证", "identity_number": "11010519491231002x",
    "owner": "SELF", "record": "不动产登记簿", "wrong": "面积有误", "right": "120平方米",
    "evidence": "测绘报告",
}  # fmt: skip


def test_a_clerk_takes_a_correction_through(client, organ):
    client.force_login(an_official(organ))
    url = reverse("rights:correction_add")
    wrong = CORRECTION | {"organ": organ.pk, "identity_number": "110105194912310021"}
    again = client.post(url, wrong)
    assert again.status_code == 422
    assert "校验位" in again.content.decode()
    assert "测绘报告" in again.content.decode()
    client.post(url, CORRECTION | {"organ": organ.pk})
    made = CorrectionRequest.objects.get()
    page = reverse("rights:correction", args=[made.pk])
    text = client.get(page).content.decode()
    assert "欧阳**" in text
    assert "璪玥" not in text
    assert "120平方米" not in text
    shown = client.post(reverse("rights:correction_show", args=[made.pk])).content.decode()
    assert "欧阳璪玥" in shown
    assert "120平方米" in shown
    steps = [
        ("register", {}),
        ("check", {"unit": "登记股"}),
        ("correct", {"finding": "属实"}),
        ("serve", {"how": "IN_HAND"}),
        ("close", {"retention": "TEN_YEARS"}),
    ]
    for slug, told in steps:
        step = reverse("rights:correction_act", args=[made.pk, slug])
        assert client.get(step).status_code == 200, slug
        response = client.post(step, {"on": "2026-03-10"} | told)
        assert (response.status_code, response.url) == (302, page), slug
    made.refresh_from_db()
    assert (made.state, made.erase_on) == ("CLOSED", date(2036, 3, 10))
    assert "已办结" in client.get(f"{reverse('rights:corrections')}?over=1").content.decode()


def test_a_step_out_of_turn_says_what_stands_against_it(client, organ):
    made = a_correction(organ)
    client.force_login(an_official(organ))
    step = reverse("rights:correction_act", args=[made.pk, "serve"])
    page = client.get(step, follow=True).content.decode()
    assert "更正申请尚未登记，请先登记" in page
    response = client.post(step, {"on": "2026-03-10", "how": "IN_HAND"})
    assert response.status_code == 422
    assert client.get(step.replace("serve", "nothing")).status_code == 404


def test_the_case_page_leads_to_the_requesters_own_data(client, organ):
    case = registered(organ)
    client.force_login(an_official(organ))
    page = client.get(reverse("inforequests:record", args=[case.pk])).content.decode()
    assert reverse("rights:own", args=[case.pk]) in page


def test_own_data_is_exported_corrected_and_erased(client, organ):
    case = replied(organ)
    client.force_login(an_official(organ))
    response = client.post(reverse("rights:export", args=[case.pk]))
    assert "no-store" in response["Cache-Control"]
    packed = b"".join(response.streaming_content)
    assert zipfile.ZipFile(io.BytesIO(packed)).namelist() == ["个人信息.html", "个人信息.json"]
    url = reverse("rights:correct", args=[case.pk])
    form = client.post(url)
    assert "13800000000" in form.content.decode()
    assert Logged.objects.latest("pk").verb == "inforequests.show_requester"
    told = {"name": "万里", "phone": "13911112222", "why": "来电"}
    assert client.post(url, told | {"name": ""}).status_code == 422
    assert client.post(url, told).status_code == 302
    assert queries.requester_for_letters(case).phone == "13911112222"
    client.force_login(an_official(organ, Role.OGI_HEAD, "head"))
    url = reverse("rights:erase", args=[case.pk])
    assert client.post(url, {"why": "本人请求"}).status_code == 422
    assert not Requester.objects.get(info_request=case).erased
    assert client.post(url, {"why": "本人请求", "sure": "on"}).status_code == 302
    assert Requester.objects.get(info_request=case).erased
    assert "不能再查阅" in client.get(reverse("rights:own", args=[case.pk])).content.decode()


def test_the_confirm_screen_names_what_goes_with_it(client, organ):
    whole = split_up(organ)
    first, second = whole.parts.order_by("number")
    passed = do(actions.transfer, second, RECEIVED, to=an_organ("other"), reason="由该局制作")
    client.force_login(an_official(organ, Role.OGI_HEAD))
    url = reverse("rights:erase", args=[whole.pk])
    page = client.get(url).content.decode()
    for case in (first, second, passed):
        assert case.number in page
    record = [reverse("inforequests:record", args=[case.pk]) in page for case in (first, passed)]
    assert record == [True, False]  # a case out of sight is named, and leads nowhere
    refused = client.post(url, {"why": "本人请求删除", "sure": "on"})
    assert refused.status_code == 422
    assert f"{passed.number}、{first.number}尚在办理" in refused.content.decode()
    assert not Requester.objects.filter(erased=True).exists()


def test_a_case_still_worked_on_is_not_erased_on_the_screen(client, organ):
    case = registered(organ)
    client.force_login(an_official(organ, Role.OGI_HEAD, "head"))
    url = reverse("rights:erase", args=[case.pk])
    response = client.post(url, {"why": "本人请求", "sure": "on"})
    assert response.status_code == 422
    assert "尚在办理" in response.content.decode()


def test_a_group_is_put_up_and_a_head_decides(client, organ):
    for name in ("张三", "李四"):
        asked(organ, "双溪镇供水管网改造资金", name)
    client.force_login(an_official(organ))
    page = client.get(reverse("rights:alike")).content.decode()
    assert "双溪镇供水管网改造资金" in page
    address = f"{reverse('rights:suggest')}?n=360925001-2026-0002&n=360925001-2026-0001"
    assert address.replace("&", "&amp;") in page
    assert client.post(address, {"why": ""}).status_code == 422
    assert client.post(address, {"why": "两人申请"}).status_code == 302
    made = DisclosureSuggestion.objects.get()
    client.force_login(an_official(organ, Role.OGI_HEAD, "head"))
    url = reverse("rights:decide", args=[made.pk])
    assert client.get(url).status_code == 200
    told = {"decision": "yes", "why": "应当公开", "catalogue_entry": "供水"}
    assert client.post(url, told).status_code == 302
    assert client.post(url, told).status_code == 422
    made.refresh_from_db()
    assert made.state == SuggestionState.ACCEPTED
