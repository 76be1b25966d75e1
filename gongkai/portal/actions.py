"""Setting up a county's public site: its home, its columns, its footer, its former addresses."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from wagtail.models import Page, Site

from gongkai.audit import Actor
from gongkai.audit.actions import record
from gongkai.disclosure.actions import seed_sections
from gongkai.orgs.models import Organ, OrganKind
from gongkai.portal.models import ColumnType, HomePage, OldAddress, SectionPage, SiteProfile


class NoCounty(ValueError):
    """The organ is not a county government, so it has no site of its own."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What the site says of itself; see `models.SiteProfile`."""

    name: str
    sponsor: str
    undertaker: str = ""
    address: str = ""
    phone: str = ""
    identity_code: str = ""
    icp_number: str = ""
    police_number: str = ""
    badge_url: str = ""
    errors_url: str = ""
    demonstration: bool = False


@transaction.atomic
def open_site(
    county: Organ,
    profile: Profile,
    *,
    hostname: str,
    port: int,
    by: Actor,
    at: datetime,
) -> Site:
    """Set up the site of `county`: home, the usual columns, profile; again to change the profile.

    The first site becomes the default one and takes the place of Wagtail's welcome page. Records
    one audit event, and that of `seed_sections` the first time.

    Raises:
        NoCounty: `county` is not a county government.
    """
    if county.kind != OrganKind.COUNTY_GOVERNMENT:
        raise NoCounty(f"{county.name}不是县级人民政府，不能单独开设网站（国办发〔2017〕47号）。")
    kept = SiteProfile.objects.select_related("site").filter(county=county).first()
    site = kept.site if kept else _new_site(profile, hostname, port)
    if kept is None:
        seed_sections(county, by=by, at=at)
    site.hostname, site.port, site.site_name = hostname, port, profile.name
    site.save()
    facts = {"domain": hostname, **asdict(profile)}
    SiteProfile.objects.update_or_create(site=site, county=county, defaults=facts)
    record(
        "portal.open_site",
        f"portal:{site.pk}",
        chain=county.code,
        by=by,
        at=at,
        label=profile.name,
        after=facts,
    )
    return site


def _new_site(profile: Profile, hostname: str, port: int) -> Site:
    root = Page.get_first_root_node()
    welcome = Site.objects.filter(is_default_site=True).exclude(
        root_page__in=HomePage.objects.all()
    )
    first = not HomePage.objects.exists()
    home = root.add_child(
        instance=HomePage(title=profile.name, slug=f"site-{HomePage.objects.count() + 1}")
    )
    home.add_child(
        instance=SectionPage(
            title="政务公开",
            slug="zwgk",
            show_in_menus=True,
            kind=ColumnType.OTHER,
            description="政府信息公开的统一平台，按《中华人民共和国政府信息公开条例》设置。",
            keywords="政务公开，政府信息公开",
        )
    )
    for old in welcome:
        old.root_page.delete()  # Wagtail's welcome page; its site goes with it
    return Site.objects.create(hostname=hostname, port=port, root_page=home, is_default_site=first)


@transaction.atomic
def keep_old_addresses(
    county: Organ, moved: Collection[OldAddress], *, by: Actor, at: datetime
) -> int:
    """Let addresses of the former site lead to what was taken over; return how many are new.

    An address that leads somewhere already keeps its target. Records one audit event.
    """
    wanted = {row.address: row for row in reversed(moved)}  # of two the first one counts
    known = OldAddress.objects.filter(county=county, address__in=wanted)
    for address in known.values_list("address", flat=True):
        del wanted[address]
    if not wanted:
        return 0
    OldAddress.objects.bulk_create(wanted.values(), batch_size=1000)
    record(
        "portal.keep_old_addresses",
        f"orgs:{county.pk}",
        chain=county.code,
        by=by,
        at=at,
        label=f"{len(wanted)}个原网址",
        after={"addresses": len(wanted)},
    )
    return len(wanted)
