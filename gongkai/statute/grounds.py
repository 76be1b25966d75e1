"""The closed list of answers to a request, and where table three counts them.

Each ground names its article and the outcome it belongs to. `result_row` gives
the one row of table three in which a counted request lands (notices
国办公开办函〔2019〕60号 and 〔2021〕30号; part disclosure wins over all others).
"""

from collections.abc import Sequence
from enum import StrEnum


class Outcome(StrEnum):
    """The groups （一） to （六） of table three."""

    GRANTED = "GRANTED"
    PARTIAL = "PARTIAL"
    WITHHELD = "WITHHELD"
    UNAVAILABLE = "UNAVAILABLE"
    DECLINED = "DECLINED"
    OTHERWISE = "OTHERWISE"


class Ground(StrEnum):
    """A result row of table three, in the order of the form."""

    GRANTED = "GRANTED"
    PARTIAL = "PARTIAL"
    STATE_SECRET = "STATE_SECRET"
    PROHIBITED_BY_LAW = "PROHIBITED_BY_LAW"
    SECURITY_AND_STABILITY = "SECURITY_AND_STABILITY"
    THIRD_PARTY_RIGHTS = "THIRD_PARTY_RIGHTS"
    INTERNAL_AFFAIRS = "INTERNAL_AFFAIRS"
    DELIBERATIVE = "DELIBERATIVE"
    ENFORCEMENT_FILE = "ENFORCEMENT_FILE"
    ADMINISTRATIVE_ENQUIRY = "ADMINISTRATIVE_ENQUIRY"
    NOT_HELD = "NOT_HELD"
    NEEDS_CREATION = "NEEDS_CREATION"
    STILL_UNCLEAR = "STILL_UNCLEAR"
    PETITION = "PETITION"
    REPEAT = "REPEAT"
    PUBLICATION = "PUBLICATION"
    EXCESSIVE = "EXCESSIVE"
    RECONFIRMATION = "RECONFIRMATION"
    NOT_SUPPLEMENTED = "NOT_SUPPLEMENTED"
    FEE_UNPAID = "FEE_UNPAID"
    OTHER = "OTHER"
