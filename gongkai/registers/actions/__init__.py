"""Every write to the registers: enter a batch, import a file of batches, withdraw (Art. 20, 50).

Writers of one organ queue on the organ's row, so that the running stock of items
is checked against what really stands. Errors: `gongkai.registers.rules`.
"""

from gongkai.registers.actions.batches import enter_batch, withdraw_batch
from gongkai.registers.actions.imports import faults_of_rows, import_batches, withdraw_import
from gongkai.registers.queries import ImportRow
from gongkai.registers.rules import BatchFigures, RegisterError, RegisterKind

__all__ = [
    "BatchFigures",
    "ImportRow",
    "RegisterError",
    "RegisterKind",
    "enter_batch",
    "faults_of_rows",
    "import_batches",
    "withdraw_batch",
    "withdraw_import",
]
