"""A guide with the elements of GB/T 39554.2 (law.md 8.2): as told, as checked, as kept.

Rules held here: 承诺办结时限 at most 法定办结时限 in the same unit, 即办件 promises 0, visits are
not negative, fees only where something is charged.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from gongkai.servicehall.lifecycle import ToldWrongly
from gongkai.servicehall.rules.kinds import (
    THEMES,
    Audience,
    Depth,
    MaterialForm,
    MaterialKind,
    MaterialNeed,
    Processing,
    TermUnit,
    themes_for,
)
from gongkai.servicehall.rules.texts import GUIDE_TEXTS, used, web_address

MOST_TERM, MOST_VISITS, MOST_ROWS = 3_650, 9, 60
_LONGEST = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """One document that an applicant hands in."""

    name: str
    kind: MaterialKind = MaterialKind.ORIGINAL
    form: MaterialForm = MaterialForm.EITHER
    need: MaterialNeed = MaterialNeed.NEEDED
    copies: int | None = None
    size: str = ""
    source: str = ""
    criteria: str = ""
    basis: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fee:
    """One thing that is charged."""

    name: str
    standard: str
    basis: str = ""
    reducible: bool = False
    reduction: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question that is often asked, with its answer."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """Everything that a guide tells; a term without a number is told by its note alone."""

    processing: Processing = Processing.PROMISED
    audience: Audience = Audience.BOTH
    legal_basis: str = ""
    conditions: str = ""
    procedure: str = ""
    handled_by: str = ""
    place: str = ""
    hours: str = ""
    enquiry: str = ""
    complaint: str = ""
    statutory: int | None = None
    statutory_unit: TermUnit = TermUnit.WORKDAY
    statutory_note: str = ""
    promised: int | None = None
    promised_unit: TermUnit = TermUnit.WORKDAY
    promised_note: str = ""
    visits: int = 0
    special_procedure: str = ""
    why_in_person: str = ""
    charged: bool = False
    fee_basis: str = ""
    online: bool = False
    depth: Depth | None = None
    online_address: str = ""
    mobile_address: str = ""
    bookable: bool = False
    paid_online: bool = False
    by_post: bool = False
    by_terminal: bool = False
    scope: str = ""
    joint_bodies: str = ""
    intermediary: str = ""
    quantity_limit: str = ""
    result_kind: str = ""
    result_name: str = ""
    power_source: str = ""
    exercised_at: str = ""
    body_nature: str = ""
    entrusted_body: str = ""
    towns: str = ""
    villages: str = ""
    no_materials: str = ""
    themes: tuple[str, ...] = ()
    materials: tuple[Material, ...] = ()
    fees: tuple[Fee, ...] = ()
    questions: tuple[Question, ...] = ()

    @property
    def statutory_term(self) -> str:
        """The statutory term in words."""
        return _term(self.statutory, self.statutory_unit, self.statutory_note)

    @property
    def promised_term(self) -> str:
        """The promised term in words."""
        if self.processing is Processing.AT_ONCE:
            return "当场办结"
        return _term(self.promised, self.promised_unit, self.promised_note)


ENUMS: Mapping[str, type[Any]] = {
    "processing": Processing,
    "audience": Audience,
    "statutory_unit": TermUnit,
    "promised_unit": TermUnit,
    "depth": Depth,
}
SWITCHES = ("charged", "online", "bookable", "paid_online", "by_post", "by_terminal")
LABELS: Mapping[str, str] = {
    **{name: told.label for name, told in GUIDE_TEXTS.items()},
    "processing": "办件类型",
    "audience": "服务对象",
    "statutory": "法定办结时限",
    "statutory_unit": "法定办结时限单位",
    "promised": "承诺办结时限",
    "promised_unit": "承诺办结时限单位",
    "visits": "到办事现场次数",
    "charged": "是否收费",
    "online": "是否网办",
    "depth": "网上办理深度",
    "bookable": "是否支持预约办理",
    "paid_online": "是否支持网上支付",
    "by_post": "是否支持物流快递",
    "by_terminal": "是否支持终端办理",
    "themes": "主题分类",
    "materials": "办理材料",
    "fees": "收费项目",
    "questions": "常见问题",
}
_ROWS: Mapping[str, tuple[type[Any], Mapping[str, str]]] = {
    "materials": (
        Material,
        {
            "name": "材料名称",
            "size": "纸质材料规格",
            "source": "来源渠道",
            "criteria": "受理标准",
            "basis": "要求提供材料的依据",
            "note": "备注",
        },
    ),
    "fees": (
        Fee,
        {
            "name": "收费项目名称",
            "standard": "收费标准",
            "basis": "收费依据",
            "reduction": "允许减免依据",
            "note": "备注",
        },
    ),
    "questions": (Question, {"question": "问题", "answer": "答案"}),
}
_REQUIRED = {"materials": ("name",), "fees": ("name", "standard"), "questions": ("question",)}


def checked(guide: Guide) -> Guide:
    """Return a guide with its texts tidied.

    Raises:
        ToldWrongly: a text, term or row that cannot be used; `field` names it.
    """
    texts = {name: used(getattr(guide, name), name, required=False) for name in GUIDE_TEXTS}
    for name in ("online_address", "mobile_address"):
        texts[name] = web_address(texts[name], name)
    rows = {name: _checked_rows(name, getattr(guide, name)) for name in _ROWS}
    themes = tuple(dict.fromkeys(guide.themes))
    if strange := [code for code in themes if code not in THEMES]:
        raise ToldWrongly(f"“主题分类”中没有“{strange[0][:20]}”，请重新选择", "themes")
    if foreign := [code for code in themes if code not in themes_for(guide.audience)]:
        name = THEMES[foreign[0]]
        raise ToldWrongly(f"主题“{name}”与服务对象不符，请重新选择", "themes")
    _refuse_terms(guide)
    if guide.fees and not guide.charged:
        raise ToldWrongly("列了收费项目的，“是否收费”应当选“是”", "charged")
    if not 0 <= guide.visits <= MOST_VISITS:
        raise ToldWrongly(f"“到办事现场次数”应当是0至{MOST_VISITS}", "visits")
    return replace(guide, themes=themes, **texts, **rows)


def _refuse_terms(guide: Guide) -> None:
    for name in ("statutory", "promised"):
        value = getattr(guide, name)
        if value is not None and not 0 <= value <= MOST_TERM:
            raise ToldWrongly(f"“{LABELS[name]}”应当是0至{MOST_TERM}", name)
    if guide.processing is Processing.AT_ONCE:
        if guide.promised not in (None, 0):
            raise ToldWrongly("即办件当场办结，“承诺办结时限”应当填0", "promised")
        return
    if guide.statutory is None or guide.promised is None:
        return
    if guide.statutory_unit is not guide.promised_unit:
        raise ToldWrongly("“承诺办结时限”与“法定办结时限”应当用同一单位，请换算", "promised_unit")
    if guide.promised > guide.statutory:
        raise ToldWrongly(
            f"“承诺办结时限”不能超过法定办结时限{guide.statutory}{guide.statutory_unit.label}",
            "promised",
        )


def _checked_rows(name: str, rows: Sequence[Any]) -> tuple[Any, ...]:
    if len(rows) > MOST_ROWS:
        raise ToldWrongly(f"“{LABELS[name]}”最多{MOST_ROWS}行，请合并", name)
    found = []
    for place, row in enumerate(rows, 1):
        texts = {}
        for column, label in _ROWS[name][1].items():
            told = f"{LABELS[name]}第{place}行的{label}"
            required = column in _REQUIRED[name]
            try:
                texts[column] = used(
                    getattr(row, column), "conditions", required=required, label=told
                )
            except ToldWrongly as wrong:
                raise ToldWrongly(str(wrong), name) from None
            if len(texts[column]) > _LONGEST:
                raise ToldWrongly(f"“{told}”不能超过{_LONGEST}字，请删减", name)
        found.append(replace(row, **texts))
    return tuple(found)


def _term(count: int | None, unit: TermUnit, note: str) -> str:
    told = f"{count}个{unit.label}" if count is not None else ""
    if count is not None and unit in (TermUnit.YEAR, TermUnit.DAY):
        told = f"{count}{unit.label}" if unit is TermUnit.YEAR else f"{count}日（自然日）"
    return f"{told}（{note}）" if told and note else told or note


def to_json(guide: Guide) -> dict[str, Any]:
    """Return a guide as plain values, those that are not told left out."""
    plain = Guide()
    told = {
        each.name: value
        for each in fields(Guide)
        if (value := getattr(guide, each.name)) != getattr(plain, each.name)
    }
    for name in ("materials", "fees", "questions"):
        if name in told:
            told[name] = [asdict(row) for row in told[name]]
    for name in ENUMS:
        if told.get(name) is not None:
            told[name] = told[name].value
    if "themes" in told:
        told["themes"] = list(told["themes"])
    return told


def from_json(told: Mapping[str, Any]) -> Guide:
    """Return the guide that `to_json` wrote."""
    values = dict(told)
    for name, kind in ENUMS.items():
        if name in values:
            values[name] = kind(values[name])
    values["themes"] = tuple(values.get("themes", ()))
    values["materials"] = tuple(
        Material(
            **{
                **row,
                "kind": MaterialKind(row["kind"]),
                "form": MaterialForm(row["form"]),
                "need": MaterialNeed(row["need"]),
            }
        )
        for row in values.get("materials", ())
    )
    values["fees"] = tuple(Fee(**row) for row in values.get("fees", ()))
    values["questions"] = tuple(Question(**row) for row in values.get("questions", ()))
    return Guide(**values)
