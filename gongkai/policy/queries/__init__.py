"""Every read of policy documents: the register, dossiers, the library, texts by day, lists."""

from gongkai.policy.queries.desk import RECORDERS, VIEWERS, desk_figures
from gongkai.policy.queries.documents import (
    DocumentRow,
    acts_of,
    description_of,
    documents,
    first_act_by,
    life_of,
    logged,
    numbered,
    organs_named,
    rows,
    standing_acts_on,
    with_days,
    years,
)
from gongkai.policy.queries.filings import late_to_file, to_file
from gongkai.policy.queries.library import Asked, Cursor, LibraryRow, Scope, expiring
from gongkai.policy.queries.rounds import rounds_of

__all__ = [
    "RECORDERS",
    "VIEWERS",
    "Asked",
    "Cursor",
    "DocumentRow",
    "LibraryRow",
    "Scope",
    "acts_of",
    "description_of",
    "desk_figures",
    "documents",
    "expiring",
    "first_act_by",
    "late_to_file",
    "life_of",
    "logged",
    "numbered",
    "organs_named",
    "rounds_of",
    "rows",
    "standing_acts_on",
    "to_file",
    "with_days",
    "years",
]
