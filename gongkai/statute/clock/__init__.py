"""Clocks: the acts of a case go in, a deadline with the sum behind it comes out.

`acts` are the values that a case is made of, `receipt` fixes the day of receipt
(Art. 31), `reply` counts the term for the answer (Art. 30, 32 to 35 and the fee notice),
`checks` refuses orders of acts that cannot be, `terms` holds the plain terms (publication,
reports, reconsideration, suits), `deadline` the answer itself. Nothing here counts down:
a clock takes the acts and a calendar and knows no present moment.
"""

from gongkai.statute.clock.acts import (
    Acts,
    Consultation,
    ConsultationKind,
    Delay,
    Extension,
    FeeNotice,
    IntakeChannel,
    Silence,
    Supplement,
)
from gongkai.statute.clock.checks import check
from gongkai.statute.clock.deadline import Deadline, Step, TraceDay, Waiting, WaitingFor
from gongkai.statute.clock.errors import ClockError, NoSuchRule, OutOfOrder, TooLate, TooLong
from gongkai.statute.clock.receipt import Receipt, receipt
from gongkai.statute.clock.reply import replay, reply
from gongkai.statute.clock.trace import trace

__all__ = [
    "Acts",
    "ClockError",
    "Consultation",
    "ConsultationKind",
    "Deadline",
    "Delay",
    "Extension",
    "FeeNotice",
    "IntakeChannel",
    "NoSuchRule",
    "OutOfOrder",
    "Receipt",
    "Silence",
    "Step",
    "Supplement",
    "TooLate",
    "TooLong",
    "TraceDay",
    "Waiting",
    "WaitingFor",
    "check",
    "receipt",
    "replay",
    "reply",
    "trace",
]
