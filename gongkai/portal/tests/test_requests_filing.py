"""Filing on the site: what is kept, what is refused, what is never lost or doubled."""

import base64
import json
from datetime import timedelta

import lxml.html
import pytest
from django.utils import timezone

from gongkai.audit.models import Event as LogEvent
from gongkai.files.models import Purpose, StoredFile
from gongkai.inforequests.actions import renew_query_code, show_requester
from gongkai.inforequests.models import InfoRequest, IntakeChannel, PublicAttempt
from gongkai.portal.requests import doors
from gongkai.portal.requests.filing import PUBLIC
from gongkai.portal.tests.requests_made import (
    BASE,
    CARD,
    CREDIT_CODE,
    FORM,
    PIXEL,
    filled,
    open_requests_county,
    organisation,
    picture,
    proof,
)
from gongkai.portal.tests.selecting import select
from gongkai.portal.tests.test_views import texts
from gongkai.statute.requesters import RequesterKind

pytestmark = pytest.mark.django_db
RECEIPT = f"{BASE}zxsq/huizhi/"


@pytest.fixture
def place():
    return open_requests_county()


def tree_of(response):
    return lxml.html.fromstring(response.content.decode())


def send(client, told, status=303, **headers):
    response = client.post(FORM, told, **headers)
    assert response.status_code == status, texts(tree_of(response), ".summary li")
    return response


def faults(client, told, status=422):
    return texts(tree_of(send(client, told, status)), ".summary li")


def test_a_citizen_files_without_a_script_and_gets_number_and_code(client, place):
    response = send(client, filled())
    assert response.url == RECEIPT
    case = InfoRequest.objects.get()
    assert case.organ == place.finance
    assert (case.channel, case.requester_kind) == (IntakeChannel.ONLINE, "NATURAL_PERSON")
    assert (case.carrier, case.delivery) == ("ELECTRONIC", "ONLINE")
    assert case.other_way_accepted
    assert case.description.startswith("《2024年双溪镇土地征收公告》。\n")
    tree = tree_of(client.get(RECEIPT))
    number, code = texts(tree, ".figure")
    assert number == case.number
    assert len(code) >= 10
    assert "万*" in tree.text_content()
    assert CARD not in tree.text_content()
    assert "13800000000" not in tree.text_content()
    for said in ("20个工作日", "7个工作日", "0795-4662133"):
        assert said in tree.text_content()


def test_who_asks_is_kept_as_told(client, place):
    send(
        client, filled(email="w@example.com", identity_number=CARD.lower().replace("1949", "1949 "))
    )
    told = show_requester(InfoRequest.objects.get(), by=PUBLIC, at=timezone.now())
    assert (told.name, told.identity_kind, told.identity_number) == ("万里", "居民身份证", CARD)
    assert (told.phone, told.email) == ("13800000000", "w@example.com")


def test_the_proofs_are_files_of_the_case(client, place):
    send(client, filled(attachments=[picture("图.png", PIXEL + b"\n\n")]))
    case = InfoRequest.objects.get()
    purposes = StoredFile.objects.filter(about=case.typed_id).values_list("purpose", flat=True)
    assert sorted(purposes) == [
        Purpose.IDENTITY_PROOF,
        Purpose.IDENTITY_PROOF,
        Purpose.REQUEST_ATTACHMENT,
    ]


def test_an_organisation_files_and_its_kind_follows_from_its_code(client, place):
    send(client, organisation())
    case = InfoRequest.objects.get()
    assert case.requester_kind == RequesterKind.COMMERCIAL_ENTERPRISE
    told = show_requester(case, by=PUBLIC, at=timezone.now())
    assert (told.name, told.identity_number) == ("靖安县某某商贸有限公司", CREDIT_CODE)
    assert (told.legal_representative, told.contact_person) == ("甲某", "乙某")


def test_the_kind_may_be_chosen_and_old_codes_are_taken(client, place):
    send(client, organisation(organisation_kind="LEGAL_SERVICE_ORG"))
    assert InfoRequest.objects.get().requester_kind == RequesterKind.LEGAL_SERVICE_ORG
    send(client, organisation(organisation_number="00001434-9", title="另一份文件"))
    newest = InfoRequest.objects.order_by("-number")[0]
    assert newest.requester_kind == RequesterKind.OTHER_ORG


def test_foreign_documents_are_accepted_unjudged(client, place):
    send(client, filled(identity_kind="OTHER", identity_number="XB-00/1", proof_back=None))
    told = show_requester(InfoRequest.objects.get(), by=PUBLIC, at=timezone.now())
    assert (told.identity_kind, told.identity_number) == ("其他证件", "XB-00/1")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"person_name": " "}, "请填写“姓名”"),
        ({"identity_number": "110105194912310021"}, "校验位不符"),
        ({"identity_number": "360925490101001"}, "15位的第一代"),
        ({"identity_number": ""}, "请填写“证件号码”"),
        ({"identity_kind": "LIBRARY_CARD"}, "请在所列选项中选择“证件名称”"),
        ({"proof_front": None}, "请上传“证件正面”"),
        ({"proof_back": None}, "请上传“证件反面”"),
        ({"phone": ""}, "请填写“联系电话”"),
        ({"phone": "不告诉你"}, "应当是7位以上的数字"),
        ({"email": "a@"}, "“电子邮箱”格式不对"),
        ({"postcode": "12"}, "“邮政编码”应当是6位数字"),
        ({"title": "", "description": " "}, "请填写所需政府信息的“名称”“文号”或者“特征描述”"),
        ({"title": "很长" * 200}, "“名称”不能超过200字"),
        ({"description": "长" * 8001}, "不能超过8000字"),
        ({"carrier": ""}, "请选择“信息载体”"),
        ({"delivery": ""}, "请选择“获取方式”"),
        ({"delivery": "PIGEON"}, "请在所列选项中选择“获取方式”"),
        ({"delivery": "POST"}, "选择“邮寄”的，请填写“通信地址”"),
        ({"delivery": "EMAIL"}, "选择“电子邮件”的，请填写“电子邮箱”"),
        ({"delivery": "FAX"}, "选择“传真”的，请填写“传真号码”"),
        ({"carrier": "PAPER"}, "请选择“电子数据”"),
        ({"fee_relief": "最低生活保障对象"}, "申请减免信息处理费的，请上传证明"),
        ({"declared": None}, "请阅读并勾选承诺"),
    ],
)
def test_what_is_missing_or_wrong_is_said_in_chinese_at_its_field(client, place, changes, message):
    response = send(client, filled(**changes), 422)
    tree = tree_of(response)
    (link,) = select(tree, ".summary a")
    assert message in link.text
    target = tree.get_element_by_id(link.get("href")[1:])
    assert target.tag in ("input", "select", "textarea")
    assert message in "".join(texts(tree, ".fault")).replace("错误：", "")
    assert tree.find(".//title").text.startswith("错误：")
    assert InfoRequest.objects.count() == 0


def test_nothing_typed_is_lost_and_files_are_spoken_of(client, place):
    tree = tree_of(send(client, filled(phone="", delivery="POST", address="双溪镇"), 422))
    assert tree.get_element_by_id("id_person_name").get("value") == "万里"
    assert tree.get_element_by_id("id_address").get("value") == "双溪镇"
    assert "土地公告" in tree.get_element_by_id("id_description").text
    assert "请重新选择所有文件" in tree.text_content()
    key = tree.get_element_by_id("id_submission_key").get("value")
    assert len(key) == 36


@pytest.mark.parametrize("name", ["legal_representative", "contact_person", "organisation_proof"])
def test_an_organisation_must_tell_its_own(client, place, name):
    assert len(faults(client, organisation(**{name: None}))) == 1


def test_a_wrong_credit_code_is_refused(client, place):
    assert (
        "校验位不符" in faults(client, organisation(organisation_number=CREDIT_CODE[:-1] + "4"))[0]
    )


def test_no_purpose_is_asked_for(client, place):
    tree = tree_of(client.get(FORM))
    names = {field.get("name") for field in select(tree, "input,select,textarea")}
    assert not {name for name in names if name and "purpose" in name}
    assert "不需要说明用途" in tree.text_content()
    assert "个人信息处理告知" in tree.text_content()


def test_a_form_sent_twice_makes_one_request_and_tells_the_same_code(client, place):
    key = filled()["submission_key"]
    codes = []
    for _ in range(2):
        send(client, filled(submission_key=key))
        codes.append(texts(tree_of(client.get(RECEIPT)), ".figure"))
    assert codes[0] == codes[1]
    assert InfoRequest.objects.count() == 1
    assert LogEvent.objects.filter(verb="inforequests.submit").count() == 1


def test_the_same_again_is_caught_and_may_be_sent_all_the_same(client, place):
    send(client, filled())
    tree = tree_of(send(client, filled(), 409))
    assert "您已经提交过同样的申请" in tree.text_content()
    (button,) = select(tree, "[name=again]")
    assert "".join(button.text_content().split()) == "仍要提交"
    assert InfoRequest.objects.count() == 1
    send(client, filled(again="1"))
    assert InfoRequest.objects.count() == 2


def test_the_receipt_is_shown_once_and_kept_by_nobody(client, place):
    send(client, filled())
    first = client.get(RECEIPT)
    assert first["Cache-Control"] == "no-store, private"
    again = client.get(RECEIPT)
    assert again.status_code == 410
    assert "不用再次提交" in again.content.decode()
    assert client.cookies["gk_receipt"].value == ""


def test_a_look_ahead_does_not_use_the_receipt_up(client, place):
    send(client, filled())
    client.head(RECEIPT)
    assert client.get(RECEIPT).status_code == 200


def test_the_receipt_of_another_is_never_shown(client, place):
    send(client, filled())
    client.cookies["gk_receipt"] = client.cookies["gk_receipt"].value[:-2] + "xx"
    assert client.get(RECEIPT).status_code == 410


def test_the_picture_has_the_number_and_never_the_code(client, place, monkeypatch):
    from gongkai.adapters import qr_code

    drawn = []
    real = qr_code.svg
    monkeypatch.setattr(qr_code, "svg", lambda text: drawn.append(text) or real(text))
    send(client, filled())
    tree = tree_of(client.get(RECEIPT))
    number, code = texts(tree, ".figure")
    assert drawn == [f"http://testserver{BASE}cx/?bh={number}"]
    assert code not in drawn[0]
    assert code not in "".join(link.get("href") or "" for link in tree.iter("a"))


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("virus.exe", b"MZ\x90\x00" + b"\x00" * 100, "virus.exe"),
        ("zheng.png", b"MZ\x90\x00" + b"\x00" * 100, "zheng.png"),
        ("zheng.png", b"<script>alert(1)</script>", "zheng.png"),
        ("zheng.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='a()'/>", "zheng.svg"),
        ("zheng.png", b"", "是空的"),
    ],
)
def test_hostile_files_are_refused_and_nothing_is_kept(client, place, name, content, message):
    told = filled(proof_front=picture(name, content))
    (fault,) = faults(client, told)
    assert message in fault
    assert InfoRequest.objects.count() == 0
    assert StoredFile.objects.count() == 0
    send(client, filled())
    assert InfoRequest.objects.get().number.endswith("-0001")


def test_too_large_and_too_many_files_are_refused(client, place):
    large = picture("da.png", PIXEL + b"\x00" * (10 * 1024 * 1024))
    assert "超过10MB" in faults(client, filled(proof_front=large))[0]
    many = [picture(f"{n}.png") for n in range(6)]
    assert "最多5个文件" in faults(client, filled(attachments=many))[0]


@pytest.mark.parametrize("name", ["../../etc/passwd.png", "a\r\nb.png", "图" * 300 + ".png"])
def test_hostile_file_names_harm_nothing(client, place, name):
    response = client.post(FORM, filled(attachments=[picture(name, PIXEL + b"\n\n\n")]))
    assert response.status_code in (303, 422)
    for file in StoredFile.objects.all():
        assert "/" not in file.name
        assert "\n" not in file.name
        assert len(file.name) <= 200


@pytest.mark.parametrize("name", ["person_name", "phone", "email", "title", "address"])
@pytest.mark.parametrize("hidden", ["\r\nBcc: x@example.com", "\x00", "\u202e", "\x1b[31m"])
def test_no_line_break_or_hidden_character_passes_in_a_line(client, place, name, hidden):
    told = filled(**{name: f"万{hidden}里"})
    (fault, *_) = faults(client, told)
    assert "含有换行或者看不见的字符" in fault
    assert InfoRequest.objects.count() == 0


def test_markup_is_shown_as_it_was_typed(client, place):
    send(client, filled(title="<img src=x onerror=alert(1)>", person_name="<b>万里</b>"))
    content = client.get(RECEIPT).content.decode()
    assert "<img" not in content
    assert "&lt;img src=x" in content


@pytest.mark.parametrize("key", ["", "not-a-uuid", "x" * 500])
def test_a_bad_key_is_no_reason_to_lose_a_request(client, place, key):
    response = client.post(FORM, filled(submission_key=key))
    assert response.status_code in (303, 422)


def test_without_a_proof_of_work_six_an_hour_are_let_in(client, place):
    for place_in_hour in range(doors.SUBMISSIONS_BARE):
        send(client, filled(title=f"第{place_in_hour}份"))
    response = send(client, filled(title="第七份"), 429)
    assert "次数过多" in texts(tree_of(response), ".summary li")[0]
    assert response["Retry-After"] == "3600"
    assert tree_of(response).get_element_by_id("id_title").get("value") == "第七份"
    send(client, filled(title="别处的"), REMOTE_ADDR="203.0.113.7")


def test_with_a_proof_of_work_more_are_let_in(client, place):
    now = timezone.now()
    for number in range(doors.SUBMISSIONS_BARE + 2):
        send(client, filled(title=f"第{number}份", altcha=proof(now)))
    assert PublicAttempt.objects.filter(door="submit").count() == doors.SUBMISSIONS_BARE + 2


def test_a_form_with_faults_is_not_counted(client, place):
    for _ in range(doors.SUBMISSIONS_BARE + 2):
        send(client, filled(phone=""), 422)
    assert not PublicAttempt.objects.exists()


def test_a_proof_is_good_once_signed_and_for_a_while(rf, place):
    now = timezone.now()
    payload = proof(now)
    assert doors.has_proved_work(payload, holder="a", now=now)
    assert doors.has_proved_work(payload, holder="a", now=now)  # the same form sent twice
    assert not doors.has_proved_work(payload, holder="b", now=now)
    late = now + doors.CHALLENGE_LASTS + timedelta(seconds=2)
    assert not doors.has_proved_work(proof(now), holder="c", now=late)


@pytest.mark.parametrize(
    "change",
    [
        {"number": 1},
        {"signature": "0" * 64},
        {"algorithm": "SHA-1"},
        {"salt": "aa?expires=99999999999&"},
        {"number": "1"},
        {"challenge": None},
    ],
)
def test_a_forged_proof_is_none(place, change):
    now = timezone.now()
    told = json.loads(base64.b64decode(proof(now)))
    forged = base64.b64encode(json.dumps(told | change).encode()).decode()
    assert not doors.has_proved_work(forged, holder="a", now=now)


@pytest.mark.parametrize("payload", ["", "?", "bm90IGpzb24=", "W10=", "A" * 5000, "é"])
def test_rubbish_proves_nothing(place, payload):
    assert not doors.has_proved_work(payload, holder="a", now=timezone.now())


def test_the_challenge_is_fresh_and_never_kept(client, place):
    first, second = (client.get(f"{BASE}zxsq/tizhan/") for _ in range(2))
    assert first.json()["challenge"] != second.json()["challenge"]
    assert first["Cache-Control"] == "no-store, private"
    assert set(first.json()) == {"algorithm", "challenge", "maxNumber", "salt", "signature"}


def test_clients_are_told_apart_by_network_and_nobodys_address_is_kept(rf):
    def client(address, forwarded=None):
        extra = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
        return doors.client_of(rf.get("/", REMOTE_ADDR=address, **extra))

    assert client("2001:db8:1:2::1") == client("2001:db8:1:2:ffff::9")
    assert client("2001:db8:1:2::1") != client("2001:db8:1:3::1")
    assert client("203.0.113.1") != client("203.0.113.2")
    assert client("::ffff:203.0.113.1") == client("203.0.113.1")
    assert client("127.0.0.1", "203.0.113.1") == client("203.0.113.1")
    assert client("127.0.0.1", "6.6.6.6, 203.0.113.1") == client("203.0.113.1")
    assert client("203.0.113.9", "6.6.6.6") == client("203.0.113.9")
    assert client("127.0.0.1", "2001:db8:1:2::7") == client("2001:db8:1:2::1")
    assert "203" not in client("not an address")
    assert len(client("203.0.113.1")) == 64


def test_an_organ_closed_online_takes_nothing(client, place):
    response = client.post(f"{BASE}zxsq/jingan-lwx/", filled())
    assert "暂不接受在线申请" in response.content.decode()
    assert InfoRequest.objects.count() == 0


def test_a_form_of_another_site_is_refused(place):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    assert strict.post(FORM, filled()).status_code == 403


def test_filing_costs_a_known_number_of_queries(client, place, django_assert_max_num_queries):
    send(client, filled(title="先前的一份"))
    with django_assert_max_num_queries(60):
        send(client, filled())


def test_the_next_visitor_of_a_machine_sees_no_receipt_but_their_own(client, place):
    key = filled()["submission_key"]
    send(client, filled(submission_key=key))
    first = InfoRequest.objects.get()
    send(client, filled(submission_key=key, person_name="李四", title="另一份公告"))
    own = InfoRequest.objects.exclude(pk=first.pk).get()
    shown = tree_of(client.get(RECEIPT)).text_content()
    assert own.number in shown
    assert first.number not in shown


def test_a_code_renewed_before_the_receipt_is_shown_is_not_told(client, place):
    send(client, filled())
    renew_query_code(InfoRequest.objects.get(), by=PUBLIC, at=timezone.now())
    tree = tree_of(client.get(RECEIPT))
    assert texts(tree, ".figure") == [InfoRequest.objects.get().number]
