"""Public addresses of entries and their attachments: given at the first release, for ever."""

import re
from datetime import datetime

_REFERENCE = "/attachment/"
ATTACHED = re.compile(rf"{_REFERENCE}([0-9a-f]{{8}}(?:-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}})")
"""How a body names an attachment of its own: its public address is not known before release."""
_ENTRY = re.compile(r"/(?P<path>[a-z0-9/_-]+)/(?P<month>[0-9]{6})/(?P<id>[0-9]{1,18})\.html")


def address_of(section_path: str, local: datetime, pk: int) -> str:
    """Return the address of an entry first released at `local`, the county's own time."""
    return f"/{section_path}/{local:%Y%m}/{pk}.html"


def folder_of(address: str) -> str:
    """Return where the attachments of an entry stand, with the slash at the end."""
    return f"{address.removesuffix('.html')}/"


def entry_in(address: str) -> int | None:
    """Return the key of the entry that an address speaks of; None when it has no such form."""
    found = _ENTRY.fullmatch(address)
    return int(found["id"]) if found else None


def reference(attachment: object) -> str:
    """Return how a body names an attachment (by its id) before and after its release."""
    return f"{_REFERENCE}{attachment}"
