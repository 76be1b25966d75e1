"""The chapters of the demo's year beside registers, documents and requests, in their order.

The website's sections and standard catalogue, the service hall, the hotline, proposals, the
exchange with readers, the website's texts, the accounts' posts and the office's own work: each
told by a module of its own, each with the figures of the reference report. What publishes comes
before `website`, which adds up to the report's counts.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from hashlib import sha256

from django.utils import timezone

from gongkai.demo import (
    catalogues,
    exchange,
    hotline,
    newmedia,
    oversight,
    proposals,
    servicehall,
    website,
)
from gongkai.demo import county as where
from gongkai.demo.publication_texts import THEN, Piece
from gongkai.demo.road import MARK, Road, days, moment, subject
from gongkai.disclosure import actions as disclosure
from gongkai.disclosure.actions.catalogue import found_catalogue
from gongkai.disclosure.actions.catalogue_import import import_catalogue
from gongkai.disclosure.actions.catalogue_items import add_item
from gongkai.disclosure.models import CatalogueField, Entry, Section
from gongkai.disclosure.models.catalogues import CatalogueLevel
from gongkai.disclosure.queries import EntryState

FOUNDED_ON, ADDED_ON = date(2020, 6, 15), date(2020, 12, 1)
_EXCHANGE = {"office": where.OFFICE_CODE, "jyj": "jtj", "zjj": "zjj"}

Tell = Callable[[str], object]


def make(road: Road, tell: Tell) -> None:
    """Make every chapter; `road` has the people and organs, its day is the last of the year."""
    for step, name in (
        (open_website, "网站栏目、标准目录"),
        (lambda road: servicehall.lay(road), "政务服务中心、事项、惠企政策兑现"),
        (lambda road: run_the_hotline(road, tell), "12345热线工单"),
        (lambda road: proposals.lay(road), "人大建议、政协提案"),
        (exchange_with_readers, "互动交流、政务舆情"),
        (lambda road: publish_texts(road, tell), "网站信息"),
        (lambda road: newmedia.lay(road), "政务新媒体发布"),
        (lambda road: oversight.lay(road), "工作要点、培训会议、考核、社会评议"),
    ):
        step(road)
        tell(f"  已生成：{name}")


def open_website(road: Road) -> None:
    """Open the sections; found the catalogues in June and add seven items in December."""
    county, by = road.organs[where.COUNTY_CODE], road.people["office"]
    disclosure.seed_sections(county, by=by, at=moment(where.FOUNDED_ON, 9))
    road.sections = {row.path: row for row in Section.objects.filter(county=county)}
    at = moment(FOUNDED_ON, 9)
    levels = (CatalogueLevel.COUNTY, CatalogueLevel.TOWNSHIP)
    tables = (catalogues.county_tables(), catalogues.town_tables())
    for level, fields, (name, data) in zip(levels, tables, catalogues.workbooks(), strict=True):
        made = found_catalogue(county, level=level, on=FOUNDED_ON, by=by, at=at)
        import_catalogue(
            made,
            tables=fields,
            on=FOUNDED_ON,
            replaces=False,
            source_name=name,
            source_sha256=sha256(data).hexdigest(),
            by=by,
            at=at,
        )
    for name, row in catalogues.added_rows():
        field = CatalogueField.objects.get(
            catalogue__county=county, catalogue__level=CatalogueLevel.COUNTY, name=name
        )
        add_item(field, row=row, on=ADDED_ON, by=by, at=moment(ADDED_ON, 9))


def run_the_hotline(road: Road, tell: Tell) -> None:
    """Take in the orders at the county office; departments and townships handle them."""
    office = road.organs[where.OFFICE_CODE]
    hotline.fill(office, road.organs, {code: road.clerk(code) for code in road.organs}, tell)


def exchange_with_readers(road: Road) -> None:
    """Answer messages, ask in a survey, hold an interview, watch what is said."""

    def forward(entry: Entry, at: datetime) -> None:
        """Lead a text to the public on the day after; its writer submits it first."""
        by = road.people["office"]
        held = disclosure.submit(entry, by=by, at=at)
        road.forward(held, EntryState.PUBLISHED, timezone.localtime(at).date() + days(2))

    exchange.fill(
        {name: road.organs[code] for name, code in _EXCHANGE.items()},
        county=road.organs[where.COUNTY_CODE],
        clerk=road.people["office"],
        checker=road.people["reviewer"],
        forward=forward,
        year=where.YEAR,
    )


def publish_texts(road: Road, tell: Tell) -> None:
    """Publish the year's chosen texts, then as many more as the website told of."""
    for piece in THEN:
        _publish(road, piece)
    website.lay(road, tell)


def _publish(road: Road, piece: Piece) -> None:
    assert piece.on is not None  # noqa: S101 -- the texts of the year have their days
    by = road.clerk(piece.organ)
    entry = disclosure.create(
        road.organs[piece.organ],
        section=road.sections[piece.section],
        told=disclosure.Told(
            title=f"{piece.title}{MARK}",
            formed_on=piece.on - days(4),
            body="".join(f"<p>{paragraph}</p>" for paragraph in piece.body),
            genre=piece.genre,
            subject=subject(piece.subject) if piece.subject else "",
        ),
        by=by,
        at=moment(piece.on - timedelta(days=3), 9),
    )
    entry = disclosure.submit(entry, by=by, at=moment(piece.on - days(3), 10))
    road.forward(entry, EntryState.PUBLISHED, piece.on)
