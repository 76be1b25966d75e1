"""The verbs that the screens offer: each with its form, its place in the work, who may do it.

The address of a verb is the name of its function in `actions`. What may be done on a day, and
what stands against the rest, is worked out in `standing`.
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
    Verb("serve_letter", _E.SERVE_LETTER, forms.ServeLetterForm),
    Verb("record_arrival", _E.RECORD_ARRIVAL, forms.RecordArrivalForm),
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


def why_not(verb: Verb, state: State) -> str:
    """Return in Chinese why the table of states refuses a verb."""
    return refusal(state, verb.event).replace(f"“{verb.event.label}”", f"“{verb.label}”", 1)
