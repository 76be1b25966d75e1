"""What a requester hands in over the site: a supplement, or word that they withdraw (Art. 30).

The requester does not move the case: the office looks at what came and records the act, for
only the office can say whether a supplement is one. The text and papers are files of the case;
the event here is what the log and whoever listens to the bell are told.
"""

import uuid
from datetime import datetime
from enum import StrEnum

from django.db import transaction

from gongkai.audit import Actor
from gongkai.audit.actions import record
from gongkai.inforequests.lifecycle.errors import Refused
from gongkai.inforequests.lifecycle.states import CONCLUDED, State
from gongkai.inforequests.models import IncomingMail, InfoRequest, MailState


class Offer(StrEnum):
    """What is handed in."""

    SUPPLEMENT = "SUPPLEMENT"
    WITHDRAWAL = "WITHDRAWAL"

    @property
    def label(self) -> str:
        """Return it in Chinese."""
        return {"SUPPLEMENT": "补正", "WITHDRAWAL": "撤回申请"}[self.value]


def offers_open(info_request: InfoRequest) -> tuple[Offer, ...]:
    """Return what the requester of a case may hand in now."""
    state = State(info_request.state)
    if state in CONCLUDED:
        return ()
    if state is State.AWAITING_SUPPLEMENT:
        return (Offer.SUPPLEMENT, Offer.WITHDRAWAL)
    return (Offer.WITHDRAWAL,)


def offer(info_request: InfoRequest, *, what: Offer, by: Actor, at: datetime) -> None:
    """Tell the office that its requester has handed something in; the files are stored before.

    Raises:
        Refused: nothing of this sort is awaited now.
    """
    with transaction.atomic():
        case = InfoRequest.objects.select_for_update(of=("self",)).get(pk=info_request.pk)
        if what not in offers_open(case):
            raise Refused(f"申请现在的状态不需要在网上提交“{what.label}”，请与受理机构联系。")
        IncomingMail.objects.create(
            organ_id=case.organ_id,
            key=f"offer:{uuid.uuid4()}",
            received_at=at,
            read_at=at,
            state=MailState.ATTACHED,
            info_request=case,
            note=f"申请人在网上提交了{what.label}，内容见案件的文件",
        )
        record(
            "inforequests.offer",
            case.typed_id,
            chain=info_request.organ.code,
            by=by,
            at=at,
            label=case.number,
            after={"offer": what.label},
        )
