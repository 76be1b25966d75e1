"""Who is who: organs on a day, the level at which each reports, who may see and act for whom."""

from gongkai.orgs.queries.access import (
    BUSINESS_ROLES,
    COUNTY_WIDE_ROLES,
    Official,
    holds_any,
    holds_for_county,
    may_act_for,
    organs_seen_by,
)
from gongkai.orgs.queries.organs import (
    BODIES,
    Level,
    ReportingUnit,
    existing_between,
    name_on,
    organs_of,
    reporting_units,
    succession_of,
)
from gongkai.orgs.queries.posts import (
    PostHeld,
    delegations_in_force,
    held_by,
    in_force,
    posts_in,
    posts_of,
)
from gongkai.orgs.queries.reviewing import (
    AccessList,
    Holding,
    access_list,
    quarter_of,
    reviews_of,
)

__all__ = [
    "BODIES",
    "BUSINESS_ROLES",
    "COUNTY_WIDE_ROLES",
    "AccessList",
    "Holding",
    "Level",
    "Official",
    "PostHeld",
    "ReportingUnit",
    "access_list",
    "delegations_in_force",
    "existing_between",
    "held_by",
    "holds_any",
    "holds_for_county",
    "in_force",
    "may_act_for",
    "name_on",
    "organs_of",
    "organs_seen_by",
    "posts_in",
    "posts_of",
    "quarter_of",
    "reporting_units",
    "reviews_of",
    "succession_of",
]
