"""Every read of policy documents: the register, dossiers, the library, texts by day, lists."""

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

__all__ = [
    "DocumentRow",
    "acts_of",
    "description_of",
    "documents",
    "first_act_by",
    "life_of",
    "logged",
    "numbered",
    "organs_named",
    "rows",
    "standing_acts_on",
    "with_days",
    "years",
]
