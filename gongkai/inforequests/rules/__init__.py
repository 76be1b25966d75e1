"""What the acts of a case come to, and what an act must tell; plain Python.

`data` checks the data of an act, `replay` is the reducer, `guards` (with `steps` and
`answers`) holds what must be true beyond the state. Nothing here knows a calendar: terms
are in `deadlines`.
"""

from gongkai.inforequests.rules.answers import unmet_claims
from gongkai.inforequests.rules.data import FIELDS, check_data
from gongkai.inforequests.rules.guards import guard
from gongkai.inforequests.rules.replay import (
    Case,
    OpenConsultation,
    ground_of,
    grounds_told,
    replay,
    resolve,
)

__all__ = [
    "FIELDS",
    "Case",
    "OpenConsultation",
    "check_data",
    "ground_of",
    "grounds_told",
    "guard",
    "replay",
    "resolve",
    "unmet_claims",
]
