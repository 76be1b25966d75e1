"""What may be done with an account, each act with its form, its doer and its verb."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms

from gongkai.newmedia import actions
from gongkai.newmedia.lifecycle import AccountEvent, AccountState
from gongkai.newmedia.lifecycle.accounts import open_events
from gongkai.newmedia.models import Account
from gongkai.newmedia.queries import MediaPerson
from gongkai.newmedia.staff import forms as asked

Take = Callable[[Account, Any, dict[str, Any]], object]
_E = AccountEvent


def _plain(verb: Callable[..., object]) -> Take:
    """Return a doer that hands the form's fields to a verb by their names."""
    return lambda account, form, who: verb(account, **form.cleaned_data, **who)


@dataclass(frozen=True, slots=True)
class Act:
    """One act: its slug, the event it rests on, its form, and whose it is; `hint` says more."""

    slug: str
    event: AccountEvent
    form: type[forms.Form]
    take: Take
    office: bool = False
    main: bool = False
    hint: str = ""

    @property
    def label(self) -> str:
        """Return the act in Chinese."""
        return self.event.label

    def open_to(self, person: MediaPerson, account: Account) -> bool:
        """Say whether a person may do this with an account now."""
        if self.event not in open_events(AccountState(account.state)):
            return False
        return person.keeps(account.county_id) if self.office else person.records_for(account)


_ALL = (
    Act("approve", _E.APPROVE, asked.ApproveForm, _plain(actions.approve), office=True, main=True),
    Act("refuse", _E.REFUSE, asked.WhyForm, _plain(actions.refuse), office=True),
    Act(
        "open",
        _E.OPEN,
        asked.OpenForm,
        lambda account, form, who: actions.open_account(account, told=form.opened(), **who),
        main=True,
        hint="先在全国政务新媒体信息报送系统备案，再在平台开通，然后登记。工作群只填开设日期。",
    ),
    Act("reapply", _E.REAPPLY, asked.WhyForm, _plain(actions.reapply), main=True),
    Act("give-up", _E.GIVE_UP, asked.WhyForm, _plain(actions.give_up)),
    Act("change", _E.CHANGE, asked.ApprovalForm, _plain(actions.change), office=True, main=True),
    Act(
        "refuse-change", _E.REFUSE_CHANGE, asked.WhyForm, _plain(actions.refuse_change), office=True
    ),
    Act(
        "ask-change",
        _E.ASK_CHANGE,
        asked.ChangeForm,
        lambda account, form, who: actions.ask_change(
            account, terms=form.terms(), why=form.cleaned_data["why"], **who
        ),
        hint="批准以前，账号的登记信息不变。责任人、电话等不用申请，在“维护信息”中直接修改。",
    ),
    Act(
        "resume", _E.RESUME, asked.WhyForm, _plain(actions.resume), office=True, main=True
    ),
    Act("suspend", _E.SUSPEND, asked.WhyForm, _plain(actions.suspend), office=True),
    Act(
        "let-close", _E.LET_CLOSE, asked.ApprovalForm, _plain(actions.let_close), office=True,
        main=True,
    ),
    Act(
        "refuse-closing",
        _E.REFUSE_CLOSING,
        asked.WhyForm,
        _plain(actions.refuse_closing),
        office=True,
    ),
    Act(
        "close",
        _E.CLOSE,
        asked.CloseForm,
        lambda account, form, who: actions.close(account, **form.told(), **who),
        main=True,
        hint="依次办理：在账号上发布注销公告，写明替代渠道；导出内容归档；在平台注销；在这里登记。",
    ),
    Act("ask-closing", _E.ASK_CLOSING, asked.AskClosingForm, _plain(actions.ask_closing)),
)  # fmt: skip
ACTS = {act.slug: act for act in _ALL}


def offered(person: MediaPerson, account: Account) -> list[Act]:
    """Return what a person may do with an account now, the usual first."""
    found = (act for act in _ALL if act.open_to(person, account))
    return sorted(found, key=lambda act: not act.main)
