"""What must hold before an organ is set up, renamed, moved or abolished."""

import re
from datetime import date

from django.db.models import Q

from gongkai.orgs.actions.errors import BadCode, BadName, BadPlace
from gongkai.orgs.models import Organ, OrganKind, OrganName, Succession
from gongkai.statute.identity import IdentityError, credit_code

BODIES = (OrganKind.DISPATCHED, OrganKind.INTERNAL)
_CODE = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
_REGION = re.compile(r"\d{6}(\d{3}(\d{3})?)?")


def check_code(code: str) -> None:
    """Refuse a code that no URL and no chain of the log can carry."""
    if not _CODE.fullmatch(code):
        raise BadCode(
            "机构代码由小写字母、数字、连字符组成，以字母或数字开头，不超过 40 个字符",
            field="code",
        )


def check_code_is_free(code: str) -> None:
    """Refuse a code that another organ has, or ever had."""
    if Organ.objects.filter(code=code).exists():
        raise BadCode(f"机构代码“{code}”已被使用，请另取代码", field="code")


def check_region(region_code: str) -> None:
    """Refuse what is no code of GB/T 2260 (6), a township (9) or a village (12)."""
    if not _REGION.fullmatch(region_code):
        raise BadCode("行政区划代码须为 6 位、9 位或 12 位数字", field="region_code")


def check_credit_code(text: str) -> str:
    """Return a unified social credit code in its plain form ("" for none); refuse a wrong one."""
    if not text.strip():
        return ""
    try:
        return credit_code(text)
    except IdentityError as error:
        raise BadCode(f"统一社会信用代码有误：{error}", field="credit_code") from error


def check_name(full_name: str, short_name: str) -> None:
    """Refuse names that are empty or too long."""
    if not full_name or len(full_name) > 100:
        raise BadName("请填写机构全称（不超过 100 字）", field="full_name")
    if len(short_name) > 50:
        raise BadName("请填写机构简称（不超过 50 字）", field="short_name")


def check_name_is_free(full_name: str, county: Organ | None, on: date) -> None:
    """Refuse a full name that another organ of the county bears on that day."""
    borne = OrganName.objects.filter(full_name=full_name).filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=on)
    )
    if county is not None:
        borne = borne.filter(Q(organ__county=county) | Q(organ=county))
    if borne.exists():
        raise BadName(f"“{full_name}”在 {on} 已有机构使用，请核对名称或日期", field="full_name")


def check_place(kind: OrganKind, county: Organ | None, superior: Organ | None, on: date) -> None:
    """Refuse an organ without its county, or under organs that do not exist any more."""
    if kind == OrganKind.COUNTY_GOVERNMENT:
        if county is not None:
            raise BadPlace("县级人民政府不填所属县", field="county")
    elif county is None or county.kind != OrganKind.COUNTY_GOVERNMENT:
        raise BadPlace("请选择所属县（县级人民政府）", field="county")
    check_superior(kind, superior, None, county)
    for field, above in (("county", county), ("superior", superior)):
        if above is not None and above.valid_to is not None and above.valid_to <= on:
            raise BadPlace(f"“{above.name}”在 {on} 已撤销，请另选", field=field)


def check_superior(
    kind: OrganKind, superior: Organ | None, organ: Organ | None, county: Organ | None = None
) -> None:
    """Refuse a superior of another county, or one below the organ itself."""
    if superior is None:
        if kind in BODIES:
            raise BadPlace("派出机构、内设机构须填上级机构", field="superior")
        return
    home = organ.county_id if organ else county and county.pk
    if home not in (superior.county_id, superior.pk):
        raise BadPlace("上级机构须与本机构同属一县", field="superior")
    above: Organ | None = superior
    seen: set[int] = set()
    while above is not None and above.pk not in seen:
        if organ is not None and above.pk == organ.pk:
            raise BadPlace("上级机构不能是本机构或其下属机构", field="superior")
        seen.add(above.pk)
        above = above.superior


def check_nothing_hangs_on(organ: Organ, on: date) -> None:
    """Refuse to abolish an organ while bodies under it remain."""
    below = Organ.objects.filter(Q(superior=organ) | Q(county=organ))
    left = below.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on)).order_by("order", "code")
    names = [body.name for body in left[:5]]
    if names:
        raise BadPlace(f"尚有下属机构未撤销或调整：{'、'.join(names)}", field="on")


def heirs_of(organ: Organ) -> set[int]:
    """Return `organ` and every organ that its duties have passed on to since."""
    reached: set[int] = set()
    frontier = {organ.pk}
    while frontier:
        reached |= frontier
        onward = Succession.objects.filter(predecessor_id__in=frontier)
        frontier = set(onward.values_list("successor_id", flat=True)) - reached
    return reached
