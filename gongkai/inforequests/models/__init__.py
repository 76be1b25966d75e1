"""Rows of disclosure upon request; see each module."""

from gongkai.inforequests.lifecycle.channels import Carrier, Delivery, IntakeChannel
from gongkai.inforequests.lifecycle.states import Event, State
from gongkai.inforequests.models.cases import Act, DeadlineChange, InfoRequest, RequestItem
from gongkai.inforequests.models.numbers import NumberSeries, OrganSerial
from gongkai.inforequests.models.requesters import Requester

__all__ = [
    "Act",
    "Carrier",
    "DeadlineChange",
    "Delivery",
    "Event",
    "InfoRequest",
    "IntakeChannel",
    "NumberSeries",
    "OrganSerial",
    "RequestItem",
    "Requester",
    "State",
]
