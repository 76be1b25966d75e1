"""The form of a guide: its elements in groups, its materials, fees and questions as rows."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django import forms

from gongkai.servicehall.rules.guide import (
    ENUMS,
    LABELS,
    MOST_ROWS,
    MOST_TERM,
    MOST_VISITS,
    SWITCHES,
    Fee,
    Guide,
    Material,
    Question,
)
from gongkai.servicehall.rules.kinds import (
    THEMES,
    Audience,
    Depth,
    MaterialForm,
    MaterialKind,
    MaterialNeed,
    Processing,
    TermUnit,
)
from gongkai.servicehall.rules.texts import GUIDE_TEXTS
from gongkai.servicehall.staff.fields import choice_field, count_field, text_field, tick_field

_GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("基本信息", ("processing", "audience", "legal_basis", "conditions", "procedure")),
    ("在哪里办、找谁问", ("handled_by", "place", "hours", "enquiry", "complaint")),
    (
        "时限和次数",
        (
            *("statutory", "statutory_unit", "statutory_note"),
            *("promised", "promised_unit", "promised_note"),
            *("visits", "why_in_person", "special_procedure"),
        ),
    ),
    ("结果和收费", ("result_kind", "result_name", "charged", "fee_basis", "no_materials")),
    (
        "网上和自助办理",
        (
            *("online", "depth", "online_address", "mobile_address"),
            *("bookable", "paid_online", "by_post", "by_terminal"),
        ),
    ),
    (
        "其他要素",
        (
            *("scope", "joint_bodies", "intermediary", "quantity_limit"),
            *("power_source", "exercised_at", "body_nature", "entrusted_body"),
            *("towns", "villages", "themes"),
        ),
    ),
)
_HELP: Mapping[str, str] = {
    "legal_basis": "重点要素。写全法律、法规、规章、文件的名称和条款",
    "conditions": "重点要素",
    "procedure": "重点要素。一步一行",
    "place": "重点要素。写到窗口",
    "hours": "重点要素",
    "enquiry": "重点要素。写联系电话",
    "no_materials": "不需要材料的事项写明，如：无需提交材料",
    "promised": "即办件填0；不能超过法定办结时限",
    "themes": "可选多个；面向自然人和面向法人的分别选择",
}

_LONG = (forms.Textarea, forms.SelectMultiple)


class GuideForm(forms.Form):
    """Every element of a guide but its rows."""

    processing = choice_field(LABELS["processing"], Processing, empty="")
    audience = choice_field(LABELS["audience"], Audience, empty="")
    statutory = count_field(LABELS["statutory"], MOST_TERM, required=False)
    statutory_unit = choice_field("单位", TermUnit, empty="")
    promised = count_field(LABELS["promised"], MOST_TERM, required=False)
    promised_unit = choice_field("单位", TermUnit, empty="")
    visits = count_field(LABELS["visits"], MOST_VISITS, initial=0)
    depth = choice_field(LABELS["depth"], Depth, empty="不填", required=False)
    themes = forms.MultipleChoiceField(
        label=LABELS["themes"],
        required=False,
        choices=[
            (code, f"{'自然人' if code[0] == 'g' else '法人'}：{name}")
            for code, name in THEMES.items()
        ],
        widget=forms.SelectMultiple(attrs={"size": 8}),
        error_messages={"invalid_choice": "请重新选择“主题分类”"},
    )

    def __init__(self, *args: Any, guide: Guide | None = None, **more: Any) -> None:
        initial = {**asdict(guide or Guide()), **more.pop("initial", {})}
        super().__init__(*args, initial=initial, **more)
        for name in GUIDE_TEXTS:
            self.fields[name] = text_field(name, required=False)
        for name in SWITCHES:
            self.fields[name] = tick_field(LABELS[name].removeprefix("是否"))
        for name, told in _HELP.items():
            self.fields[name].help_text = told

    @property
    def groups(self) -> list[tuple[str, list[Any], list[Any]]]:
        """The fields in groups: those of a line, which stand side by side, and long texts."""
        found = []
        for title, names in _GROUPS:
            fields = [self[name] for name in names]
            long = [each for each in fields if isinstance(each.field.widget, _LONG)]
            found.append((title, [each for each in fields if each not in long], long))
        return found

    def guide(self, rows: "GuideRows") -> Guide:
        """Return the guide that is told."""
        told = dict(self.cleaned_data)
        values = {name: told[name] for name in (*GUIDE_TEXTS, *SWITCHES)}
        values |= {name: told[name] for name in ("statutory", "promised", "visits")}
        values |= {name: kind(told[name]) for name, kind in ENUMS.items() if told[name]}
        return Guide(**values, themes=tuple(told["themes"]), **rows.told())


class _RowForm(forms.Form):
    """A row of a table within a form; one without any text is no row."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.empty_permitted = True

    def clean(self) -> dict[str, Any]:
        """Refuse a row that says something but lacks its first text."""
        told = self.cleaned_data
        texts = [name for name, field in self.fields.items() if isinstance(field, forms.CharField)]
        first, *others = texts
        if not told.get(first) and any(told.get(name) for name in others):
            label = self.fields[first].label
            self.add_error(first, f"请填写“{label}”；不要这一行的，请把整行清空")
        return told


def _line(label: str, longest: int = 1_000, **more: Any) -> forms.CharField:
    more.setdefault("required", False)
    return forms.CharField(
        label=label,
        max_length=longest,
        error_messages={"max_length": f"“{label}”不能超过{longest}字，请删减"},
        **more,
    )


class MaterialRow(_RowForm):
    """One document to be handed in."""

    name = _line("材料名称", 300)
    kind = choice_field("材料类型", MaterialKind, empty="", initial="ORIGINAL")
    form = choice_field("材料形式", MaterialForm, empty="", initial="EITHER")
    need = choice_field("必要性", MaterialNeed, empty="", initial="NEEDED")
    copies = count_field("份数", 99, required=False)
    size = _line("规格", 100)
    source = _line("来源渠道", 200)
    criteria = _line("受理标准")
    basis = _line("提供依据")
    note = _line("备注")


class FeeRow(_RowForm):
    """One thing that is charged."""

    name = _line("收费项目名称", 300)
    standard = _line("收费标准")
    basis = _line("收费依据")
    reducible = tick_field("允许减免")
    reduction = _line("允许减免依据")
    note = _line("备注")


class QuestionRow(_RowForm):
    """One question with its answer."""

    question = _line("问题", 300)
    answer = _line("答案", widget=forms.Textarea(attrs={"rows": 2}))


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of rows: its title, its form, the first field, and what a row becomes."""

    title: str
    form: type[forms.Form]
    first: str
    make: Any
    spare: int


_KINDS: Mapping[str, _Kind] = {
    "materials": _Kind(
        "办理材料",
        MaterialRow,
        "name",
        lambda told: Material(
            **{
                **told,
                "kind": MaterialKind(told["kind"]),
                "form": MaterialForm(told["form"]),
                "need": MaterialNeed(told["need"]),
            }
        ),
        4,
    ),
    "fees": _Kind("收费项目", FeeRow, "name", lambda told: Fee(**told), 1),
    "questions": _Kind("常见问题", QuestionRow, "question", lambda told: Question(**told), 2),
}


class GuideRows:
    """The tables within a guide's form, each with some empty rows to fill in."""

    def __init__(self, data: Any = None, guide: Guide | None = None) -> None:
        """Take what was sent, or the rows of a guide."""
        self._sets: dict[str, forms.BaseFormSet] = {}
        for name, kind in _KINDS.items():
            made = forms.formset_factory(
                kind.form, extra=kind.spare, max_num=MOST_ROWS, absolute_max=MOST_ROWS + 10
            )
            rows: Sequence[Any] = getattr(guide, name) if guide is not None else ()
            self._sets[name] = made(data, prefix=name, initial=[asdict(row) for row in rows])

    @property
    def shown(self) -> list[tuple[str, forms.BaseFormSet]]:
        """Each table with its title."""
        return [(_KINDS[name].title, rows) for name, rows in self._sets.items()]

    @property
    def wrong(self) -> bool:
        """Say whether something in the rows cannot be used."""
        return any(rows.total_error_count() for rows in self._sets.values())

    def is_valid(self) -> bool:
        """Say whether every row can be used."""
        valid = [rows.is_valid() for rows in self._sets.values()]  # each, so that all are marked
        return all(valid)

    def told(self) -> dict[str, tuple[Any, ...]]:
        """Return the rows that say something."""
        found: dict[str, tuple[Any, ...]] = {}
        for name, rows in self._sets.items():
            kind = _KINDS[name]
            told = [row.cleaned_data for row in rows if row.cleaned_data.get(kind.first)]
            found[name] = tuple(kind.make(each) for each in told)
        return found
