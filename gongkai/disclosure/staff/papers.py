"""Who may see and add the files of an entry: whoever sees the entry; its writers while a draft.

Attachments are added in the editor, where they count as a change of the text. What is added here
is worked on first: redacted, made into a locked copy.
"""

from datetime import datetime

from django.urls import reverse

from gongkai.accounts.models import User
from gongkai.disclosure.lifecycle import EntryEvent, EntryState
from gongkai.disclosure.models import Entry
from gongkai.disclosure.staff.access import Person
from gongkai.files import CaseAccess, opens
from gongkai.files.models import Purpose


@opens("disclosure")
def files_of_entry(user: User, about: str, now: datetime) -> CaseAccess | None:
    """Return what a person may do with the files of an entry; None when they do not see it."""
    key = about.partition(":")[2]
    person = Person(user, now)
    if not (key.isascii() and key.isdigit() and len(key) < 19) or not person.sees:
        return None
    entry = Entry.objects.of(person.sees).filter(pk=int(key)).first()
    if entry is None:
        return None
    writes = person.may(EntryEvent.EDIT, entry.organ_id) and entry.state == EntryState.DRAFT
    return CaseAccess(
        organ_id=entry.organ_id,
        label=f"公开信息《{entry.title}》",
        address=reverse("disclosure:entry", args=[entry.pk]),
        may_add=writes,
        may_release=writes,
        purposes=(Purpose.SOURCE.value, Purpose.OTHER.value),
        post=person.actor.post,
    )
