"""A new installation is opened by one command, wholly or not at all."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Site

from gongkai.accounts.models import User
from gongkai.accounts.rules import kinds_in
from gongkai.audit.models import Event
from gongkai.orgs.models import Organ, OrganKind, Post, Role
from gongkai.portal.management.commands.opencounty import first_password
from gongkai.portal.models import SiteProfile

pytestmark = pytest.mark.django_db

ASKED = {
    "--code": "paxrmzf",
    "--name": "平安县人民政府",
    "--region": "360999",
    "--since": "2016-01-01",
    "--host": "www.example.gov.cn",
    "--admin": "pa.admin",
    "--admin-name": "张管理",
}


def run(*more: str, **changed: str) -> str:
    asked = {**ASKED, **{f"--{name.replace('_', '-')}": value for name, value in changed.items()}}
    out = StringIO()
    call_command(
        "opencounty", *(f"{name}={value}" for name, value in asked.items()), *more, stdout=out
    )
    return out.getvalue()


def test_the_county_its_office_its_site_and_its_administrator_stand():
    told = run()
    county, office = Organ.objects.order_by("order")
    assert (county.kind, county.name) == (OrganKind.COUNTY_GOVERNMENT, "平安县人民政府")
    assert (office.kind, office.name, office.county) == (
        OrganKind.OFFICE,
        "平安县人民政府办公室",
        county,
    )
    assert office.code == "paxrmzf-zfb"
    assert SiteProfile.objects.get().county == county
    assert Site.objects.get().root_url == "https://www.example.gov.cn"
    post = Post.objects.get()
    assert (post.user.username, post.organ, post.role) == ("pa.admin", office, Role.SYSTEM_ADMIN)
    assert "https://www.example.gov.cn/staff/" in told
    assert {event.account for event in Event.objects.all()} == {"opencounty"}


def test_the_first_password_lets_the_administrator_in_and_must_be_changed(client):
    password = json.loads(run("--format=json"))["password"]
    admin = User.objects.get(username="pa.admin")
    assert admin.must_change_password
    signed_in = client.post("/staff/login/", {"username": "pa.admin", "password": password})
    assert signed_in.status_code == 302
    onward = client.get("/staff/orgs/organs/")
    assert onward.status_code == 302
    assert onward.url.startswith("/staff/accounts/password/")


def test_every_first_password_is_strong_enough_and_another():
    made = {first_password() for _ in range(50)}
    assert len(made) == 50
    assert {kinds_in(each) for each in made} == {4}


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"region": "3609"}, "行政区划代码须为 6 位"),
        ({"code": "PA"}, "机构代码由小写字母"),
        ({"name": " "}, "请填写机构全称"),
        ({"admin": "1"}, "账号由 3 至 50 个字母"),
        ({"admin_name": " "}, "请填写姓名"),
        ({"host": "https://www.example.gov.cn/"}, "只填域名"),
        ({"since": "2099-01-01"}, "不得晚于今天"),
    ],
)
def test_what_is_wrong_is_said_in_chinese_and_nothing_changes(changed, told):
    with pytest.raises(CommandError, match=told) as refused:
        run(**changed)
    assert refused.value.returncode == 2
    assert not Organ.objects.exists()
    assert not User.objects.exists()
    assert not SiteProfile.objects.exists()


def test_the_same_county_is_not_opened_twice():
    run()
    with pytest.raises(CommandError, match=r"域名 www\.example\.gov\.cn 已有网站"):
        run()
    with pytest.raises(CommandError, match="“paxrmzf”已被使用"):
        run(host="other.example.gov.cn", name="另一县人民政府")
    assert Organ.objects.count() == 2
