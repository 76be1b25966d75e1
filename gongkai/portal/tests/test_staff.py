"""网站信息 on the staff side: the county's OGI office changes it, nobody else sees it."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from gongkai.accounts.models import User
from gongkai.audit.models import Event
from gongkai.orgs.models import Organ, OrganKind, Post, Role
from gongkai.orgs.tests.factories import LONG_AGO, make_county
from gongkai.portal.models import SiteProfile
from gongkai.portal.tests.factories import open_county

pytestmark = pytest.mark.django_db
FORM = {
    "name": "靖安县人民政府",
    "sponsor": "靖安县人民政府",
    "undertaker": "靖安县人民政府办公室",
    "address": "江西省宜春市靖安县双溪镇新大街1号",
    "phone": "0795-4662133",
    "identity_code": "3609250001",
    "icp_number": "赣ICP备00000000号",
    "police_number": "",
    "badge_url": "https://bszs.conac.cn/sitename?id=1",
    "errors_url": "",
}


def signed_in(client, organ: Organ | None, role: Role | None, **fields):
    user = User.objects.create_user("someone", password="x", name="某人", **fields)
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    if organ is not None:
        Post.objects.create(user=user, organ=organ, role=role, valid_from=LONG_AGO)
    client.force_login(user)
    return client


@pytest.fixture
def site():
    return open_county()


@pytest.fixture
def office(client, site):
    organ = Organ.objects.get(kind=OrganKind.OFFICE)
    return signed_in(client, organ, Role.OGI_OFFICE)


def test_the_office_finds_it_in_the_settings_and_sees_what_is_kept(office):
    assert reverse("portal_staff:site") in office.get(reverse("wagtailadmin_home")).content.decode()
    page = office.get(reverse("portal_staff:site")).content.decode()
    assert "新大街1号" in page
    assert "localhost" in page


def test_the_office_changes_what_the_foot_of_the_public_site_says(office, site):
    done = office.post(reverse("portal_staff:site"), FORM)
    assert done.url == reverse("portal_staff:site_of", args=[site.county.pk])
    kept = SiteProfile.objects.select_related("site").get()
    assert (kept.identity_code, kept.domain, kept.site.port) == ("3609250001", "localhost", 80)
    assert kept.demonstration  # only the server's administrator takes that mark away
    event = Event.objects.filter(verb="portal.open_site").latest("pk")
    assert (event.actor_name, event.chain) == ("某人", site.county.code)
    assert "3609250001" in office.get("/").content.decode()


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("sponsor", "", "请填写“主办单位”"),
        ("identity_code", "123", "10位"),
        ("phone", "0" * 61, "不能超过60字"),
        ("badge_url", "javascript:alert(1)", "网址"),
        ("errors_url", "ftp://example.gov.cn/", "网址"),
    ],
)
def test_bad_input_is_shown_at_its_field_and_nothing_is_lost(office, field, typed, said):
    before = Event.objects.count()
    page = office.post(reverse("portal_staff:site"), FORM | {"address": "新地址", field: typed})
    assert page.status_code == 422
    text = page.content.decode()
    assert said in text
    assert "新地址" in text
    assert SiteProfile.objects.get().address.endswith("新大街1号")
    assert Event.objects.count() == before


def test_a_county_without_a_site_is_told_what_comes_first(client):
    county = make_county()
    office = signed_in(client, county.office, Role.OGI_OFFICE)
    page = office.get(reverse("portal_staff:site")).content.decode()
    assert "还没有开设" in page
    assert office.post(reverse("portal_staff:site"), FORM).status_code == 404


class TestTheWrongPerson:
    @pytest.mark.parametrize(
        ("kind", "role"),
        [
            (OrganKind.DEPARTMENT, Role.DEPARTMENT_CLERK),
            (OrganKind.DEPARTMENT, Role.OGI_OFFICE),
            (OrganKind.TOWNSHIP, Role.TOWNSHIP_CLERK),
            (OrganKind.OFFICE, Role.LEADER),
            (OrganKind.OFFICE, Role.SYSTEM_ADMIN),
            (OrganKind.COUNTY_GOVERNMENT, Role.AUDITOR),
        ],
    )
    def test_is_turned_away_and_changes_nothing(self, client, site, kind, role):
        stranger = signed_in(client, Organ.objects.filter(kind=kind).first(), role)
        self.refused(stranger, reverse("portal_staff:site"))
        self.refused(stranger, reverse("portal_staff:site_of", args=[site.county.pk]))

    def test_a_superuser_without_a_post_is_no_office(self, client, site):
        self.refused(signed_in(client, None, None, is_superuser=True), reverse("portal_staff:site"))

    def test_an_office_whose_post_has_ended_is_none(self, office):
        Post.objects.update(valid_to=timezone.localdate())
        self.refused(office, reverse("portal_staff:site"))

    def test_another_countys_office_does_not_find_the_site(self, client, site):
        other = make_county("fengxin", "奉新县")
        stranger = signed_in(client, other.office, Role.OGI_OFFICE)
        address = reverse("portal_staff:site_of", args=[site.county.pk])
        assert stranger.get(address).status_code == 404
        assert stranger.post(address, FORM).status_code == 404
        assert SiteProfile.objects.get().identity_code == ""

    def refused(self, person, address) -> None:
        before = Event.objects.count()
        for answer in (person.get(address), person.post(address, FORM)):
            assert answer.status_code == 302
            assert answer.url == reverse("wagtailadmin_home")
        menu = person.get(reverse("wagtailadmin_home")).content.decode()
        assert reverse("portal_staff:site") not in menu
        assert SiteProfile.objects.get().identity_code == ""
        assert Event.objects.count() == before
