"""The screens of letters, tried by the right person and by every wrong one."""

from datetime import date

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gongkai.accounts.models import User
from gongkai.audit.models import Event
from gongkai.letters import queries
from gongkai.letters.lifecycle import LetterState
from gongkai.letters.models import Letter, LetterProfile, LetterTemplate
from gongkai.letters.rules.kinds import LetterKind
from gongkai.letters.tests.factories import AT, make_letter, make_profile
from gongkai.letters.tests.test_actions import reworded
from gongkai.orgs.models import Post, Role

pytestmark = pytest.mark.django_db
NOT_HELD = LetterKind.NOT_HELD.value


def person(client, account, organ, role):
    user = User.objects.create_user(account, password="x", name=account)
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    if organ is not None:
        Post.objects.create(user=user, organ=organ, role=role, valid_from=date(2015, 1, 1))
    client.force_login(user)
    return client


@pytest.fixture
def office(client, county):
    return person(client, "政务公开办", county.office, Role.OGI_OFFICE)


@pytest.fixture
def letter(water):
    return make_letter(water)


def test_the_office_reads_the_register_opens_and_cancels(office, letter):
    shown = office.get(reverse("letters:index")).content.decode()
    assert letter.number in shown
    assert "张璪" not in shown
    record = reverse("letters:record", args=[letter.pk])
    assert "签发公文" in office.get(record).content.decode()
    answer = office.get(reverse("letters:open", args=[letter.pk, "pdf"]))
    assert answer.content.startswith(b"%PDF")
    assert "no-store" in answer["Cache-Control"]
    opened = Event.objects.latest("pk")
    assert (opened.verb, opened.account) == ("letters.open", "政务公开办")
    assert office.get(reverse("letters:open", args=[letter.pk, "html"])).status_code == 404
    cancel = reverse("letters:cancel", args=[letter.pk])
    assert office.get(cancel).status_code == 200
    assert "请填写作废理由" in office.post(cancel, {"reason": ""}).content.decode()
    assert "作废" in office.post(cancel, {"reason": "日期有误"}, follow=True).content.decode()
    assert Letter.objects.get().state == LetterState.CANCELLED
    again = office.post(cancel, {"reason": "日期有误"})
    assert again.status_code == 422
    assert "已经作废" in again.content.decode()
    shown = office.get(reverse("letters:index"), {"state": "CANCELLED", "year": "2026"})
    assert letter.number in shown.content.decode()
    assert "没有符合条件" in office.get(reverse("letters:index"), {"kind": "L01"}).content.decode()


def test_the_register_goes_out_as_a_workbook(office, letter):
    answer = office.get(reverse("letters:export"))
    assert answer.content.startswith(b"PK")
    assert "xlsx" in answer["Content-Disposition"]


def test_a_damaged_file_is_told_and_not_shown(office, letter, letter_folder):
    for path in letter_folder.rglob("*.sealed"):
        path.write_bytes(b"x")
    answer = office.get(reverse("letters:open", args=[letter.pk, "pdf"]), follow=True)
    assert "公文文件不能打开" in answer.content.decode()


def test_a_clerk_opens_own_letters_but_manages_nothing(client, letter, county):
    clerk = person(client, "水利信息员", county.water, Role.DEPARTMENT_CLERK)
    assert letter.number in clerk.get(reverse("letters:index")).content.decode()
    assert clerk.get(reverse("letters:open", args=[letter.pk, "pdf"])).status_code == 200
    shown = clerk.get(reverse("letters:record", args=[letter.pk])).content.decode()
    assert "作废这件公文" not in shown
    _refused(clerk, letter, county, cancel=True)


def test_who_only_reviews_sees_the_register_but_opens_nothing(client, letter, county):
    reviewer = person(client, "水利审核", county.water, Role.REVIEWER)
    shown = reviewer.get(reverse("letters:index")).content.decode()
    assert letter.number in shown
    assert "letter.pdf" not in shown
    events = Event.objects.count()
    for form in ("pdf", "docx"):
        answer = reviewer.get(reverse("letters:open", args=[letter.pk, form]))
        assert answer.status_code in (302, 403)
        assert b"PDF-" not in answer.content
    assert Event.objects.count() == events
    _refused(reviewer, letter, county, cancel=True)


@pytest.mark.parametrize(
    "role", [Role.DEPARTMENT_CLERK, Role.REQUEST_HANDLER, Role.REVIEWER, Role.LEADER]
)
def test_another_organ_sees_nothing(client, letter, county, role):
    other = person(client, "财政", county.finance, role)
    assert letter.number not in other.get(reverse("letters:index")).content.decode()
    for name, args in (("record", []), ("open", ["pdf"]), ("cancel", [])):
        address = reverse(f"letters:{name}", args=[letter.pk, *args])
        assert other.get(address).status_code == 404
    assert other.get(reverse("letters:index"), {"organ": letter.organ_id}).status_code == 200
    _refused(other, letter, county)


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.AUDITOR, Role.EVALUATOR, None])
def test_no_post_no_letters(client, letter, county, role):
    nobody = person(client, "别人", county.office if role else None, role)
    answer = nobody.get(reverse("letters:index"))
    assert letter.number.encode() not in answer.content
    assert answer.status_code in (302, 403)
    _refused(nobody, letter, county)


def test_a_stranger_is_sent_to_sign_in(client, letter, county):
    for name, args in (
        ("index", []),
        ("export", []),
        ("templates", []),
        ("profiles", []),
        ("record", [letter.pk]),
        ("open", [letter.pk, "pdf"]),
        ("cancel", [letter.pk]),
        ("profile", [county.water.pk]),
        ("upload", [county.water.pk, NOT_HELD]),
        ("template_file", [county.water.pk, NOT_HELD, "docx"]),
    ):
        answer = client.get(reverse(f"letters:{name}", args=args))
        assert answer.status_code == 302
        assert "login" in answer["Location"]


def _refused(client, letter, county, *, cancel=False):
    """Try every screen that only the county office has, by reading and by writing."""
    organ = county.water
    template = LetterTemplate.objects.create(
        organ=organ,
        kind="L01",
        valid_from=date(2026, 1, 1),
        docx=b"",
        sha256="",
        name="x",
        uploaded_at=AT,
    )
    addresses = [
        reverse("letters:templates"),
        reverse("letters:profiles"),
        reverse("letters:profile", args=[organ.pk]),
        reverse("letters:upload", args=[organ.pk, NOT_HELD]),
        reverse("letters:template_file", args=[organ.pk, NOT_HELD, "docx"]),
        reverse("letters:retire", args=[template.pk]),
    ]
    if cancel:
        addresses.append(reverse("letters:cancel", args=[letter.pk]))
    before = Event.objects.count()
    for address in addresses:
        for method in (client.get, client.post):
            answer = method(address, {"reason": "x", "number_prefix": "乱", "on": "2026-03-27"})
            assert answer.status_code in (302, 403, 404, 405), address
            assert b"PK" not in answer.content[:4]
    assert Event.objects.count() == before
    assert Letter.objects.get().state == LetterState.ISSUED


def test_the_office_sets_a_profile(office, county):
    assert "未填写" in office.get(reverse("letters:profiles")).content.decode()
    address = reverse("letters:profile", args=[county.water.pk])
    assert office.get(address).status_code == 200
    typed = {"number_prefix": "靖水", "court": "靖安法庭", "contact_office": "办公室"}
    answer = office.post(address, typed)
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "管辖法院应写全称" in shown
    assert 'value="靖安法庭"' in shown
    office.post(address, {**typed, "court": "靖安县人民法院"})
    assert LetterProfile.objects.get().court == "靖安县人民法院"
    assert Event.objects.latest("pk").verb == "letters.set_profile"


def test_the_office_changes_a_template_and_ends_it(office, water):
    address = reverse("letters:template_file", args=[water.pk, NOT_HELD, "docx"])
    given = office.get(address).content
    assert given == queries.shipped_template(LetterKind.NOT_HELD)
    sample = office.get(reverse("letters:template_file", args=[water.pk, NOT_HELD, "pdf"]))
    assert sample.content.startswith(b"%PDF")
    upload = reverse("letters:upload", args=[water.pk, NOT_HELD])
    assert "正文段落" in office.get(upload).content.decode()
    bad = SimpleUploadedFile("坏.docx", reworded(**{"{{ 段 }}": "{{ 申请人住址 }}"}))
    answer = office.post(upload, {"docx": bad, "valid_from": "2026-01-05"})
    assert answer.status_code == 422
    assert "申请人住址" in answer.content.decode()
    good = SimpleUploadedFile("本局.docx", reworded(现告知如下="现依法告知如下"))
    shown = office.post(upload, {"docx": good, "valid_from": "2026-01-05"}, follow=True)
    assert "本局.docx" in shown.content.decode()
    row = LetterTemplate.objects.get()
    retire = reverse("letters:retire", args=[row.pk])
    assert office.get(retire).status_code == 200
    assert office.post(retire, {"on": "2026-01-01"}).status_code == 422
    office.post(retire, {"on": "2026-02-01"})
    row.refresh_from_db()
    assert row.valid_to == date(2026, 2, 1)
    assert office.post(retire, {"on": "2026-02-01"}).status_code == 422
    assert office.get(reverse("letters:upload", args=[water.pk, "A99"])).status_code == 404


def test_a_sample_without_a_profile_says_what_is_missing(office, county):
    address = reverse("letters:template_file", args=[county.finance.pk, NOT_HELD, "pdf"])
    shown = office.get(address, follow=True).content.decode()
    assert "尚未填写" in shown
    make_profile(county.finance, number_prefix="靖财")
    assert office.get(address).content.startswith(b"%PDF")
