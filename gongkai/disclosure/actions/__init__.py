"""Every write to proactive disclosure: the text, its attachments, review, release, sections.

Errors: `gongkai.disclosure.rules`. Every verb takes `by` and `at`, the server's moment.
"""

from gongkai.disclosure.actions.attaching import attach, describe_attachment, detach, reorder
from gongkai.disclosure.actions.checking import check
from gongkai.disclosure.actions.importing import (
    Imported,
    ImportedFile,
    ImportResult,
    Refusal,
    import_entries,
    settle_import,
)
from gongkai.disclosure.actions.items import link_item, unlink_item
from gongkai.disclosure.actions.overriding import ask_override, grant_override, refuse_override
from gongkai.disclosure.actions.releasing import (
    publish,
    publish_together,
    release_due,
    schedule,
    unschedule,
    withdraw,
)
from gongkai.disclosure.actions.relinking import relink_imported
from gongkai.disclosure.actions.reviewing import (
    approve_first,
    approve_second,
    clear_secrecy,
    recall,
    return_entry,
    sign,
)
from gongkai.disclosure.actions.rulings import set_index_rule, set_review_rule
from gongkai.disclosure.actions.sections import (
    change_section,
    close_section,
    open_section,
    seed_sections,
)
from gongkai.disclosure.actions.submitting import submit
from gongkai.disclosure.actions.terms import allow_word, list_term, list_terms, unlist_term
from gongkai.disclosure.actions.writing import create, discard, edit, give_up, revise
from gongkai.disclosure.rules import (
    ChangedMeanwhile,
    ChecksStand,
    DisclosureError,
    EntryRefused,
    Fault,
    Found,
    NotAllowedNow,
    NotThisPerson,
    ReasonMissing,
    SecrecyConclusion,
    SecrecyForm,
    SecrecyQuestion,
    Told,
)

__all__ = [
    "ChangedMeanwhile",
    "ChecksStand",
    "DisclosureError",
    "EntryRefused",
    "Fault",
    "Found",
    "ImportResult",
    "Imported",
    "ImportedFile",
    "NotAllowedNow",
    "NotThisPerson",
    "ReasonMissing",
    "Refusal",
    "SecrecyConclusion",
    "SecrecyForm",
    "SecrecyQuestion",
    "Told",
    "allow_word",
    "approve_first",
    "approve_second",
    "ask_override",
    "attach",
    "change_section",
    "check",
    "clear_secrecy",
    "close_section",
    "create",
    "describe_attachment",
    "detach",
    "discard",
    "edit",
    "give_up",
    "grant_override",
    "import_entries",
    "link_item",
    "list_term",
    "list_terms",
    "open_section",
    "publish",
    "publish_together",
    "recall",
    "refuse_override",
    "release_due",
    "relink_imported",
    "reorder",
    "return_entry",
    "revise",
    "schedule",
    "seed_sections",
    "set_index_rule",
    "set_review_rule",
    "settle_import",
    "sign",
    "submit",
    "unlink_item",
    "unlist_term",
    "unschedule",
    "withdraw",
]
