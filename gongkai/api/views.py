"""The paths of the open data interface: sections, organs, lists of entries, one entry."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe
from ninja import NinjaAPI, Query, Status
from ninja.errors import HttpError, ValidationError
from ninja.renderers import JSONRenderer

from gongkai.api.counties import PublicCounty, counties, county_of
from gongkai.api.handing import router as handing
from gongkai.api.searching import NO_COUNTY, router
from gongkai.api.shapes import (
    CountyShape,
    EntryShape,
    FileShape,
    LineShape,
    LinesShape,
    OrganShape,
    Problem,
    SectionShape,
)
from gongkai.disclosure.queries import (
    DocumentPage,
    ListRow,
    SectionNode,
    list_of,
    live_counts,
    page_by_id,
    tree_of,
)
from gongkai.disclosure.queries.guide import ContactOrder, contacts
from gongkai.orgs.models import Organ
from gongkai.statute.genres import Genre
from gongkai.statute.subjects import SUBJECTS

LARGEST = 100


class ChineseJson(JSONRenderer):
    """JSON with Chinese written as it is."""

    json_dumps_params = {"ensure_ascii": False}


api = NinjaAPI(
    renderer=ChineseJson(),
    title="gongkai 开放数据接口",
    version="1.0.0",
    description="主动公开的政府信息：栏目、机关、列表、全文和搜索，只读，无需登记；"
    "热线工单的推送须持县政府办开通的密钥。",
    docs_url=None,
    urls_namespace="api",
)
api.add_router("", router)
api.add_router("", handing)


@api.exception_handler(ValidationError)
def _wrong(request: HttpRequest, error: ValidationError) -> HttpResponse:
    names = "、".join(str(each["loc"][-1]) for each in error.errors)
    return api.create_response(request, {"detail": f"参数有误，请核对：{names}"}, status=422)


@api.exception_handler(HttpError)
def _unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Say in Chinese what ninja says of a body that is no JSON; our own errors are shapes."""
    told = "请求的内容不是有效的JSON，请核对格式和编码（UTF-8）。"
    return api.create_response(request, {"detail": told}, status=error.status_code)


@api.get("/counties", response=list[CountyShape], summary="县级人民政府")
def all_counties(request: HttpRequest) -> object:
    """Every county government here, by whose code the other paths begin."""
    return [CountyShape(code=each.code, name=each.name) for each in counties()]


@api.get(
    "/{slug:county}/sections", response={200: list[SectionShape], 404: Problem}, summary="栏目"
)
def sections(request: HttpRequest, county: str) -> object:
    """Every column in which something is public, in the order of the site's tree."""
    site = county_of(request, county)
    if site is None:
        return Status(404, {"detail": NO_COUNTY})
    live = live_counts(site.county_id)
    nodes = tree_of(site.county_id)
    paths = {node.id: node.path for node in nodes}
    return [
        _section(node, paths, live[node.id], site)
        for node in nodes
        if not node.closed and live.get(node.id)
    ]


@api.get("/{slug:county}/organs", response={200: list[OrganShape], 404: Problem}, summary="机关")
def organs(request: HttpRequest, county: str) -> object:
    """Every organ in being with its contacts, in the county's own order."""
    site = county_of(request, county)
    if site is None:
        return Status(404, {"detail": NO_COUNTY})
    found = contacts(site.county, timezone.localdate(), ContactOrder.USUAL)
    return [
        OrganShape(
            code=each.code,
            slug=each.slug,
            name=each.name,
            short_name=each.short_name,
            kind=each.kind.value,
            address=each.address or None,
            phone=each.phone or None,
            hours=each.hours or None,
            url=f"{site.root}/zwgk/jg/{each.slug}/",
        )
        for each in found
    ]


@api.get("/{slug:county}/entries", response={200: LinesShape, 404: Problem}, summary="信息列表")
def entries(
    request: HttpRequest,
    county: str,
    section: str,
    organ: str = "",
    year: int | None = Query(None, ge=1900, le=2999),
    page: int | None = Query(None, ge=1, le=10**9),
    size: int = Query(20, ge=1, le=LARGEST),
) -> object:
    """A page of the entries of a column (`section` is its path), of one organ or year if told."""
    site = county_of(request, county)
    node = _node(site, section) if site else None
    if site is None or node is None:
        return Status(404, {"detail": "没有这个栏目，栏目路径见 sections。"})
    organ_id = None
    if organ:
        organ_id = _organ_id(site, organ)
        if organ_id is None:
            return Status(404, {"detail": "没有这个机关，机关代码见 organs。"})
    found = list_of(node.id, organ_id=organ_id, year=year, page=page, size=size)
    return LinesShape(
        page=found.number,
        pages=found.last,
        older=found.older,
        newer=found.newer,
        entries=[_line(row, site) for row in found.rows],
    )


@api.get(
    "/{slug:county}/entries/{int:pk}",
    response={200: EntryShape, 404: Problem, 410: Problem},
    summary="信息全文",
)
def entry(request: HttpRequest, county: str, pk: int) -> object:
    """One entry with the text and attachments of its public version; 410 when withdrawn."""
    site = county_of(request, county)
    page = page_by_id(site.county_id, pk) if site and pk < 2**63 else None
    if site is None or page is None:
        return Status(404, {"detail": "没有这条信息。"})
    if not page.live:
        return Status(410, {"detail": f"这条信息已撤下，原因：{page.withdrawal}。"})
    return _whole(page, site)


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Describe the interface for people, from the same description that machines read."""
    schema = api.get_openapi_schema()
    paths = [
        {"path": path, "verb": verb.upper(), **told}
        for path, verbs in schema["paths"].items()
        for verb, told in verbs.items()
    ]
    context = {"paths": paths, "openapi": reverse("api:openapi-json")}
    return render(request, "api/about.html", context)


def _node(site: PublicCounty, path: str) -> SectionNode | None:
    wanted = path.strip("/")
    return next(
        (each for each in tree_of(site.county_id) if each.path == wanted and not each.closed), None
    )


def _organ_id(site: PublicCounty, code: str) -> int | None:
    found = Organ.objects.filter(code=code).values_list("pk", "county_id").first()
    return found[0] if found and site.county_id in found else None


def _section(
    node: SectionNode, paths: dict[int, str], entries: int, site: PublicCounty
) -> SectionShape:
    return SectionShape(
        path=node.path,
        title=node.title,
        kind=node.kind,
        parent=paths.get(node.parent_id) if node.parent_id else None,
        description=node.description,
        legal_item=node.legal_item or None,
        entries=entries,
        url=f"{site.root}{node.address}",
    )


def _line(row: ListRow, site: PublicCounty) -> LineShape:
    return LineShape(
        id=row.id,
        title=row.title,
        document_number=row.document_number or None,
        organ=row.organ,
        published_at=timezone.localtime(row.published_at),
        url=f"{site.root}{row.address}",
    )


def _whole(page: DocumentPage, site: PublicCounty) -> EntryShape:
    told = page.content.told
    return EntryShape(
        id=page.id,
        title=page.title,
        index_number=page.index_number,
        document_number=told.document_number or None,
        organ=page.organ_name,
        joint_issuers=list(told.joint_issuers),
        subject=SUBJECTS[told.subject].path if told.subject in SUBJECTS else None,
        genre=Genre(told.genre).label if told.genre else None,
        formed_on=told.formed_on,
        first_published_at=timezone.localtime(page.first_published_at),
        published_at=timezone.localtime(page.published_at),
        expires_on=told.expires_on,
        keywords=told.keywords or None,
        summary=told.summary or None,
        source=told.source or None,
        section=page.section_path,
        body_html=page.body,
        attachments=[
            FileShape(
                name=file.name,
                kind=file.kind,
                size=file.size,
                sha256=file.sha256,
                url=f"{site.root}{page.address_of(file)}",
            )
            for file in page.files
        ],
        version=page.version,
        sha256=page.sha256,
        url=f"{site.root}{page.address}",
    )
