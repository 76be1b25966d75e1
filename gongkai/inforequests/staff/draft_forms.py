"""The draft of an answer: first what each item comes to, then what its letter must tell.

The facts to be told follow the letter (`letters.queries.facts_of`), so that the form asks just
what the standard sentence needs. It works without a script: choosing is one step, filling in
another, and going back keeps what was typed in the address.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from gongkai.files.models import Purpose
from gongkai.files.queries import FileLine
from gongkai.inforequests.actions import Answer
from gongkai.inforequests.lifecycle.acts import CaseAct
from gongkai.inforequests.lifecycle.opinions import Opinion
from gongkai.inforequests.lifecycle.states import Event
from gongkai.inforequests.models import InfoRequest, RequestItem
from gongkai.inforequests.staff.fields import choice_field, day_field, text_field
from gongkai.inforequests.staff.forms.ending import REPLY_GROUNDS
from gongkai.letters.queries import Fact, LetterKind, facts_of
from gongkai.statute.days import written
from gongkai.statute.grounds import Ground, Outcome

Choice = tuple[Ground, str]  # a ground and the code of the letter that tells it
_WORDS_HELP = "写在标准语句之后；上面各项都留空的，以这里的文字为答复正文"
_LONG = ("reason", "given", "withheld", "gist", "places", "figures", "why", "unclear")


_OPINIONS = (Event.RECORD_OPINION, Event.RECORD_LAST_OPINION)
# How the standard sentence of A4.4 says what a third party said.
_SAID = {Opinion.REFUSES: "第三方不同意公开", Opinion.SILENT: "第三方逾期未提出意见"}
_WITHDRAWAL = "A17"  # told by an act of its own, never drafted as an answer


def choices() -> list[tuple[str, Any]]:
    """Return every ground with each of its letters, in the groups of table three."""
    groups: list[tuple[str, Any]] = [("", "请选择")]
    for outcome in Outcome:
        options = [
            (f"{ground.value}:{code}", _words(ground, code))
            for ground in REPLY_GROUNDS
            if ground.outcome is outcome
            for code in ground.letters
            if code != _WITHDRAWAL
        ]
        if options:
            groups.append((outcome.label, options))
    return groups


def read_choice(text: str) -> Choice | None:
    """Return the ground and letter of a choice, None when there is no such choice."""
    name, _, code = text.partition(":")
    ground = next((ground for ground in REPLY_GROUNDS if ground.value == name), None)
    known = ground and code in ground.letters and code != _WITHDRAWAL
    return (ground, code) if ground and known else None


class ChoiceForm(forms.Form):
    """The first step: what each item comes to."""

    def __init__(self, *args: Any, items: list[RequestItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for item in items:
            label = f"第{item.place}项的办理结果" if len(items) > 1 else "办理结果"
            self.fields[f"item_{item.place}"] = forms.ChoiceField(
                label=label,
                choices=choices(),
                help_text=item.text[:200],
                error_messages={
                    "required": f"请选择“{label}”",
                    "invalid_choice": "请重新选择",
                },
            )

    def chosen(self) -> dict[int, Choice]:
        """Return the choice for each item."""
        found = {
            int(name.removeprefix("item_")): read_choice(value)
            for name, value in self.cleaned_data.items()
        }
        return {place: choice for place, choice in found.items() if choice}


class DraftForm(forms.Form):
    """The second step: the facts of each item, the files given out, the row of table three."""

    on = day_field("拟稿日期")

    def __init__(
        self,
        *args: Any,
        info_request: InfoRequest,
        chosen: Mapping[int, Choice],
        released: list[FileLine],
        today: date,
        before: CaseAct | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.info_request, self.chosen, self.today = info_request, chosen, today
        self.fields["on"].initial = today
        gives = {Ground.GRANTED, Ground.PARTIAL}
        self.nothing_to_enclose = not released and any(
            ground in gives and code != LetterKind.ALREADY_PUBLIC
            for ground, code in chosen.values()
        )
        known = suggestions(info_request)
        for place, (ground, code) in chosen.items():
            self._add_facts(place, code, known)
            self._add_rest(place, ground, released)
            if before:
                self._as_before(place, code, before)
        self.fields["chosen"] = choice_field(
            "计入年度报告的结果",
            REPLY_GROUNDS,
            required=False,
            help_text="一般不选，由系统按各项结果确定一种",
        )
        self.fields["reason"] = text_field("另选计入结果的理由", required=False, rows=2)
        self.fields["note"] = text_field("给审核人的说明", required=False, rows=2)

    def sections(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Return the fields of each item under its heading, then the rest."""
        several = len(self.chosen) > 1
        found = []
        for place, (ground, code) in self.chosen.items():
            names = [name for name in self.fields if name.startswith(f"i{place}_")]
            title = _words(ground, code)
            heading = f"第{place}项：{title}" if several else title
            found.append((heading, [self[name] for name in names]))
        found.append(("拟稿", [self["on"], self["note"]]))
        return found

    def counting(self) -> list[forms.BoundField]:
        """Return the fields that are seldom needed."""
        return [self["chosen"], self["reason"]]

    def clean(self) -> dict[str, Any]:
        """Ask for the facts of each item, unless its whole text is the clerk's own."""
        told = self.cleaned_data
        for place, (ground, code) in self.chosen.items():
            if ground is Ground.PARTIAL and not told.get(f"i{place}_words", "").strip():
                self.add_error(f"i{place}_words", "请填写“不予公开部分的依据和理由”（第三十七条）")
            facts = facts_of(LetterKind(code))
            given = [fact for fact in facts if told.get(f"i{place}_f_{fact.name}", "").strip()]
            if not given and told.get(f"i{place}_words", "").strip():
                continue
            for fact in facts:
                if fact.required and fact not in given:
                    verb = "选择" if fact.choices else "填写"
                    self.add_error(f"i{place}_f_{fact.name}", f"请{verb}“{fact.label}”")
        return told

    def told(self) -> dict[str, Any]:
        """Return what `actions.draft_reply` takes."""
        told = self.cleaned_data
        return {
            "answers": [self._answer(place) for place in self.chosen],
            "chosen": Ground(told["chosen"]) if told["chosen"] else None,
            "reason": told["reason"],
            "note": told["note"],
        }

    def draft_data(self) -> dict[str, Any]:
        """Return what was chosen, as the draft's act keeps it."""
        return {
            "grounds": {str(place): ground.value for place, (ground, _) in self.chosen.items()},
            "letters": {str(place): code for place, (_, code) in self.chosen.items()},
        }

    def _answer(self, place: int) -> Answer:
        ground, code = self.chosen[place]
        told = self.cleaned_data
        facts = facts_of(LetterKind(code))
        return Answer(
            place=place,
            ground=ground,
            letter=code,
            facts=told[f"i{place}_words"],
            details={fact.name: told[f"i{place}_f_{fact.name}"] for fact in facts},
            released=tuple(told.get(f"i{place}_released", ())),
        )

    def _add_facts(self, place: int, code: str, known: Mapping[str, Mapping[str, str]]) -> None:
        for fact in facts_of(LetterKind(code)):
            field = _fact_field(fact)
            field.initial = known.get(code, {}).get(fact.name, "")
            self.fields[f"i{place}_f_{fact.name}"] = field

    def _add_rest(self, place: int, ground: Ground, released: list[FileLine]) -> None:
        if ground in (Ground.GRANTED, Ground.PARTIAL) and released:
            self.fields[f"i{place}_released"] = forms.MultipleChoiceField(
                label="随答复提供的文件",
                choices=[(str(file.id), file.name) for file in released],
                widget=forms.CheckboxSelectMultiple,
                required=False,
                help_text="只列出已经“公开件”的文件；需要遮盖的先在案件的文件中遮盖、转为公开件",
                error_messages={"invalid_choice": "请重新选择“随答复提供的文件”"},
            )
        label, told = "补充的事实和理由（可以不填）", _WORDS_HELP
        if ground is Ground.PARTIAL:
            label, told = "不予公开部分的依据和理由", "写明属于哪一种不予公开的情形、依据和理由"
        self.fields[f"i{place}_words"] = text_field(label, required=False, rows=3, help_text=told)

    def _as_before(self, place: int, code: str, before: CaseAct) -> None:
        """Start from the draft that was sent back, but for what the case has told since."""
        key = str(place)
        newer = suggestions(self.info_request, since=before.sequence).get(code, {})
        for name, value in before.data.get("details", {}).get(key, {}).items():
            if f"i{place}_f_{name}" in self.fields and name not in newer:
                self.fields[f"i{place}_f_{name}"].initial = value
        self.fields[f"i{place}_words"].initial = before.data.get("facts", {}).get(key, "")
        if f"i{place}_released" in self.fields:
            self.fields[f"i{place}_released"].initial = before.data.get("released", {}).get(key)


def suggestions(info_request: InfoRequest, since: int = 0) -> dict[str, dict[str, str]]:
    """Return what the case tells for a letter's facts, by letter and fact, after act `since`."""
    found: dict[str, dict[str, str]] = {}
    for act in info_request.acts.filter(sequence__gt=since).order_by("sequence"):
        data = act.data
        if act.kind == Event.SEARCH:
            day = date.fromisoformat(data["searched_on"])
            keywords = f"关键词“{data['keywords']}”"
            found["A5"] = {
                "places": data["places"],
                "keywords": keywords,
                "searched_on": written(day),
            }
        if act.kind in _OPINIONS and data["opinion"] in _SAID:
            found["A4.4"] = {"opinion": _SAID[data["opinion"]]}
        if act.kind == Event.ASK_SUPPLEMENT:
            found["A14"] = {"notice": written(act.on)}
        if act.kind == Event.ASK_REASONS:
            found["A12"] = {"asked_on": written(act.on)}
    return found


def released_files(files: list[FileLine]) -> list[FileLine]:
    """Return the files of a case that may go out with an answer."""
    return [file for file in files if file.purpose == Purpose.RELEASED and file.removed_at is None]


def _fact_field(fact: Fact) -> forms.Field:
    if fact.choices:
        options = [
            ("", "请选择" if fact.required else "—"),
            *((each, each) for each in fact.choices),
        ]
        return forms.ChoiceField(
            label=fact.label,
            choices=options,
            required=False,
            error_messages={"invalid_choice": "请重新选择"},
        )
    rows = 3 if fact.name in _LONG else 1
    label = fact.label if fact.required else f"{fact.label}（可以不填）"
    return text_field(label, required=False, rows=rows)


def _words(ground: Ground, code: str) -> str:
    """Return a ground as the clerk chooses it; with its letter when it has several."""
    if len(ground.letters) == 1:
        return ground.label
    return LetterKind(code).label.replace("答复书：", "").replace("告知书：", "")
