"""Verbs on sites: register, stop and resume, say which organ answers for which column."""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction

from gongkai.audit import Actor
from gongkai.audit.actions import record
from gongkai.inspections.actions.steps import local_day
from gongkai.inspections.lifecycle import Refused, ToldWrongly
from gongkai.inspections.models import Site, SiteColumn
from gongkai.inspections.rules.texts import used
from gongkai.orgs.models import Organ


@transaction.atomic
def register_site(
    county: Organ, *, organ: Organ, name: str, address: str, by: Actor, at: datetime
) -> Site:
    """Register a site to be inspected; `organ` answers for what no column claims.

    Raises:
        ToldWrongly: no name, no web address, or one that is registered.
    """
    name, address = used(name, "name"), _address(address, "address")
    if Site.objects.filter(county=county, address=address).exists():
        raise ToldWrongly("这个网址已经登记", "address")
    site = Site.objects.create(county=county, organ=organ, name=name, address=address)
    after = {"site": name, "address": address, "organ": organ.short_name}
    _log("register_site", site, by, at, after=after)
    return site


@transaction.atomic
def stop_site(site: Site, *, why: str, by: Actor, at: datetime) -> Site:
    """Inspect a site no more; its findings stay.

    Raises:
        Refused: it is stopped.
        ToldWrongly: no reason.
    """
    why, held = used(why, "why"), _hold(site)
    if held.stopped_on is not None:
        raise Refused("这个网站已经停止巡查。")
    held.stopped_on = local_day(at)
    held.save(update_fields=["stopped_on"])
    _log("stop_site", held, by, at, reason=why)
    return held


@transaction.atomic
def resume_site(site: Site, *, by: Actor, at: datetime) -> Site:
    """Inspect a site again.

    Raises:
        Refused: it is not stopped.
    """
    held = _hold(site)
    if held.stopped_on is None:
        raise Refused("这个网站没有停止巡查。")
    held.stopped_on = None
    held.save(update_fields=["stopped_on"])
    _log("resume_site", held, by, at)
    return held


@transaction.atomic
def name_column(
    site: Site, *, name: str, prefix: str, organ: Organ, by: Actor, at: datetime
) -> SiteColumn:
    """Say which organ answers for the addresses under a prefix, or say it anew.

    Raises:
        ToldWrongly: no name, or a prefix that is not under the site's address.
    """
    name, prefix, held = used(name, "name"), _address(prefix, "prefix"), _hold(site)
    if urlsplit(prefix).hostname != urlsplit(held.address).hostname:
        raise ToldWrongly(f"栏目网址应当在网站{held.address}之下", "prefix")
    values = {"name": name, "organ": organ}
    column, _ = SiteColumn.objects.update_or_create(site=held, prefix=prefix, defaults=values)
    after = {"column": name, "prefix": prefix, "organ": organ.short_name}
    _log("name_column", held, by, at, after=after)
    return column


@transaction.atomic
def drop_column(column: SiteColumn, *, by: Actor, at: datetime) -> None:
    """Let the site's organ answer for a column's addresses again."""
    held = _hold(column.site)
    before = {"column": column.name, "prefix": column.prefix}
    column.delete()
    _log("drop_column", held, by, at, before=before)


def _hold(site: Site) -> Site:
    rows = Site.objects.select_for_update(of=("self",)).select_related("county", "organ")
    return rows.get(pk=site.pk)


def _address(text: str, field: str) -> str:
    text = used(text, field)
    try:
        parts = urlsplit(text)
        host = parts.hostname
    except ValueError:
        host = None
    if not host or parts.scheme not in ("http", "https") or any(sign.isspace() for sign in text):
        raise ToldWrongly("请填写以 http:// 或 https:// 开头的网址", field)
    return text if parts.path else f"{text}/"


def _log(verb: str, site: Site, by: Actor, at: datetime, **values: Any) -> None:
    record(
        f"inspections.{verb}",
        site.typed_id,
        chain=site.county.code,
        by=by,
        at=at,
        label=site.name,
        **values,
    )
