"""What a policy document is and on which day it is valid: kinds, validity, checks, errors.

Serves Art. 20 (1), row one of table two in both forms, and the management of
administrative normative documents (国办发〔2018〕37号; 优化营商环境条例第六十四条: what was
not published is no basis for administration). Plain Python.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongkai.text.docnumbers import DocumentNumberError, parse, parse_order

# PolicyError               something a person entered cannot be taken; `str()` is the message
# ├── DocumentRefused       fields are wrong; `faults` name each field and the remedy
# ├── NotAllowedNow         the lifecycle or the document's validity does not allow the act
# └── ReasonMissing         a correction, cancellation or withdrawal without a reason

LONGEST_TITLE = 300
LONGEST_BASIS = 300
LONGEST_REASON = 500


class PolicyError(Exception):
    """A policy document cannot be changed as asked; `str()` is the Chinese message."""


class DocumentRefused(PolicyError):
    """Fields are wrong; `faults` name each field and the remedy."""

    def __init__(self, *faults: "Fault") -> None:
        super().__init__("；".join(fault.message for fault in faults))
        self.faults = faults


class NotAllowedNow(PolicyError):
    """The act is not possible in this state or with this validity."""


class ReasonMissing(PolicyError):
    """The act needs a reason."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One field that is wrong, with a message that names the remedy."""

    field: str
    message: str


class DocumentKind(StrEnum):
    """What a document is; only rules and normative documents are counted in table two."""

    RULES = "RULES"
    NORMATIVE = "NORMATIVE"
    OTHER = "OTHER"

    @property
    def label(self) -> str:
        """Return the Chinese name of the kind."""
        return {"RULES": "规章", "NORMATIVE": "行政规范性文件", "OTHER": "其他政策文件"}[self.value]


class RelationKind(StrEnum):
    """What one document does to another."""

    REPEALS = "REPEALS"
    AMENDS = "AMENDS"
    INTERPRETS = "INTERPRETS"
    IMPLEMENTS = "IMPLEMENTS"

    @property
    def label(self) -> str:
        """Return the Chinese name of the relation."""
        return {
            "REPEALS": "废止",
            "AMENDS": "修改",
            "INTERPRETS": "解释",
            "IMPLEMENTS": "细化落实",
        }[self.value]

    @property
    def changes_validity(self) -> bool:
        """Say whether the target's validity follows from it: a repeal or an amendment."""
        return self in (RelationKind.REPEALS, RelationKind.AMENDS)


class Validity(StrEnum):
    """Whether a document is valid on a day (立改废)."""

    NOT_YET_EFFECTIVE = "NOT_YET_EFFECTIVE"
    ENACTED = "ENACTED"
    AMENDED = "AMENDED"
    LAPSED = "LAPSED"
    REPEALED = "REPEALED"

    @property
    def label(self) -> str:
        """Return the Chinese word stamped on the document."""
        return _VALIDITY_LABELS[self]

    @property
    def in_force(self) -> bool:
        """Say whether a document in this validity binds: 有效 or 已修改."""
        return self in (Validity.ENACTED, Validity.AMENDED)


_VALIDITY_LABELS: Mapping[Validity, str] = {
    Validity.NOT_YET_EFFECTIVE: "尚未生效",
    Validity.ENACTED: "有效",
    Validity.AMENDED: "已修改",
    Validity.LAPSED: "失效",
    Validity.REPEALED: "废止",
}


@dataclass(frozen=True, slots=True)
class Life:
    """The days that decide a document's validity.

    `effective_on` None means effective from publication; `ends_on` is the last
    valid day; `repealed_on` the first day no longer valid; `amended_on` the first
    day on which an amendment stood.
    """

    kind: DocumentKind
    formed_on: date
    published_on: date | None
    effective_on: date | None = None
    ends_on: date | None = None
    amended_on: date | None = None
    repealed_on: date | None = None

    @property
    def begins_on(self) -> date | None:
        """The first day in force; None while rules or normative documents are unpublished.

        Rules and normative documents bind only once published; other documents
        bind by their own date, or from the day they were formed.
        """
        if self.kind is DocumentKind.OTHER:
            return self.effective_on or self.published_on or self.formed_on
        if self.published_on is None:
            return None
        return max(self.effective_on or self.published_on, self.published_on)


def validity_on(life: Life, day: date) -> Validity:
    """Return the validity of a document on `day`; repeal is stamped before all else."""
    if life.repealed_on is not None and day >= life.repealed_on:
        return Validity.REPEALED
    if life.ends_on is not None and day > life.ends_on:
        return Validity.LAPSED
    if life.begins_on is None or day < life.begins_on:
        return Validity.NOT_YET_EFFECTIVE
    if life.amended_on is not None and day >= life.amended_on:
        return Validity.AMENDED
    return Validity.ENACTED


def check_relation(
    kind: RelationKind,
    life: Life,
    *,
    effective_on: date,
    source_formed_on: date | None,
    basis: str,
) -> None:
    """Refuse an amendment or repeal that cannot stand against the document's life.

    `source_formed_on` is None where the acting document has no row and `basis` names it.

    Raises:
        DocumentRefused: no source and no basis, or a day before either document was formed.
        NotAllowedNow: the document is repealed or lapsed on that day, or repealed at all.
    """
    if source_formed_on is None and not basis:
        raise DocumentRefused(Fault("basis", f"请选择或写明作出{kind.label}的文件"))
    if len(basis) > LONGEST_BASIS:
        raise DocumentRefused(Fault("basis", f"依据不得超过{LONGEST_BASIS}个字"))
    earliest = max(life.formed_on, source_formed_on or life.formed_on)
    if effective_on < earliest:
        message = f"生效日期不得早于文件的成文日期（{earliest:%Y-%m-%d}）"
        raise DocumentRefused(Fault("effective_on", message))
    if not kind.changes_validity:
        return
    validity = validity_on(life, effective_on)
    if validity in (Validity.REPEALED, Validity.LAPSED):
        raise NotAllowedNow(
            f"文件到{effective_on:%Y-%m-%d}已经{validity.label}，不能再{kind.label}"
        )
    if kind is RelationKind.REPEALS and life.repealed_on is not None:
        raise NotAllowedNow("文件已经登记废止，如日期有误，请先撤销原登记")


@dataclass(frozen=True, slots=True)
class Description:
    """What is registered of a document; `joint_issuers` are names after the lead organ."""

    kind: DocumentKind
    title: str
    formed_on: date
    document_number: str = ""
    effective_on: date | None = None
    ends_on: date | None = None
    joint_issuers: tuple[str, ...] = ()


def tidy(description: Description) -> Description:
    """Return the description with blanks trimmed and the number in its official form.

    Raises:
        DocumentRefused: a field is wrong; all faults are named at once.
    """
    title = " ".join(description.title.split())
    faults = []
    if not title:
        faults.append(Fault("title", "请填写标题"))
    elif len(title) > LONGEST_TITLE:
        faults.append(Fault("title", f"标题不得超过{LONGEST_TITLE}个字"))
    number = ""
    try:
        number = _number(description.kind, description.document_number)
    except DocumentNumberError as error:
        faults.append(Fault("document_number", str(error)))
    ends_on, effective_on = description.ends_on, description.effective_on
    if ends_on is not None and ends_on < (effective_on or description.formed_on):
        faults.append(Fault("ends_on", "有效期至不得早于施行日期或成文日期"))
    issuers = tuple(name.strip() for name in description.joint_issuers if name.strip())
    if len(set(issuers)) != len(issuers):
        faults.append(Fault("joint_issuers", "联合发文机关重复，每个机关只写一次"))
    if any(len(name) > 100 for name in issuers):
        faults.append(Fault("joint_issuers", "联合发文机关每行写一个机关，不得超过100个字"))
    if faults:
        raise DocumentRefused(*faults)
    return Description(
        description.kind, title, description.formed_on, number, effective_on, ends_on, issuers
    )


def _number(kind: DocumentKind, typed: str) -> str:
    """Return the number in its official form; brackets and width are put right in silence.

    Normative documents are numbered without exception (统一编号, 国办发〔2018〕37号); rules
    are usually published by an order (令), which counts through the years.
    """
    if not typed.strip():
        if kind is DocumentKind.NORMATIVE:
            raise DocumentNumberError(
                "请填写发文字号，行政规范性文件须统一编号，如“靖府办发〔2020〕12号”"
            )
        return ""
    if kind is not DocumentKind.NORMATIVE and "令" in typed and "第" in typed:
        return str(parse_order(typed))
    return str(parse(typed))
