"""What of the chapter's sealed rows stands under another key than that of now."""

from gongkai.remedies.models import Complaint, Party, SealedRow, key_mark

SEALED_ROWS: tuple[type[SealedRow], ...] = (Party, Complaint)


def to_reseal() -> int:
    """Return how many rows are sealed under another key or cipher than those of now."""
    return sum(model._default_manager.exclude(key_id=key_mark()).count() for model in SEALED_ROWS)
