"""The texts of an interview or press conference: its notice, and its record made of exchanges.

The sentence with the figures is what the record's release is held against.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape

from gongkai.engagement.lifecycle.interviews import InterviewKind
from gongkai.statute.days import written


@dataclass(frozen=True, slots=True)
class Plan:
    """What is held: its kind and theme, who answers, when (local time) and where."""

    kind: InterviewKind
    theme: str
    guests: str
    held_at: datetime
    place: str = ""
    questions_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Spoken:
    """One question with its answer, as the record shows them."""

    asked_by: str
    question: str
    answered_by: str
    answer: str


def moment_said(at: datetime) -> str:
    """Return a local moment in Chinese."""
    return f"{written(at.date())}{at:%H:%M}"


def notice_title(plan: Plan) -> str:
    """Return the title of the notice."""
    return f"{plan.kind.label}预告：{plan.theme}"


def transcript_title(plan: Plan) -> str:
    """Return the title of the record."""
    return f"{plan.kind.label}实录：{plan.theme}"


def notice_body(plan: Plan, organ: str) -> str:
    """Return the text of the notice as clean HTML."""
    lines = [
        f"{organ}定于{moment_said(plan.held_at)}举行{plan.kind.label}，主题：{plan.theme}。",
        f"嘉宾：{plan.guests}。",
    ]
    lines += [f"地点：{plan.place}。"] if plan.place else []
    if plan.questions_until is not None:
        until = moment_said(plan.questions_until)
        lines.append(f"{until}以前，可以在本页提问，不用注册，请不要填写个人信息。")
    return "".join(f"<p>{escape(line)}</p>" for line in lines)


def figures_sentence(received: int, answered: int) -> str:
    """Return the figures of an interview in one sentence."""
    return f"共收到网上提问{received}条，实录刊登问答{answered}条。"


def transcript_body(plan: Plan, organ: str, received: int, spoken: Sequence[Spoken]) -> str:
    """Return the text of the record as clean HTML: the figures, then question by question."""
    lead = (
        f"{moment_said(plan.held_at)}，{organ}举行{plan.kind.label}，主题：{plan.theme}。"
        f"嘉宾：{plan.guests}。{figures_sentence(received, len(spoken))}"
    )
    parts = [f"<p>{escape(lead)}</p>"]
    for each in spoken:
        asked = f"{each.asked_by or '网友'}："
        said = f"{each.answered_by}：" if each.answered_by else "答："
        parts.append(f"<p><strong>{escape(asked)}</strong>{escape(each.question)}</p>")
        first, *rest = [line.strip() for line in each.answer.split("\n") if line.strip()]
        parts.append(f"<p><strong>{escape(said)}</strong>{escape(first)}</p>")
        parts += [f"<p>{escape(line)}</p>" for line in rest]
    return "".join(parts)
