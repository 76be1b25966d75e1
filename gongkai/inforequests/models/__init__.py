"""Rows of disclosure upon request; see each module."""

from gongkai.inforequests.lifecycle.channels import (
    Carrier,
    Delivery,
    IntakeChannel,
    ReferralTarget,
    ServiceWay,
)
from gongkai.inforequests.lifecycle.retention import Retention
from gongkai.inforequests.lifecycle.states import Event, State
from gongkai.inforequests.models.cases import Act, DeadlineChange, InfoRequest, RequestItem
from gongkai.inforequests.models.corrections import (
    CorrectionAct,
    CorrectionRequest,
    CorrectionRequester,
    CorrectionSeries,
)
from gongkai.inforequests.models.mails import IncomingMail, MailState
from gongkai.inforequests.models.numbers import NumberSeries, OrganSerial
from gongkai.inforequests.models.offices import AcceptingOffice
from gongkai.inforequests.models.readings import PublicAttempt, Reading
from gongkai.inforequests.models.receiving import ChannelTest
from gongkai.inforequests.models.reminders import Reminder, ReminderState
from gongkai.inforequests.models.requesters import Requester
from gongkai.inforequests.models.reviews import (
    DisclosureSuggestion,
    SuggestionState,
    WithheldReview,
)

__all__ = [
    "AcceptingOffice",
    "Act",
    "Carrier",
    "ChannelTest",
    "CorrectionAct",
    "CorrectionRequest",
    "CorrectionRequester",
    "CorrectionSeries",
    "DeadlineChange",
    "Delivery",
    "DisclosureSuggestion",
    "Event",
    "IncomingMail",
    "InfoRequest",
    "IntakeChannel",
    "MailState",
    "NumberSeries",
    "OrganSerial",
    "PublicAttempt",
    "Reading",
    "ReferralTarget",
    "Reminder",
    "ReminderState",
    "RequestItem",
    "Requester",
    "Retention",
    "ServiceWay",
    "State",
    "SuggestionState",
    "WithheldReview",
]
