"""Every verb of the chapter: one function, one transaction, one audit event.

`opening` begins accounts, `running` changes and keeps them up, `closing` ends them, `posts` records
what they posted, `importing` takes in tables of accounts, `campaigns` clean up, `publishing` sends
entries to platforms and `delivering` is what its jobs do.
"""

from gongkai.newmedia.actions.campaigns import begin_campaign, decide, finish_campaign
from gongkai.newmedia.actions.closing import (
    Archive,
    ask_closing,
    close,
    let_close,
    refuse_closing,
)
from gongkai.newmedia.actions.delivering import check, deliver, follow_entry, withdraw
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
from gongkai.newmedia.actions.publishing import (
    Proof,
    cancel_publication,
    hand_over,
    publish,
    record_by_hand,
    record_gone,
    retry,
    take_down,
)
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
from gongkai.newmedia.lifecycle import (
    Decision,
    MediaError,
    Refused,
    RowFault,
    RowsWrong,
    ToldWrongly,
)
from gongkai.newmedia.rules.platforms import Platform, PostKind, PostSource
from gongkai.newmedia.rules.publishing import Wording
from gongkai.newmedia.rules.terms import Terms, Upkeep

__all__ = [
    "Archive",
    "Decision",
    "MediaError",
    "Month",
    "Opened",
    "Platform",
    "PostKind",
    "PostSource",
    "Posted",
    "Proof",
    "Refused",
    "Registered",
    "RowFault",
    "RowsWrong",
    "Terms",
    "ToldWrongly",
    "Upkeep",
    "Wording",
    "apply",
    "approve",
    "ask_change",
    "ask_closing",
    "begin_campaign",
    "cancel_publication",
    "change",
    "check",
    "close",
    "decide",
    "deliver",
    "enter_month",
    "finish_campaign",
    "follow_entry",
    "give_up",
    "hand_over",
    "import_accounts",
    "import_posts",
    "keep_up",
    "let_close",
    "mark_main",
    "open_account",
    "publish",
    "reapply",
    "record_by_hand",
    "record_gone",
    "record_post",
    "refuse",
    "refuse_change",
    "refuse_closing",
    "register",
    "resume",
    "retry",
    "strike_post",
    "suspend",
    "take_down",
    "withdraw",
]
