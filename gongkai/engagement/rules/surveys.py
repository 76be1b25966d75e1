"""Questions of a survey as an official types them, and what a ballot must hold (law.md 4.3).

Questions are parted by blank lines. The first line is the question, with （单选）, （多选） or
（填写） behind it, and （选答） where it may be left out; each line below is an answer to choose.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from gongkai.engagement.lifecycle import QuestionKind, ToldWrongly
from gongkai.engagement.rules.texts import used

MOST_QUESTIONS, MOST_CHOICES = 40, 20
LONGEST_QUESTION, LONGEST_CHOICE = 200, 100
_MARK = re.compile(r"[（(](单选|多选|填写|选答)(?:[，,、](选答))?[）)]\s*$")
_NUMBERED = re.compile(r"^\s*\d{1,2}\s*[.．、]\s*")
_KINDS = {kind.label: kind for kind in QuestionKind}


@dataclass(frozen=True, slots=True)
class QuestionTold:
    """One question: its words, how it is answered, whether it must be, what may be chosen."""

    text: str
    kind: QuestionKind
    required: bool
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as a ballot is held against it: its key and the keys of its choices."""

    id: int
    text: str
    kind: QuestionKind
    required: bool
    choices: Collection[int]


@dataclass(frozen=True, slots=True)
class Filled:
    """A ballot: chosen answers by question, written ones by question."""

    picks: Mapping[int, frozenset[int]]
    remarks: Mapping[int, str]


def read_questions(text: str) -> tuple[QuestionTold, ...]:
    """Return the questions that an official typed.

    Raises:
        ToldWrongly: nothing was typed, or a question cannot be answered as it stands.
    """
    text = used(text, "questions").replace("\r\n", "\n")
    blocks = [block for block in re.split(r"\n\s*\n", text) if block.strip()]
    if len(blocks) > MOST_QUESTIONS:
        raise ToldWrongly(f"题目不能超过{MOST_QUESTIONS}道，请删减", "questions")
    return tuple(_question(number, block) for number, block in enumerate(blocks, start=1))


def _question(number: int, block: str) -> QuestionTold:
    head, *lines = (line.strip() for line in block.strip().split("\n"))
    head = _NUMBERED.sub("", head)
    kind, required = QuestionKind.SINGLE, True
    while found := _MARK.search(head):
        marks = {found[1], found[2]}
        required = required and "选答" not in marks
        kind = next((_KINDS[mark] for mark in marks if mark in _KINDS), kind)
        head = head[: found.start()].rstrip()
    choices = tuple(line for line in lines if line)
    _check(number, head, kind, choices)
    return QuestionTold(head, kind, required, choices)


def _check(number: int, head: str, kind: QuestionKind, choices: Sequence[str]) -> None:
    def refuse(said: str) -> None:
        raise ToldWrongly(f"第{number}题{said}", "questions")

    if not head or len(head) > LONGEST_QUESTION:
        refuse(f"应当有题目，不超过{LONGEST_QUESTION}字")
    if kind is QuestionKind.TEXT:
        if choices:
            refuse("是填写的，不用列选项；要列选项请改为单选或者多选")
        return
    if not 2 <= len(choices) <= MOST_CHOICES:
        refuse(f"应当有2至{MOST_CHOICES}个选项，每行写一个，题目和选项之间不要空行")
    if len(set(choices)) < len(choices):
        refuse("有相同的选项，请改正")
    if any(len(each) > LONGEST_CHOICE for each in choices):
        refuse(f"的选项不能超过{LONGEST_CHOICE}字")


def typed_questions(questions: Collection[QuestionTold]) -> str:
    """Return questions as an official types them."""
    blocks = []
    for number, each in enumerate(questions, start=1):
        mark = f"（{each.kind.label}{'' if each.required else '，选答'}）"
        blocks.append("\n".join((f"{number}. {each.text}{mark}", *each.choices)))
    return "\n\n".join(blocks)


def field_of(question_id: int) -> str:
    """Return the name of a question's field in the form."""
    return f"q{question_id}"


def check_ballot(asked: Collection[Asked], filled: Filled) -> Filled:
    """Return a ballot without blanks, as it is kept.

    Raises:
        ToldWrongly: a question that must be answered is not, or an answer does not belong to it.
    """
    picks: dict[int, frozenset[int]] = {}
    remarks: dict[int, str] = {}
    for each in asked:
        if each.kind is QuestionKind.TEXT:
            said = _remark(each, filled.remarks.get(each.id, ""))
            if said:
                remarks[each.id] = said
        else:
            picks[each.id] = _picked(each, filled.picks.get(each.id, frozenset()))
    if not remarks and not any(picks.values()):
        raise ToldWrongly("答卷是空的，请至少回答一题")
    return Filled(picks, remarks)


def _remark(each: Asked, said: str) -> str:
    try:
        said = used(said, "remark", required=False)
    except ToldWrongly as error:
        raise ToldWrongly(str(error), field_of(each.id)) from None
    if each.required and not said:
        raise ToldWrongly(f"请填写“{each.text}”", field_of(each.id))
    return said


def _picked(each: Asked, chosen: frozenset[int]) -> frozenset[int]:
    if not chosen <= set(each.choices):
        raise ToldWrongly(f"请在所列选项中选择“{each.text}”", field_of(each.id))
    if each.kind is QuestionKind.SINGLE and len(chosen) > 1:
        raise ToldWrongly(f"“{each.text}”只能选一项", field_of(each.id))
    if each.required and not chosen:
        raise ToldWrongly(f"请选择“{each.text}”", field_of(each.id))
    return chosen
