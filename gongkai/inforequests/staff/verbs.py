"""The verbs that the screens offer: each with its form, its place in the work, who may do it.

The address of a verb is the name of its function in `actions`. What the table of states
allows is offered; the rest is told with the article that stands against it.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from gongkai.inforequests.lifecycle.states import Event, State
from gongkai.inforequests.lifecycle.transitions import open_events, refusal
from gongkai.inforequests.staff import forms
from gongkai.inforequests.staff.access import WHO_MAY
from gongkai.orgs.models import Role

_E, _S = Event, State
_AT_ONCE = frozenset({_S.REGISTERED, _S.PROCESSING})


@dataclass(frozen=True, slots=True)
class Verb:
    """One verb: its address, the event it brings about, its form (None: a screen of its own)."""

    slug: str
    event: Event
    form: type[forms.ActForm] | None
    words: str = ""
    only_in: Collection[State] = ()

    @property
    def label(self) -> str:
        """Return the words on its button."""
        return self.words or self.event.label

    @property
    def roles(self) -> str:
        """Return in Chinese which posts may do it."""
        return "、".join(role.label for role in Role if role in WHO_MAY[self.event])

    def fits(self, state: State) -> bool:
        """Say whether the table of states lets it happen now."""
        allowed = set(open_events(state))
        if _E.RECORD_LAST_OPINION in allowed:
            allowed.add(_E.RECORD_OPINION)
        return self.event in allowed and (not self.only_in or state in self.only_in)


VERBS = (
    Verb("register", _E.REGISTER, forms.RegisterForm),
    Verb("try_contact", _E.TRY_CONTACT, forms.TryContactForm),
    Verb("assign", _E.ASSIGN, forms.AssignForm),
    Verb("draft_reply", _E.DRAFT_REPLY, None),
    Verb("search", _E.SEARCH, forms.SearchForm),
    Verb("receive_supplement", _E.RECEIVE_SUPPLEMENT, forms.ReceiveSupplementForm),
    Verb("lapse_supplement", _E.LAPSE_SUPPLEMENT, forms.LapseSupplementForm),
    Verb("serve_consultation", _E.SERVE_CONSULTATION, forms.ConsultationForm),
    Verb("record_opinion", _E.RECORD_OPINION, forms.OpinionForm),
    Verb("record_payment", _E.RECORD_PAYMENT, forms.PaymentForm),
    Verb("lapse_fee", _E.LAPSE_FEE, forms.LapseFeeForm),
    Verb("pass_draft", _E.PASS_DRAFT, forms.PassForm),
    Verb("sign", _E.SIGN, forms.SignForm),
    Verb("issue_reply", _E.ISSUE, forms.IssueForm),
    Verb("serve", _E.REPLY, forms.ServeForm, "登记送达", (_S.ISSUED,)),
    Verb("return_draft", _E.RETURN_DRAFT, forms.ReturnDraftForm),
    Verb("ask_supplement", _E.ASK_SUPPLEMENT, forms.AskSupplementForm),
    Verb("consult_third_party", _E.CONSULT_THIRD_PARTY, forms.ConsultThirdPartyForm),
    Verb("consult_organ", _E.CONSULT_ORGAN, forms.ConsultOrganForm),
    Verb("tell_third_party", _E.TELL_THIRD_PARTY, forms.TellThirdPartyForm),
    Verb("propose_extension", _E.PROPOSE_EXTENSION, forms.ProposeExtensionForm),
    Verb("extend", _E.EXTEND, forms.ExtendForm),
    Verb("ask_reasons", _E.ASK_REASONS, forms.AskReasonsForm),
    Verb("receive_reasons", _E.RECEIVE_REASONS, forms.ReceiveReasonsForm),
    Verb("set_delay", _E.SET_DELAY, forms.SetDelayForm),
    Verb("charge_fee", _E.CHARGE_FEE, forms.ChargeFeeForm),
    Verb("split", _E.SPLIT, forms.SplitForm),
    Verb("merge", _E.MERGE, forms.MergeForm),
    Verb("transfer", _E.TRANSFER, forms.TransferForm),
    Verb("reply", _E.REPLY, forms.ReplyForm, "登记当场（系统外）答复", _AT_ONCE),
    Verb("cancel_issue", _E.CANCEL_ISSUE, forms.CancelIssueForm),
    Verb("withdraw", _E.WITHDRAW, forms.WithdrawForm),
    Verb("close", _E.CLOSE, forms.CloseForm),
    Verb("archive", _E.ARCHIVE, forms.ArchiveForm),
    Verb("return_mail", _E.RETURN_MAIL, forms.ReturnMailForm),
    Verb("serve_again", _E.SERVE_AGAIN, forms.ServeAgainForm),
    Verb("refer", _E.REFER, forms.ReferForm),
    Verb("reopen", _E.REOPEN, forms.ReopenForm),
)
BY_SLUG: Mapping[str, Verb] = {verb.slug: verb for verb in VERBS}
# What may happen only once in a round of a case.
_ONCE: Mapping[Event, str] = {
    _E.ASK_SUPPLEMENT: "补正应当一次性告知，已经告知过（第三十条）",
    _E.EXTEND: "答复期限只能延长一次，已经延长过（第三十三条第二款）",
    _E.PROPOSE_EXTENSION: "答复期限只能延长一次，已经延长过（第三十三条第二款）",
    _E.CHARGE_FEE: "一件申请只能通知缴费一次（收费办法第三条、第六条）",
    _E.SET_DELAY: "延迟答复的合理期限已经确定（第三十五条）",
}
# What presupposes another act.
_AFTER: Mapping[Event, tuple[Event, str]] = {
    _E.EXTEND: (_E.PROPOSE_EXTENSION, "还没有提请延期（第三十三条第二款）"),
    _E.RECEIVE_REASONS: (_E.ASK_REASONS, "还没有要求说明理由（第三十五条）"),
    _E.SET_DELAY: (_E.ASK_REASONS, "还没有要求说明理由（第三十五条）"),
    _E.SERVE_AGAIN: (_E.RETURN_MAIL, "没有邮件退回的记录（第四十条）"),
    _E.TELL_THIRD_PARTY: (_E.CONSULT_THIRD_PARTY, "没有征求过第三方意见（第三十二条）"),
}


def offered(state: State, happened: Collection[Event]) -> list[Verb]:
    """Return the verbs that may be done now, the likeliest first.

    `happened` are the kinds of the acts of the round; the verbs check the rest themselves.
    """
    return [verb for verb in VERBS if verb.fits(state) and not _hindrance(verb, happened)]


def refused(state: State, happened: Collection[Event]) -> list[tuple[Verb, str]]:
    """Return the verbs that may not be done now, each with what stands against it."""
    reasons = []
    for verb in VERBS:
        if not verb.fits(state):
            reasons.append((verb, why_not(verb, state)))
        elif why := _hindrance(verb, happened):
            reasons.append((verb, f"不能“{verb.label}”：{why}。"))
    return reasons


def why_not(verb: Verb, state: State) -> str:
    """Return in Chinese why the table of states refuses a verb."""
    return refusal(state, verb.event).replace(f"“{verb.event.label}”", f"“{verb.label}”", 1)


def _hindrance(verb: Verb, happened: Collection[Event]) -> str:
    before, why = _AFTER.get(verb.event, (None, ""))
    if before and before not in happened:
        return why
    once_done = _E.EXTEND if verb.event is _E.PROPOSE_EXTENSION else verb.event
    return _ONCE.get(verb.event, "") if once_done in happened else ""
