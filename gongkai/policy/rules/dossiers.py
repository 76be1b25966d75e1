"""What an interpretation must have in each form, and questions with answers. Plain Python.

Interpretations come in several forms (law.md 6.2): a picture is read by those who cannot see it
through its text alternative, a video through the words beside it, a Q&A is pairs.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from html import escape, unescape

from gongkai.policy.rules.documents import Fault

LEAST_WORDS = 20
_PICTURE = re.compile(r"<img\b[^>]*>")
_ALT = re.compile(r'\balt="([^"]*)"')
_TAG = re.compile(r"<[^>]+>")
_HEADING = re.compile(r"<h([2-4])>(.*?)</h\1>", re.DOTALL)
_MARK = re.compile(r"^\s*(?:问|答)\s*[:：]\s*")


class InterpretationForm(StrEnum):
    """How a document is explained."""

    TEXT = "TEXT"
    PICTURE = "PICTURE"
    VIDEO = "VIDEO"
    QUESTIONS = "QUESTIONS"

    @property
    def label(self) -> str:
        """Return the Chinese name."""
        return {
            "TEXT": "文字解读",
            "PICTURE": "图解",
            "VIDEO": "音视频解读",
            "QUESTIONS": "问答",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Pair:
    """A question and its answer."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Beside:
    """A file beside an interpretation: its role in disclosure and its text alternative."""

    role: str
    alternative: str


def pairs_html(pairs: Iterable[Pair]) -> str:
    """Return the body that a Q&A is written as: a heading a question, paragraphs of answer."""
    written = []
    for pair in pairs:
        written.append(f"<h2>问：{escape(_MARK.sub('', pair.question).strip(), quote=False)}</h2>")
        lines = [line.strip() for line in pair.answer.splitlines() if line.strip()]
        lines[:1] = [f"答：{_MARK.sub('', lines[0])}"] if lines else []
        written += [f"<p>{escape(line, quote=False)}</p>" for line in lines]
    return "".join(written)


def pairs_written(text: str) -> tuple[Pair, ...]:
    """Return the pairs that were typed, a question from “问：” on, its answer from “答：” on."""
    pairs: list[list[str]] = []
    for line in text.splitlines():
        begins = _MARK.match(line)
        if begins and "问" in begins[0]:
            pairs.append([line[begins.end() :].strip(), ""])
        elif pairs and begins and not pairs[-1][1]:
            pairs[-1][1] = line[begins.end() :].strip()
        elif pairs and line.strip():
            place = 1 if pairs[-1][1] else 0
            pairs[-1][place] = f"{pairs[-1][place]}\n{line.strip()}".strip()
    return tuple(Pair(" ".join(question.split()), answer) for question, answer in pairs)


def pairs_of(html: str) -> tuple[Pair, ...]:
    """Return the questions and answers that a clean body holds, in order."""
    heads = list(_HEADING.finditer(html))
    if not heads:
        return ()
    ends = [*(head.start() for head in heads[1:]), len(html)]
    return tuple(
        Pair(_words(head[2]), _words(html[head.end() : end]))
        for head, end in zip(heads, ends, strict=True)
        if _words(head[2])
    )


def _words(html: str) -> str:
    lines = re.sub(r"</(?:p|li|h[2-4]|tr)>|<br>", "\n", html)
    plain = unescape(_TAG.sub("", lines))
    return _MARK.sub("", "\n".join(line.strip() for line in plain.splitlines() if line.strip()))


def faults_of(form: InterpretationForm, body: str, files: Sequence[Beside]) -> list[Fault]:
    """Return what an interpretation of this form still lacks; `body` is clean HTML."""
    match form:
        case InterpretationForm.PICTURE:
            return _picture_faults(body, files)
        case InterpretationForm.VIDEO:
            return _video_faults(body, files)
        case InterpretationForm.QUESTIONS:
            return _question_faults(body)
    if len(_words(body)) < LEAST_WORDS:
        return [Fault("body", "文字解读的正文过短，请写明背景依据、主要内容和新旧政策差异")]
    return []


def _picture_faults(body: str, files: Sequence[Beside]) -> list[Fault]:
    shown = [tag[0] for tag in _PICTURE.finditer(body)]
    beside = [file for file in files if file.role == "PICTURE"]
    if not shown:
        return [Fault("body", "图解的正文中没有图片，请上传图片并插入正文")]
    told = [alt[1] if (alt := _ALT.search(tag)) else "" for tag in shown]
    lacking = any(not words.strip() for words in told) or any(
        not file.alternative.strip() for file in beside
    )
    words = "".join(told) + "".join(file.alternative for file in beside) + _words(body)
    if lacking:
        return [Fault("body", "图解的图片没有文字说明，请为每张图片填写“文字说明”")]
    if len(words) < LEAST_WORDS:
        return [Fault("body", "图解的文字说明过短，请写出图中的主要内容，供看不到图片的人阅读")]
    return []


def _video_faults(body: str, files: Sequence[Beside]) -> list[Fault]:
    if not any(file.role == "VIDEO" for file in files) and "<a href=" not in body:
        return [Fault("body", "没有音视频，请上传视频，或者在正文中写明播放地址的链接")]
    if len(_words(body)) < LEAST_WORDS:
        return [Fault("body", "音视频解读须有文字内容，请在正文中写出解说词或者主要内容")]
    return []


def _question_faults(body: str) -> list[Fault]:
    pairs = pairs_of(body)
    if not pairs:
        return [Fault("body", "没有问答，请逐条填写“问”和“答”")]
    return [
        Fault("body", f"“{pair.question[:20]}”没有回答，请填写")
        for pair in pairs
        if not pair.answer
    ]
