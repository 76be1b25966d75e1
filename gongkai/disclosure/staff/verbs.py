"""The verbs on an entry as screens offer them: words, form, what they warn of, what they say after.

`queries.ROLES` says whose posts allow a verb, `rules.people` which person may not.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from gongkai.disclosure import actions
from gongkai.disclosure.lifecycle import TRANSITIONS, EntryEvent, EntryState
from gongkai.disclosure.models import Entry
from gongkai.disclosure.queries import ROLES, Looking, open_acts
from gongkai.disclosure.staff import verb_forms as forms

_E = EntryEvent


@dataclass(frozen=True, slots=True)
class Verb:
    """One verb: its event and words, the form it asks in, the function that does it."""

    event: EntryEvent
    slug: str
    label: str
    call: Callable[..., Any]
    form: type[forms.VerbForm] = forms.VerbForm
    warning: str = ""
    done: str = ""
    tone: str = ""  # "no" for what takes something away
    reads: bool = False  # the text stands beside the form

    @property
    def onward(self) -> bool:
        """Say whether it leads the text on its road: the button that stands out."""
        return self.reads and self.event is not _E.RETURN

    @property
    def roles(self) -> str:
        """Return who may do it by their posts, in words."""
        roles = _RETURNERS if self.event is _E.RETURN else ROLES[self.event]
        return "、".join(sorted(str(role.label) for role in roles))


_RETURNERS = frozenset().union(
    *(
        ROLES[event]
        for event in (
            *(_E.APPROVE_FIRST, _E.APPROVE_SECOND, _E.CLEAR_SECRECY),
            *(_E.SIGN, _E.PUBLISH),
        )
    )
)
VERBS = (
    Verb(
        _E.SUBMIT,
        "submit",
        "送审",
        actions.submit,
        warning="送审后稿件冻结，审核的和公开的都是这一版；送审前系统自动检查一遍。",
        done="已送审。",
        reads=True,
    ),
    Verb(
        _E.APPROVE_FIRST,
        "approve-first",
        "初审通过",
        actions.approve_first,
        forms.NoteForm,
        done="初审通过。",
        reads=True,
    ),
    Verb(
        _E.APPROVE_SECOND,
        "approve-second",
        "复审通过",
        actions.approve_second,
        forms.NoteForm,
        done="复审通过，已送保密审查。",
        reads=True,
    ),
    Verb(
        _E.CLEAR_SECRECY,
        "clear-secrecy",
        "保密审查",
        actions.clear_secrecy,
        forms.ClearSecrecyForm,
        warning="逐项审查，每一项都要作答；有一项为“是”，或者结论不是可以公开的，请退回修改。",
        done="保密审查通过，已送签发。",
        reads=True,
    ),
    Verb(
        _E.SIGN, "sign", "签发", actions.sign, forms.NoteForm, done="已签发，可以发布。", reads=True
    ),
    Verb(
        _E.PUBLISH,
        "publish",
        "立即发布",
        actions.publish,
        warning="发布前系统再检查一遍；发布后公众立即可见，网址和索引号不再改变。",
        done="已发布。",
        reads=True,
    ),
    Verb(
        _E.SCHEDULE,
        "schedule",
        "定时发布",
        actions.schedule,
        forms.WhenForm,
        done="已定时，到时由系统检查后发布。",
    ),
    Verb(
        _E.UNSCHEDULE,
        "unschedule",
        "取消定时",
        actions.unschedule,
        forms.NoteForm,
        done="已取消定时，稿件仍为待发布。",
    ),
    Verb(
        _E.RETURN,
        "return",
        "退回修改",
        actions.return_entry,
        forms.ReturnForm,
        done="已退回。",
        reads=True,
    ),
    Verb(_E.RECALL, "recall", "撤回送审", actions.recall, done="已撤回，可以继续修改。"),
    Verb(
        _E.REVISE,
        "revise",
        "修订",
        actions.revise,
        warning="修订稿重新审核、重新发布；发布前公众看到的仍是现在的版本，网址和索引号不变。",
        done="可以修改了，原来的版本不受影响。",
    ),
    Verb(
        _E.GIVE_UP,
        "give-up",
        "放弃修订",
        actions.give_up,
        warning="修订稿将被丢弃，已公开的版本不变。",
        done="已放弃修订。",
        tone="no",
    ),
    Verb(
        _E.WITHDRAW,
        "withdraw",
        "撤下",
        actions.withdraw,
        forms.WithdrawForm,
        warning="撤下后公众看不到内容，原网址说明已撤下；需要恢复的，须修订后重新审核发布。",
        done="已撤下。",
        tone="no",
    ),
    Verb(
        _E.DISCARD,
        "discard",
        "作废",
        actions.discard,
        forms.WhyForm,
        warning="作废的稿件留存备查，不能恢复。",
        done="已作废。",
        tone="no",
    ),
)
BY_SLUG = {verb.slug: verb for verb in VERBS}
BY_EVENT = {verb.event: verb for verb in VERBS}
_HIDDEN = frozenset({_E.EDIT, _E.APPROVE_ONLY})


@dataclass(frozen=True, slots=True)
class Offer:
    """The verbs of an entry for one person: those open, those refused with why, others' turn."""

    mine: list[Verb]
    refused: list[tuple[Verb, str]]
    others: list[Verb]
    may_edit: bool


def offer(entry: Entry, looking: Looking) -> Offer:
    """Return what this person may do now, and why not the rest. One query."""
    acts = open_acts(entry, looking)
    possible = [event for (state, event) in TRANSITIONS if state == entry.state]
    mine, refused, others = [], [], []
    for verb in VERBS:
        if verb.event not in possible:
            continue
        if verb.event not in acts:
            if not looking.may_do(verb.event, entry.organ_id):
                others.append(verb)
        elif acts[verb.event]:
            refused.append((verb, acts[verb.event]))
        else:
            mine.append(verb)
    if entry.state == EntryState.SCHEDULED:
        mine = [verb for verb in mine if verb.event is not _E.PUBLISH]
        others = [verb for verb in others if verb.event is not _E.PUBLISH]
    others = [verb for verb in others if _makes_sense(verb, entry)]
    return Offer(mine, refused, others, may_edit=_E.EDIT in acts)


def _makes_sense(verb: Verb, entry: Entry) -> bool:
    return not (
        (verb.event is _E.WITHDRAW and not entry.live)
        or (verb.event is _E.DISCARD and entry.first_published_at is not None)
        or (verb.event is _E.GIVE_UP and entry.published_id is None)
    )
