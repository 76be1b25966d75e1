"""Which findings are of one kind: a hundred dead links of a site are one line of the ledger.

Alike is what one rule found on one site (or in our own records) at the door of one organ. What
people wrote down has no rule that says what it is: each of these stands alone.
"""

import hashlib

LISTED = "listed"  # the rule of what people found


def alike(rule: str, site_id: int | None, fingerprint: str) -> int:
    """Return a signed number of 64 bits that findings of one kind of one organ share."""
    told = f"{rule}\n{fingerprint}" if rule == LISTED else f"{rule}\n{site_id or ''}"
    return int.from_bytes(hashlib.sha256(told.encode()).digest()[:8], signed=True)
