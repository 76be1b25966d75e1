"""Rules of the hotline in plain Python: texts, categories, rates, tables, what may be public."""

from gongkai.hotline.rules.texts import (
    ANONYMOUS,
    ERASED,
    FIELDS,
    Caller,
    Field,
    NewOrder,
    PublicText,
    is_typed_id,
    masked_name,
    masked_phone,
    plain_phone,
    used,
)

__all__ = [
    "ANONYMOUS",
    "ERASED",
    "FIELDS",
    "Caller",
    "Field",
    "NewOrder",
    "PublicText",
    "is_typed_id",
    "masked_name",
    "masked_phone",
    "plain_phone",
    "used",
]
