"""How grave a finding in a text is: two levels, for every checker of what is published."""

from enum import StrEnum


class Level(StrEnum):
    """BLOCKING stops publication unless a second person overrides; ADVISORY is looked at."""

    BLOCKING = "BLOCKING"
    ADVISORY = "ADVISORY"

    @property
    def label(self) -> str:
        """Return what screens say."""
        return {"BLOCKING": "须处理", "ADVISORY": "请核对"}[self.value]
