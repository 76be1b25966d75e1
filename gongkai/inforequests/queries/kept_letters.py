"""Which letters of a case stay: what has reached its recipient is never void."""

from uuid import UUID

from gongkai.inforequests.models import Act, Event
from gongkai.letters.models import Letter

_SERVED = frozenset({Event.REPLY, Event.REPLY_ANEW})


def why_kept(letter: Letter) -> str:
    """Return in Chinese why a letter of a case may not be cancelled, empty when it may.

    A served answer is put right by a new one: by reconsideration or by a correction of the
    organ's own, each with a number of its own; the old number stays what it was.
    """
    try:
        case = UUID(letter.about.partition(":")[2])
    except ValueError:  # about no case of this chapter: nothing here can have been served
        return ""
    acts = Act.objects.filter(info_request_id=case)
    issued = False
    for kind, data in acts.order_by("sequence").values_list("kind", "data"):
        if kind == Event.ISSUE:
            issued = str(letter.pk) in data["letter_ids"]
        elif kind == Event.CANCEL_ISSUE:
            issued = False
        elif kind == Event.SERVE_LETTER and data.get("letter") == str(letter.pk):
            return f"“{letter}”已经登记送达，不能作废；确有错误的，请另行书面更正并送达"
        elif kind in _SERVED and issued:
            return (
                f"“{letter}”已经送达申请人（第四十条），不能作废；确有错误的，请重新作出答复并送达"
            )
    return ""
