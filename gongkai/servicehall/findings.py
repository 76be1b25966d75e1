"""What an inspector is told: guides that lack elements, and W6 when too many do (law.md 4.2)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gongkai.orgs.models import Organ
from gongkai.servicehall.models import ServiceItem
from gongkai.servicehall.queries import guide_on, lacking_by_item
from gongkai.servicehall.rules.completeness import missing, useless


@dataclass(frozen=True, slots=True)
class GuideFinding:
    """A fault of guides: the rule, the record by typed id, the organ responsible, in words."""

    rule: str
    record: str
    organ_id: int
    why: str
    evidence: str


def guide_findings(county: Organ, today: date) -> Iterator[GuideFinding]:
    """Yield every guide in force that lacks an important element, then W6 of the whole county."""
    lacking = ServiceItem.objects.in_force(today).filter(county=county, lacking__gt=0)
    for item in lacking.order_by("pk"):
        version = guide_on(item, today)
        names = missing(item.name, version.guide) if version else ()
        if names:
            told = "、".join(names)
            why = f"政务服务事项“{item.name}”的办事指南缺少{told}，请补齐后重新发布"
            yield GuideFinding("guide-incomplete", item.typed_id, item.organ_id, why, told)
    counts = lacking_by_item(county.pk, today)
    if counts and (why := useless(counts)):
        place = f"servicehall.county:{county.pk}"
        evidence = f"在用事项{len(counts)}个"
        yield GuideFinding("W6", place, county.pk, f"服务不实用：{why}", evidence)
