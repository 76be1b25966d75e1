"""Every write to the registers: batches and single decisions, one or by file (Art. 20, 50).

Writers of one organ queue on the organ's row, so that the running stock of items
is checked against what really stands. Errors: `gongkai.registers.rules`.
"""

from gongkai.registers.actions.batches import correct_batch, enter_batch, withdraw_batch
from gongkai.registers.actions.decisions import (
    cancel_decision,
    enter_decision,
    faults_of_decision_rows,
    import_decisions,
    publish_decision,
    strike_decision,
    take_down_decision,
)
from gongkai.registers.actions.imports import faults_of_rows, import_batches, withdraw_import
from gongkai.registers.actions.sources import Source
from gongkai.registers.actions.upkeep import recompute_deadlines
from gongkai.registers.queries import DecisionRow, ImportRow
from gongkai.registers.rules import BatchFigures, DecisionFacts, RegisterError, RegisterKind

__all__ = [
    "BatchFigures",
    "DecisionFacts",
    "DecisionRow",
    "ImportRow",
    "RegisterError",
    "RegisterKind",
    "Source",
    "cancel_decision",
    "correct_batch",
    "enter_batch",
    "enter_decision",
    "faults_of_decision_rows",
    "faults_of_rows",
    "import_batches",
    "import_decisions",
    "publish_decision",
    "recompute_deadlines",
    "strike_decision",
    "take_down_decision",
    "withdraw_batch",
    "withdraw_import",
]
