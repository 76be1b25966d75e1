"""What all forms of acts share: the day, the letter that goes out with it, the verb's words."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms

from gongkai.inforequests.models import InfoRequest
from gongkai.inforequests.staff.fields import day_field, text_field


class ActForm(forms.Form):
    """The day of the act; each verb adds what it must be told.

    `letter` is the code and the name of the letter that the act usually goes out with; it is
    issued in the same transaction when `with_letter` is ticked.
    """

    on = day_field("日期")
    on_label = ""
    letter: tuple[str, str] | None = None
    first: Sequence[str] = ("on",)  # which fields stand in front
    button = ""  # the words on the button
    only_for: Mapping[str, Collection[str]] = {}  # fields that one way of service needs

    def __init__(self, *args: Any, info_request: InfoRequest, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.info_request = info_request
        self.today = today
        if self.on_label:
            self.fields["on"] = day_field(self.on_label)
        self.fields["on"].initial = today
        self.prepare()
        if self.letter:
            self.fields["with_letter"] = forms.BooleanField(
                label=f"同时制发《{self.letter[1]}》",
                required=False,
                initial=True,
                help_text="制发后编排文号，不能再改；有误的可以作废，文号保留。不制发的，在系统外发出文书",
            )
        self.order_fields(self.first)

    def prepare(self) -> None:
        """Fit the fields to the case."""

    def rows(self) -> Iterator[tuple[forms.BoundField, str]]:
        """Yield the fields, each with the ways of service that need it, "" for all."""
        for field in self.visible_fields():
            yield field, " ".join(self.only_for.get(field.name, ()))

    def warnings(self) -> list[str]:
        """Return what the clerk should know before filling in."""
        return []

    def extra(self) -> dict[str, str]:
        """Return what the letter tells beside the act, by the names of `LetterValues`."""
        return {}

    def told(self) -> dict[str, Any]:
        """Return the verb's own arguments."""
        aside = ("on", "with_letter")
        return {name: value for name, value in self.cleaned_data.items() if name not in aside}


class NoteForm(ActForm):
    """An act with a note."""

    note = text_field("说明", required=False)


def yes_or_no(label: str, yes: str, no: str, **more: Any) -> forms.TypedChoiceField:
    """Return a question to be answered one way or the other; neither is taken for granted."""
    return forms.TypedChoiceField(
        label=label,
        choices=[("yes", yes), ("no", no)],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": f"请选择“{label}”", "invalid_choice": "请重新选择"},
        **more,
    )
