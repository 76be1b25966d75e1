"""How long an archived case keeps who asked (Art. 45; 个人信息保护法 19, 47)."""

from enum import StrEnum


class Retention(StrEnum):
    """The retention class of a closed case; local practice decides which is the usual one."""

    TEN_YEARS = "TEN_YEARS"
    THIRTY_YEARS = "THIRTY_YEARS"
    PERMANENT = "PERMANENT"

    @property
    def label(self) -> str:
        """Return the class in Chinese."""
        return {"TEN_YEARS": "10年", "THIRTY_YEARS": "30年", "PERMANENT": "永久"}[self.value]

    @property
    def years(self) -> int | None:
        """Return the years of keeping, None for ever."""
        return {"TEN_YEARS": 10, "THIRTY_YEARS": 30}.get(self.value)
