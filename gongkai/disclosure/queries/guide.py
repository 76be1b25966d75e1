"""The guide, catalogue and contacts of every organ, generated from what stands recorded.

Serves Art. 12: the guide tells classification, arrangement, ways to obtain and the name, address,
hours, phone, fax and internet contact of the body in charge; the catalogue tells index, name,
summary and day of forming. Both are kept current, so they are made at the time of reading.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.db.models.fields.json import KeyTextTransform

from gongkai.disclosure.models import Entry, OrganPage, Section
from gongkai.orgs.models import Organ, OrganKind
from gongkai.orgs.queries import existing_between, name_on, organs_of
from gongkai.statute.disclosure import ITEMS, items_binding
from gongkai.text.ordering import initial_of, pinyin_key, stroke_key, strokes_of

REVIEWED_EVERY_DAYS = 366
_SUMMARY = 120


@dataclass(frozen=True, slots=True)
class GuidePart:
    """A part of the guide in the order of Art. 12: paragraphs, then facts as name and value.

    `html` is the organ's own clean text. `missing` names what the staff have still to enter.
    """

    key: str
    title: str
    paragraphs: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    html: str = ""
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Guide:
    """政府信息公开指南 of an organ. `reviewed_on` is when somebody last confirmed it."""

    organ: str
    slug: str
    parts: tuple[GuidePart, ...]
    reviewed_on: date | None
    changed_at: datetime | None

    @property
    def missing(self) -> tuple[str, ...]:
        """Return everything the staff have still to enter."""
        return tuple(name for part in self.parts for name in part.missing)

    def stale_on(self, today: date) -> bool:
        """Say whether nobody has confirmed the guide for more than a year (Art. 12, 53)."""
        return self.reviewed_on is None or (today - self.reviewed_on).days > REVIEWED_EVERY_DAYS


@dataclass(frozen=True, slots=True)
class CatalogueLine:
    """A line of an organ's catalogue (Art. 12): 索引、名称、内容概述、生成日期."""

    index_number: str
    title: str
    summary: str
    formed_on: date
    address: str


@dataclass(frozen=True, slots=True)
class OrganCatalogue:
    """A page of an organ's catalogue, newest first; `before` is where the next page begins."""

    organ: str
    lines: tuple[CatalogueLine, ...]
    before: int | None


class ContactOrder(StrEnum):
    """How a list of organs is sorted."""

    STROKES = "STROKES"
    PINYIN = "PINYIN"
    USUAL = "USUAL"

    @property
    def label(self) -> str:
        """Return the Chinese name."""
        return {"STROKES": "按笔画", "PINYIN": "按拼音", "USUAL": "按机构序列"}[self.value]


@dataclass(frozen=True, slots=True)
class Contact:
    """An organ in the public list of contacts; `group` is its heading in the order chosen."""

    code: str
    slug: str
    name: str
    short_name: str
    kind: OrganKind
    group: str
    address: str
    hours: str
    phone: str
    head: str


def page_of_organ(organ: Organ) -> OrganPage | None:
    """Return what an organ says of itself, None when nothing has been entered."""
    return OrganPage.objects.filter(organ=organ).first()


def guide_of(organ: Organ, today: date) -> Guide:
    """Return the guide of an organ with all the parts of Art. 12 in their order. Three queries.

    What is missing is named for the staff; the public page leaves the fact out.
    """
    page = page_of_organ(organ)
    county = organ.county or organ
    sections = Section.objects.of(county).open().exclude(legal_item="")
    if organ.kind != OrganKind.COUNTY_GOVERNMENT:
        sections = sections.filter(on_organ_pages=True)
    titles = list(sections.order_by("order", "path").values_list("title", "legal_item"))
    name = name_on(organ, today)
    return Guide(
        organ=name,
        slug=page.slug if page else organ.code,
        parts=(
            _classification(organ, titles),
            _arrangement(name),
            _obtaining(county, name),
            _body(organ, page),
            _upon_request(name, page),
            _remedies(name),
            *(
                [GuidePart("own", "其他说明", html=page.guide_text)]
                if page and page.guide_text
                else []
            ),
        ),
        reviewed_on=page.reviewed_on if page else None,
        changed_at=page.changed_at if page else None,
    )


def _classification(organ: Organ, titles: Collection[tuple[str, str]]) -> GuidePart:
    township = organ.kind == OrganKind.TOWNSHIP
    labels = [item.label for item in items_binding(township=township)]
    shown = "、".join(title for title, code in titles if code in ITEMS)
    paragraphs = [
        "本机关依照《中华人民共和国政府信息公开条例》第十九条至第二十一条主动公开政府信息，"
        f"涉及本机关职责的，包括：{'；'.join(labels)}。"
    ]
    if shown:
        paragraphs.append(f"在政府网站上分为以下栏目：{shown}。")
    return GuidePart("classification", "政府信息的分类", tuple(paragraphs))


def _arrangement(name: str) -> GuidePart:
    return GuidePart(
        "arrangement",
        "政府信息的编排体系",
        (
            f"{name}的政府信息公开目录列明每条信息的索引号、名称、内容概述和生成日期，"
            "按栏目和发布时间编排，可以按发布机构、主题分类、体裁、年份和文号查找。",
            "索引号由发布机构代码、年份和流水号组成，一条信息一个索引号，不重复使用。",
        ),
    )


def _obtaining(county: Organ, name: str) -> GuidePart:
    place = county.name.removesuffix("人民政府")
    return GuidePart(
        "obtaining",
        "政府信息的获取方式",
        (
            f"主动公开的政府信息，可以在{place}人民政府网站的政府信息公开栏目检索、查阅、下载，"
            "也可以到国家档案馆、公共图书馆、政务服务场所设置的政府信息查阅场所查阅（条例第二十三条至第二十五条）。",
            "应当主动公开的政府信息，自形成或者变更之日起20个工作日内公开；"
            "法律、法规对公开期限另有规定的，从其规定（条例第二十六条）。",
            f"没有主动公开的，可以向{name}申请公开。",
        ),
    )


def _body(organ: Organ, page: OrganPage | None) -> GuidePart:
    told = {
        "机构名称": page.ogi_body if page else "",
        "办公地址": (page.ogi_address if page else "") or organ.address,
        "办公时间": page.hours if page else "",
        "联系电话": (page.ogi_phone if page else "") or organ.phone,
        "传真号码": page.ogi_fax if page else "",
        "互联网联系方式": page.ogi_email if page else "",
    }
    optional = {"邮政编码": page.postcode if page else ""}
    return GuidePart(
        "body",
        "政府信息公开工作机构",
        facts=tuple((label, value) for label, value in {**told, **optional}.items() if value),
        missing=tuple(label for label, value in told.items() if not value),
    )


def _upon_request(name: str, page: OrganPage | None) -> GuidePart:
    where = (page.ogi_address or page.organ.address) if page else ""
    letters = f"，邮寄地址：{where}" if where else ""
    return GuidePart(
        "upon_request",
        "依申请公开",
        (
            f"公民、法人和其他组织可以向{name}申请获取政府信息。申请可以当面提交、邮寄"
            f"（信封上注明“政府信息公开申请”{letters}），也可以在政府网站“依申请公开”栏目提交。",
            "申请应当写明申请人的姓名或者名称、身份证明、联系方式，"
            "所需信息的名称、文号或者便于查询的其他特征，以及获取信息的方式、途径等形式要求。",
            "能够当场答复的当场答复；不能当场答复的，自收到申请之日起20个工作日内答复，"
            "需要延长的，延长期限不超过20个工作日并告知申请人。申请内容不明确的，"
            "自收到申请之日起7个工作日内一次性告知补正。",
            "提供政府信息不收取费用；申请的数量、频次明显超过合理范围的，可以收取信息处理费。",
        ),
    )


def _remedies(name: str) -> GuidePart:
    return GuidePart(
        "remedies",
        "监督和救济",
        (
            f"认为{name}未按照要求主动公开政府信息或者未依法答复申请的，"
            "可以向政府信息公开工作主管部门提出；"
            "认为在政府信息公开工作中侵犯合法权益的，可以投诉、举报，也可以依法申请行政复议"
            "或者提起行政诉讼（条例第四十七条、第五十一条）。",
        ),
    )


@dataclass(frozen=True, slots=True)
class GuideLine:
    """How the guide of one organ stands, for the staff's list."""

    organ: Organ
    missing: tuple[str, ...]
    reviewed_on: date | None
    stale: bool


def guide_lines(organs: Iterable[Organ], today: date) -> tuple[GuideLine, ...]:
    """Return how the guide of each organ stands on a day. One query beside the organs'."""
    listed = list(organs)
    pages = {page.organ_id: page for page in OrganPage.objects.filter(organ__in=listed)}
    lines = []
    for organ in listed:
        page = pages.get(organ.pk)
        reviewed = page.reviewed_on if page else None
        stale = reviewed is None or (today - reviewed).days > REVIEWED_EVERY_DAYS
        lines.append(GuideLine(organ, _body(organ, page).missing, reviewed, stale))
    return tuple(lines)


def organ_catalogue(
    organ: Organ, *, before: int | None = None, year: int | None = None, size: int = 50
) -> OrganCatalogue:
    """Return a page of an organ's catalogue: what it has published, newest first. One query.

    `before` is the `before` of the page shown last. A summary that was not written is the
    beginning of the text.
    """
    rows = Entry.objects.of([organ.pk]).live()
    if before is not None:
        rows = rows.filter(pk__lt=before)
    if year is not None:
        rows = rows.filter(formed_on__year=year)
    found = list(
        rows.order_by("-pk")
        .annotate(summary=KeyTextTransform("summary", "published__content"))
        .values_list(
            *("pk", "index_number", "title", "summary", "published__text", "formed_on", "address")
        )[: size + 1]
    )
    lines = tuple(
        CatalogueLine(number, title, summary or _begin(text), formed_on, address)
        for _, number, title, summary, text, formed_on, address in found[:size]
    )
    return OrganCatalogue(organ.name, lines, found[size - 1][0] if len(found) > size else None)


def contacts(county: Organ, today: date, order: ContactOrder) -> tuple[Contact, ...]:
    """Return the organs of a county with address, hours and phone, in the order asked. Two queries.

    The county's own name before each is left out of account, so that 靖安县财政局 stands under 财.
    """
    kinds = (
        *(OrganKind.COUNTY_GOVERNMENT, OrganKind.OFFICE),
        *(OrganKind.DEPARTMENT, OrganKind.TOWNSHIP, OrganKind.DISPATCHED),
    )
    organs = list(organs_of(county).filter(existing_between(today, today), kind__in=kinds))
    pages = {page.organ_id: page for page in OrganPage.objects.filter(organ__in=organs)}
    place = county.name.removesuffix("人民政府")
    sort = {
        ContactOrder.STROKES: lambda organ: stroke_key(_bare(organ, place)),
        ContactOrder.PINYIN: lambda organ: pinyin_key(_bare(organ, place)),
        ContactOrder.USUAL: lambda organ: (organ.order, organ.code),
    }[order]
    return tuple(
        _contact(organ, pages.get(organ.pk), order, _bare(organ, place))
        for organ in sorted(organs, key=sort)
    )


def _bare(organ: Organ, place: str) -> str:
    return organ.name.removeprefix(place) or organ.name


def _contact(organ: Organ, page: OrganPage | None, order: ContactOrder, bare: str) -> Contact:
    return Contact(
        code=organ.code,
        slug=page.slug if page else organ.code,
        name=organ.name,
        short_name=organ.short_name,
        kind=OrganKind(organ.kind),
        group=_group(order, bare, organ),
        address=organ.address or (page.ogi_address if page else ""),
        hours=page.hours if page else "",
        phone=organ.phone or (page.ogi_phone if page else ""),
        head=page.head if page else "",
    )


def _group(order: ContactOrder, bare: str, organ: Organ) -> str:
    if order is ContactOrder.PINYIN:
        letter = initial_of(bare[0])
        return "其他" if letter == "#" else letter
    if order is ContactOrder.STROKES:
        strokes = strokes_of(bare[0])
        return f"{strokes}画" if strokes else "其他"
    return OrganKind(organ.kind).label


def _begin(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _SUMMARY else f"{plain[: _SUMMARY - 1]}…"
