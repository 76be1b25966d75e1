"""Every verb of the chapter: one function, one transaction, one audit event.

`opening` begins accounts, `running` changes and keeps them up, `closing` ends them, `posts` records
what they posted, `importing` takes in tables of accounts, `campaigns` clean up.
"""

from gongkai.newmedia.actions.campaigns import begin_campaign, decide, finish_campaign
from gongkai.newmedia.actions.closing import (
    Archive,
    ask_closing,
    close,
    let_close,
    refuse_closing,
)
from gongkai.newmedia.actions.importing import import_accounts
from gongkai.newmedia.actions.opening import (
    Opened,
    Registered,
    apply,
    approve,
    give_up,
    open_account,
    reapply,
    refuse,
    register,
)
from gongkai.newmedia.actions.posts import Posted, import_posts, record_post, strike_post
from gongkai.newmedia.actions.running import (
    Month,
    ask_change,
    change,
    enter_month,
    keep_up,
    mark_main,
    refuse_change,
    resume,
    suspend,
)
from gongkai.newmedia.lifecycle import MediaError, Refused, RowFault, RowsWrong, ToldWrongly
from gongkai.newmedia.rules.platforms import Platform, PostKind, PostSource
from gongkai.newmedia.rules.terms import Terms, Upkeep

__all__ = [
    "Archive",
    "MediaError",
    "Month",
    "Opened",
    "Platform",
    "PostKind",
    "PostSource",
    "Posted",
    "Refused",
    "Registered",
    "RowFault",
    "RowsWrong",
    "Terms",
    "ToldWrongly",
    "Upkeep",
    "apply",
    "approve",
    "ask_change",
    "ask_closing",
    "begin_campaign",
    "change",
    "close",
    "decide",
    "enter_month",
    "finish_campaign",
    "give_up",
    "import_accounts",
    "import_posts",
    "keep_up",
    "let_close",
    "mark_main",
    "open_account",
    "reapply",
    "record_post",
    "refuse",
    "refuse_change",
    "refuse_closing",
    "register",
    "resume",
    "strike_post",
    "suspend",
]
