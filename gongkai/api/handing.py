"""The machine intake of the hotline: the city centre hands work orders over, one at a time.

By a key that the county's office opens, under an `Idempotency-Key`: sent again, an order is the
same order. A key speaks for one organ; what it hands over goes to no other.
"""

from datetime import datetime

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Header, Router, Schema, Status

from gongkai.adapters.pacing import asks_too_often
from gongkai.api.counties import county_of
from gongkai.api.shapes import Problem
from gongkai.hotline.actions import (
    BadOrder,
    Caller,
    Handed,
    HotlineError,
    KeyReused,
    NewOrder,
    OrderKind,
    SourceChannel,
    Urgency,
    category_named,
    hand_over,
)
from gongkai.hotline.models import WorkOrder
from gongkai.hotline.queries.settings import client_of_key, county_above

A_MINUTE = 600
NO_KEY = "没有接入密钥或者密钥不对，请在 Authorization 头中填写“Bearer 密钥”，密钥由县政府办开通。"
_KINDS = {each.label: each for each in OrderKind}
_SOURCES = {each.label: each for each in SourceChannel if each is not SourceChannel.TURNED_OVER}
router = Router(tags=["热线工单接入"])


class HandedShape(Schema):
    """A work order as the centre hands it over; kinds and channels by their Chinese names."""

    number: str = Field(description="工单编号", max_length=40)
    received_at: datetime = Field(description="受理时间，须带时区")
    kind: str = Field(description="诉求类型：咨询、求助、投诉、举报、建议、表扬")
    source: str = Field("电话", description="受理渠道")
    category: str = Field("", description="归口分类，编码或者名称")
    subject: str = Field(description="事由，不写姓名、电话", max_length=100)
    content: str = Field(description="诉求内容", max_length=10_000)
    place: str = Field("", description="诉求地点", max_length=200)
    name: str = Field("", description="诉求人姓名", max_length=100)
    phone: str = Field("", description="联系电话", max_length=40)
    urgent: bool = False
    confidential: bool = False
    may_publish: bool = False

    def handed(self) -> Handed:
        """Return the order as the verb takes it.

        Raises:
            BadOrder: a word is none of those known, or the moment has no zone.
        """
        category = category_named(self.category)
        if self.kind not in _KINDS:
            raise BadOrder(f"kind 应当是：{'、'.join(_KINDS)}", "kind")
        if self.source not in _SOURCES:
            raise BadOrder(f"source 应当是：{'、'.join(_SOURCES)}", "source")
        if category is None:
            raise BadOrder("category 不在归口分类中，不能确定的请留空", "category")
        if self.received_at.tzinfo is None:
            raise BadOrder("received_at 须带时区，如2026-03-02T09:30:00+08:00", "received_at")
        told = NewOrder(
            source=_SOURCES[self.source],
            kind=_KINDS[self.kind],
            subject=self.subject,
            content=self.content,
            number=self.number,
            category=category,
            place=self.place,
            urgency=Urgency.URGENT if self.urgent else Urgency.NORMAL,
            confidential=self.confidential,
            may_publish=self.may_publish,
        )
        return Handed(told, Caller(self.name, self.phone), self.received_at)


class ReceiptShape(Schema):
    """What was made of it: its number, where it stands, by when it is due."""

    number: str
    state: str
    received_at: datetime
    due_at: datetime | None


@router.post(
    "/{slug:county}/hotline/orders",
    response={
        200: ReceiptShape,
        201: ReceiptShape,
        401: Problem,
        404: Problem,
        409: Problem,
        422: Problem,
        429: Problem,
    },
    summary="推送热线工单",
)
def hand_over_order(
    request: HttpRequest,
    county: str,
    order: HandedShape,
    idempotency_key: str = Header("", alias="Idempotency-Key"),
    authorization: str = Header("", alias="Authorization"),
) -> object:
    """Register a work order: 201 the first time, 200 when it was handed over before."""
    if asks_too_often(request, "api-hotline", A_MINUTE):
        return Status(429, {"detail": f"每分钟最多推送{A_MINUTE}件，请稍后再试。"})
    site = county_of(request, county)
    scheme, _, key = authorization.partition(" ")
    client = client_of_key(key) if scheme.lower() == "bearer" else None
    if client is None:
        return Status(401, {"detail": NO_KEY})
    if site is None or county_above(client.organ) != site.county:
        return Status(404, {"detail": "这个密钥不是该县的。"})
    try:
        made, fresh = hand_over(client, order.handed(), key=idempotency_key, at=timezone.now())
    except KeyReused as reused:
        return Status(409, {"detail": str(reused)})
    except HotlineError as refused:
        return Status(422, {"detail": str(refused)})
    return Status(201 if fresh else 200, _receipt(made))


def _receipt(order: WorkOrder) -> ReceiptShape:
    return ReceiptShape(
        number=order.number,
        state=order.get_state_display(),
        received_at=timezone.localtime(order.received_at),
        due_at=timezone.localtime(order.due_at) if order.due_at else None,
    )
