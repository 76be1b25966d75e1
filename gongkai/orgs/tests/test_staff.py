"""The administrator's and the auditor's screens, with the right person and the wrong one."""

from datetime import date

import pytest
from django.urls import reverse

from gongkai.accounts.models import User
from gongkai.orgs.models import Organ, Post, Role
from gongkai.orgs.tests.factories import make_county, make_post, make_user

pytestmark = pytest.mark.django_db
HOME = "/staff/"


@pytest.fixture
def jingan():
    return make_county()


@pytest.fixture
def admin(client, jingan) -> User:
    user = make_user("sysadmin", "系统员")
    make_post(user, jingan.office, Role.SYSTEM_ADMIN)
    client.force_login(user)
    return user


def screens(jingan) -> list[str]:
    organ = [jingan.water.pk]
    return [
        reverse("orgs:index"),
        reverse("orgs:establish"),
        reverse("orgs:people"),
        reverse("orgs:create_person"),
        *(
            reverse(f"orgs:{name}", args=organ)
            for name in ("record", "amend", "rename", "abolish", "succeed", "appoint")
        ),
    ]


def test_every_screen_opens_for_the_administrator(client, admin, jingan) -> None:
    person = make_user("clerk")
    post = make_post(person, jingan.water, Role.DEPARTMENT_CLERK)
    addresses = [
        *screens(jingan),
        reverse("orgs:dismiss", args=[post.pk]),
        *(
            reverse(f"orgs:{name}", args=[person.pk])
            for name in ("reset_password", "deactivate", "reactivate")
        ),
    ]
    for address in addresses:
        assert client.get(address).status_code == 200, address


@pytest.mark.parametrize("role", [Role.OGI_OFFICE, Role.AUDITOR, Role.LEADER])
def test_the_administrators_screens_are_closed_to_others(client, jingan, role) -> None:
    person = make_user("other")
    make_post(person, jingan.office, role)
    client.force_login(person)
    for address in screens(jingan):
        assert client.get(address).headers["Location"] == HOME
        assert client.post(address, {}).headers["Location"] == HOME


def test_an_administrator_of_another_county_finds_nothing(client, admin) -> None:
    other = make_county("fengxin", "奉新县")
    stranger = make_user("stranger")
    make_post(stranger, other.water, Role.DEPARTMENT_CLERK)
    for name in ("record", "amend", "rename", "abolish", "succeed", "appoint"):
        assert client.get(reverse(f"orgs:{name}", args=[other.water.pk])).status_code == 404
    assert client.get(reverse("orgs:deactivate", args=[stranger.pk])).status_code == 404
    assert "奉新" not in client.get(reverse("orgs:index")).content.decode()
    assert "stranger" not in client.get(reverse("orgs:people")).content.decode()


def test_an_administrator_cannot_take_over_the_superuser(client, admin) -> None:
    root = User.objects.create_superuser("root", name="超级")
    assert client.get(reverse("orgs:reset_password", args=[root.pk])).status_code == 404


def test_an_organ_is_set_up_renamed_and_abolished_on_screen(client, admin, jingan) -> None:
    answer = client.post(
        reverse("orgs:establish"),
        {
            "kind": "TOWNSHIP",
            "full_name": "靖安县官庄镇人民政府",
            "short_name": "官庄镇",
            "code": "jingan-gzz",
            "county": jingan.county.pk,
            "region_code": "360925105",
            "on": "2021-07-09",
            "order": "7",
        },
    )
    town = Organ.objects.get(code="jingan-gzz")
    record = reverse("orgs:record", args=[town.pk])
    assert answer.url == record
    client.post(reverse("orgs:abolish", args=[jingan.township.pk]), {"on": "2021-07-09"})
    client.post(
        reverse("orgs:succeed", args=[jingan.township.pk]),
        {"successor": town.pk, "on": "2021-07-09", "document_number": "赣府字〔2021〕35号"},
    )
    page = client.get(record).content.decode()
    assert "承接靖安县罗湾乡人民政府的职责（赣府字〔2021〕35号）" in page
    client.post(
        reverse("orgs:rename", args=[jingan.water.pk]),
        {"full_name": "靖安县水务局", "on": "2022-01-01"},
    )
    page = client.get(reverse("orgs:record", args=[jingan.water.pk])).content.decode()
    assert "靖安县水利局" in page
    assert "2022-01-01" in page


def test_what_a_verb_refuses_stands_beside_its_field(client, admin, jingan) -> None:
    answer = client.post(
        reverse("orgs:rename", args=[jingan.water.pk]),
        {"full_name": "靖安县水务局", "on": "1999-01-01"},
    )
    assert "启用日期须晚于现用名称的启用日期" in answer.content.decode()
    assert answer.context["form"].errors["on"]
    assert Organ.objects.get(pk=jingan.water.pk).name == "靖安县水利局"


def test_a_person_gets_an_account_a_post_and_leaves(client, admin, jingan) -> None:
    client.post(
        reverse("orgs:create_person"),
        {"username": "zhangsan", "name": "张三", "new": "Chuci-2026-shezhi"},
    )
    person = User.objects.get(username="zhangsan")
    assert person.must_change_password
    client.post(
        reverse("orgs:appoint", args=[jingan.water.pk]),
        {"user": person.pk, "role": "DEPARTMENT_CLERK", "on": "2021-01-01"},
    )
    post = Post.objects.get(user=person)
    assert person.groups.get().name == "部门信息员"
    assert "水利局部门信息员" in client.get(reverse("orgs:people")).content.decode()
    client.post(reverse("orgs:dismiss", args=[post.pk]), {"on": "2021-02-01", "reason": "轮岗"})
    post.refresh_from_db()
    assert post.valid_to == date(2021, 2, 1)
    client.post(reverse("orgs:deactivate", args=[person.pk]), {"reason": "调离"})
    person.refresh_from_db()
    assert not person.is_active


def test_the_log_is_read_by_auditors_alone(client, jingan) -> None:
    for name, role in (("sysadmin", Role.SYSTEM_ADMIN), ("officer", Role.OGI_OFFICE)):
        person = make_user(name)
        make_post(person, jingan.office, role)
        client.force_login(person)
        assert client.get(reverse("orgs:log")).headers["Location"] == HOME
    client.force_login(User.objects.create_superuser("root", name="超级"))
    assert client.get(reverse("orgs:log")).headers["Location"] == HOME


def test_an_auditor_reads_the_log_of_the_county_and_of_no_other(client, jingan) -> None:
    make_county("fengxin", "奉新县")
    auditor = make_user("auditor")
    make_post(auditor, jingan.office, Role.AUDITOR)
    client.force_login(auditor)
    page = client.get(reverse("orgs:log")).content.decode()
    assert "靖安县财政局" in page
    assert "设立机构" in page
    assert "（无） → " not in page
    assert "奉新" not in page
    page = client.get(reverse("orgs:log"), {"chain": "jingan-slj"}).content.decode()
    assert page.count("<small>orgs:") == 1
    for wrong in ({"chain": "fengxin"}, {"since": "x"}, {"verb": "orgs.nothing"}):
        assert "没有符合条件的记录" in client.get(reverse("orgs:log"), wrong).content.decode()
    day = {"since": "2021-01-04", "until": "2021-01-04"}
    assert "靖安县财政局" in client.get(reverse("orgs:log"), day).content.decode()
    day = {"since": "2021-01-05"}
    assert "没有符合条件的记录" in client.get(reverse("orgs:log"), day).content.decode()


def test_the_log_goes_on_page_by_page(client, jingan) -> None:
    auditor = make_user("auditor")
    make_post(auditor, jingan.office, Role.AUDITOR)
    for number in range(50):
        make_post(make_user(f"u{number}"), jingan.water, Role.DEPARTMENT_CLERK)
    client.force_login(auditor)
    first = client.get(reverse("orgs:log"), {"chain": "jingan-slj"})
    assert len(first.context["lines"]) == 50
    second = client.get(f"{reverse('orgs:log')}?{first.context['onward']}")
    assert [line.sequence for line, *_ in second.context["lines"]] == [1]


def test_the_lists_cost_the_same_however_many_there_are(
    client, admin, jingan, django_assert_max_num_queries
) -> None:
    for number in range(10):
        make_post(make_user(f"u{number}"), jingan.water, Role.DEPARTMENT_CLERK)
    client.get(reverse("orgs:people"))
    with django_assert_max_num_queries(20):
        client.get(reverse("orgs:people"))
    with django_assert_max_num_queries(20):
        client.get(reverse("orgs:index"))


def test_what_is_missing_is_named_by_its_field(client, jingan) -> None:
    administrator = make_user("keeper")
    make_post(administrator, jingan.office, Role.SYSTEM_ADMIN)
    client.force_login(administrator)
    page = client.post(reverse("orgs:establish"), {}).content.decode()
    assert "请填写“全称”" in page
    assert "处需要改正" in page
