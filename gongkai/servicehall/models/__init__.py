"""Rows of the chapter: halls, items with guides, help, policies with cases, zones."""

from gongkai.servicehall.models.assistance import Assistance, AssistanceStep
from gongkai.servicehall.models.halls import Attendant, Hall, Residency, Window
from gongkai.servicehall.models.items import GuideVersion, ItemImport, ServiceItem
from gongkai.servicehall.models.policies import Clause, EnterprisePolicy, FulfilmentCase
from gongkai.servicehall.models.zones import OpenZone, ZoneMonth

__all__ = [
    "Assistance",
    "AssistanceStep",
    "Attendant",
    "Clause",
    "EnterprisePolicy",
    "FulfilmentCase",
    "GuideVersion",
    "Hall",
    "ItemImport",
    "OpenZone",
    "Residency",
    "ServiceItem",
    "Window",
    "ZoneMonth",
]
