"""The closed lists of the chapter: what it is, what came of it, what the proposer thinks of it."""

from enum import StrEnum


class ProposalKind(StrEnum):
    """By whom it was made."""

    SUGGESTION = "SUGGESTION"
    PROPOSAL = "PROPOSAL"

    @property
    def label(self) -> str:
        """Return the kind in Chinese."""
        return {"SUGGESTION": "人大建议", "PROPOSAL": "政协提案"}[self.value]

    @property
    def noun(self) -> str:
        """Return the last word of its title: 第12号建议."""
        return {"SUGGESTION": "建议", "PROPOSAL": "提案"}[self.value]

    @property
    def proposer(self) -> str:
        """Return what its first signer is called."""
        return {"SUGGESTION": "领衔代表", "PROPOSAL": "第一提案人"}[self.value]


class Result(StrEnum):
    """What came of it (结果类别)."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"

    @property
    def label(self) -> str:
        """Return the class with its meaning."""
        return {
            "A": "A类：已经解决或者采纳",
            "B": "B类：正在解决或者列入计划解决",
            "C": "C类：因条件限制暂时不能解决",
            "D": "D类：留作参考",
        }[self.value]

    @property
    def short(self) -> str:
        """Return the class alone."""
        return f"{self.value}类"


class Satisfaction(StrEnum):
    """What the deputy or member thinks of the reply."""

    SATISFIED = "SATISFIED"
    BASICALLY = "BASICALLY"
    DISSATISFIED = "DISSATISFIED"

    @property
    def label(self) -> str:
        """Return the opinion in Chinese."""
        return {"SATISFIED": "满意", "BASICALLY": "基本满意", "DISSATISFIED": "不满意"}[self.value]


CONTENT = (Satisfaction.SATISFIED, Satisfaction.BASICALLY)


class ContactWay(StrEnum):
    """How the handling organ talked with the proposer."""

    MEETING = "MEETING"
    VISIT = "VISIT"
    PHONE = "PHONE"
    WRITING = "WRITING"

    @property
    def label(self) -> str:
        """Return the way in Chinese."""
        return {"MEETING": "面商", "VISIT": "走访", "PHONE": "电话", "WRITING": "书面"}[self.value]


FACE_TO_FACE = (ContactWay.MEETING, ContactWay.VISIT)
