"""Rows of the hotline: orders and their steps, issued reports, what a county sets."""

from gongkai.hotline.models.orders import OrderStep, WorkOrder
from gongkai.hotline.models.reports import MonthReport
from gongkai.hotline.models.sealing import SealedRow, key_mark, phone_index, secret_digest
from gongkai.hotline.models.settings import (
    CallMonth,
    DispatchRule,
    IntakeClient,
    IntakeReceipt,
    OrderSeries,
    OwnLimit,
)

__all__ = [
    "CallMonth",
    "DispatchRule",
    "IntakeClient",
    "IntakeReceipt",
    "MonthReport",
    "OrderSeries",
    "OrderStep",
    "OwnLimit",
    "SealedRow",
    "WorkOrder",
    "key_mark",
    "phone_index",
    "secret_digest",
]
