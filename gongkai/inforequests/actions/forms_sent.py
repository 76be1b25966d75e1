"""A form sent twice is one request, told with the same code; a changed form is another one.

The key of a form comes from a browser that several people may use one after the other, so the
key alone never gives a request, or its query code, to whoever sends it (Art. 29).
"""

from gongkai.adapters.cipher import keyring
from gongkai.inforequests.models import InfoRequest
from gongkai.inforequests.models.requesters import blind_indexes
from gongkai.inforequests.queries.public import code_digest
from gongkai.inforequests.rules.requesters import RequesterDetails
from gongkai.orgs.models import Organ
from gongkai.text import query_codes as codes

_CODE_OF_FORM = "inforequests.query_code_of_form"


def sent_before(submission_key: str) -> InfoRequest | None:
    """Return the request that was made of a form, if one was."""
    if not submission_key:
        return None
    found = InfoRequest.objects.select_related("requester")
    return found.filter(submission_key=submission_key).first()


def is_same_form(
    found: InfoRequest, organ: Organ, description: str, requester: RequesterDetails
) -> bool:
    """Say whether the same person asks the same organ for the same in the same words."""
    same_words = found.organ_id == organ.pk and found.description == description.strip()
    who = found.requester
    return same_words and all(
        getattr(who, column) == index for column, index in blind_indexes(requester).items()
    )


def with_code(found: InfoRequest) -> InfoRequest:
    """Return a request with the code that its form was told; "" when it was renewed since."""
    code = code_for(found.submission_key or "")
    found.query_code = code if found.query_code_digest == code_digest(code) else ""
    return found


def code_for(submission_key: str) -> str:
    """Return a code by chance, or always the same for one form, so that it can be told again."""
    if not submission_key:
        return codes.new_code()
    return codes.code_from(keyring().blind_index(submission_key, _CODE_OF_FORM))
