"""Opening a county's site: once, again with other facts, never for a department."""

import pytest
from wagtail.models import Page, Site

from gongkai.audit import SYSTEM
from gongkai.audit.models import Event
from gongkai.orgs.tests.factories import make_county
from gongkai.portal.actions import NoCounty, Profile, open_site
from gongkai.portal.models import HomePage, SectionPage, SiteProfile
from gongkai.portal.tests.factories import AT

pytestmark = pytest.mark.django_db


def opened(county, **facts):
    profile = Profile(name="靖安县人民政府", sponsor="靖安县人民政府", **facts)
    return open_site(county, profile, hostname="www.example.gov.cn", port=443, by=SYSTEM, at=AT)


def test_the_first_site_takes_the_place_of_the_welcome_page():
    site = opened(make_county().county)
    assert list(Site.objects.all()) == [site]
    assert site.is_default_site
    assert set(Page.objects.exclude(depth=1).values_list("slug", flat=True)) == {"site-1", "zwgk"}
    assert Page.find_problems() == ([], [], [], [], [])


def test_opening_again_changes_the_profile_and_keeps_the_pages():
    county = make_county().county
    first = opened(county)
    again = opened(county, phone="0795-4662133")
    assert again == first
    assert SiteProfile.objects.get().phone == "0795-4662133"
    assert (HomePage.objects.count(), SectionPage.objects.count()) == (1, 1)
    assert Event.objects.filter(verb="portal.open_site", chain=county.code).count() == 2


def test_a_second_county_has_a_site_of_its_own():
    opened(make_county().county)
    other = make_county("fengxin", "奉新县").county
    site = open_site(
        other,
        Profile(name=other.name, sponsor=other.name),
        hostname="fx",
        port=80,
        by=SYSTEM,
        at=AT,
    )
    assert not site.is_default_site
    assert HomePage.objects.count() == 2


def test_a_department_has_no_site():
    with pytest.raises(NoCounty, match="不能单独开设网站"):
        opened(make_county().finance)
    assert not SiteProfile.objects.exists()
