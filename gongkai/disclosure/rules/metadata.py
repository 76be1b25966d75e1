"""What is told of an entry, and what it must be: form on every save, completeness before review.

Serves Art. 12 (index, name, summary, day of forming), Art. 17, 20, 26, the settling of 公开属性 at
the source (law.md 6.3) and the metadata of a public document (law.md 6.5). Plain Python.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from gongkai.disclosure.rules.errors import EntryRefused, Fault
from gongkai.statute.days import written
from gongkai.statute.genres import Genre
from gongkai.statute.subjects import SUBJECTS
from gongkai.text.docnumbers import DocumentNumberError, parse, parse_order

PROACTIVE, SEVERED, ON_REQUEST, WITHHELD = "PROACTIVE", "SEVERED", "ON_REQUEST", "WITHHELD"
MODES: Mapping[str, str] = {
    PROACTIVE: "主动公开",
    SEVERED: "删减后主动公开",
    ON_REQUEST: "依申请公开",
    WITHHELD: "不予公开",
}
PUBLISHED_MODES = frozenset({PROACTIVE, SEVERED})
LONGEST: Mapping[str, tuple[str, int]] = {
    "title": ("标题", 300),
    "document_number": ("发文字号", 60),
    "genre": ("体裁", 20),
    "subject": ("主题分类", 12),
    "mode_reason": ("公开属性理由", 300),
    "summary": ("内容概述", 500),
    "keywords": ("关键词", 200),
    "source": ("来源", 100),
    "editor": ("责任编辑", 50),
    "scope": ("公开范围", 60),
}
LONGEST_ISSUER = 100
LONGEST_BODY = 2_000_000
_GENRES = frozenset(genre.value for genre in Genre)
_DAYS = frozenset({"formed_on", "changed_on", "expires_on"})
_LISTS = frozenset({"joint_issuers", "extra_sections"})


@dataclass(frozen=True, slots=True)
class Told:
    """All that is told of an entry; `body` is clean HTML, files in it are "/attachment/<id>".

    `genre` and `subject` are codes, `mode` one of MODES, `joint_issuers` the names of the other
    organs in printed order, `extra_sections` the keys of further sections.
    """

    title: str
    formed_on: date | None
    body: str = ""
    document_number: str = ""
    genre: str = ""
    subject: str = ""
    mode: str = PROACTIVE
    mode_reason: str = ""
    changed_on: date | None = None
    expires_on: date | None = None
    summary: str = ""
    keywords: str = ""
    source: str = ""
    editor: str = ""
    scope: str = "面向全社会"
    joint_issuers: tuple[str, ...] = ()
    extra_sections: tuple[int, ...] = ()

    @property
    def counted_from(self) -> date | None:
        """The day from which Art. 26 counts: of the change, or of the forming."""
        return self.changed_on or self.formed_on

    def metadata(self) -> dict[str, Any]:
        """Return everything but the body, in JSON's own types."""
        return {name: _plain(getattr(self, name)) for name in _NAMES}

    @classmethod
    def read(cls, metadata: Mapping[str, Any], body: str) -> "Told":
        """Return what `metadata` and `body` were kept of; unknown names are left out."""
        values = {name: _value(name, kept) for name, kept in metadata.items() if name in _NAMES}
        return cls(body=body, **values)


_NAMES = tuple(each.name for each in fields(Told) if each.name != "body")


@dataclass(frozen=True, slots=True)
class OrganLife:
    """The publishing organ's name and the days on which it existed (`to` exclusive)."""

    name: str
    since: date
    to: date | None = None


def tidy(told: Told, organ: OrganLife, today: date) -> Told:
    """Return what was told with blanks trimmed, once its form and its dates hold.

    Raises:
        EntryRefused: every fault at once.
    """
    trimmed = replace(
        told,
        **{name: " ".join(getattr(told, name).split()) for name in LONGEST},
        joint_issuers=tuple(
            dict.fromkeys(name.strip() for name in told.joint_issuers if name.strip())
        ),
        extra_sections=tuple(dict.fromkeys(told.extra_sections)),
        body=told.body.strip(),
    )
    faults = [*_form(trimmed), *_number(trimmed.document_number), *_dates(trimmed, organ, today)]
    if faults:
        raise EntryRefused(*faults)
    return trimmed


def check_complete(told: Told, *, has_files: bool, policy: bool, today: date) -> list[Fault]:
    """Return what is still missing before review; `policy`: stands in a section of documents."""
    faults = []
    if not told.body and not has_files:
        faults.append(Fault("body", "请填写“正文”，或者上传文件原件、附件后再送审"))
    if told.mode not in PUBLISHED_MODES:
        faults.append(
            Fault(
                "mode",
                f"公开属性为“{MODES[told.mode]}”，不能送审发布；确需公开的，请先改为主动公开",
            )
        )
    if policy or told.document_number:
        if not told.genre:
            faults.append(Fault("genre", "请选择“体裁”，公文须标明文种"))
        if not told.subject:
            faults.append(Fault("subject", "请选择“主题分类”，公文须按主题归类"))
    if told.expires_on is not None and told.expires_on < today:
        faults.append(Fault("expires_on", "“公开期限至”已经过去，请改为以后的日期或者留空"))
    return faults


def _form(told: Told) -> Iterator[Fault]:
    for name, (said, most) in LONGEST.items():
        if len(getattr(told, name)) > most:
            yield Fault(name, f"“{said}”不得超过{most}个字，请缩短")
    if not told.title:
        yield Fault("title", "请填写“标题”")
    if len(told.body) > LONGEST_BODY:
        yield Fault("body", "“正文”过长，请将长表格和图片改为附件")
    if told.mode not in MODES:
        yield Fault("mode", "请从列表中选择“公开属性”")
    elif told.mode != PROACTIVE and not told.mode_reason:
        yield Fault("mode_reason", f"公开属性为“{MODES[told.mode]}”的，请写明理由和依据")
    if told.genre and told.genre not in _GENRES:
        yield Fault("genre", "请从列表中选择“体裁”")
    if told.subject and told.subject not in SUBJECTS:
        yield Fault("subject", "请从列表中选择“主题分类”")
    if any(len(name) > LONGEST_ISSUER for name in told.joint_issuers):
        yield Fault("joint_issuers", f"联合发文机关的名称不得超过{LONGEST_ISSUER}个字，请核对")


def _number(number: str) -> Iterator[Fault]:
    if not number:
        return
    try:
        parse(number)
    except DocumentNumberError as why:
        try:
            parse_order(number)
        except DocumentNumberError:
            yield Fault("document_number", str(why))


def _dates(told: Told, organ: OrganLife, today: date) -> Iterator[Fault]:
    formed, changed, expires = told.formed_on, told.changed_on, told.expires_on
    if formed is None:
        yield Fault("formed_on", "请填写“成文日期”，公开期限从这一天起算")
        return
    if formed > today:
        yield Fault("formed_on", "“成文日期”不得晚于今天，请核对")
    if formed < organ.since:
        said = f"{organ.name}于{written(organ.since)}设立，“成文日期”不得早于设立，请核对"
        yield Fault("formed_on", said)
    if organ.to is not None and formed >= organ.to:
        said = f"{organ.name}已于{written(organ.to)}撤销，此后的信息请由承接机关发布"
        yield Fault("formed_on", said)
    if changed is not None and changed < formed:
        yield Fault("changed_on", "“信息变更日期”不得早于“成文日期”，请核对")
    if changed is not None and changed > today:
        yield Fault("changed_on", "“信息变更日期”不得晚于今天，请核对")
    if expires is not None and expires <= formed:
        yield Fault("expires_on", "“公开期限至”须晚于“成文日期”，长期公开的请留空")


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _value(name: str, kept: Any) -> Any:
    if name in _DAYS:
        return date.fromisoformat(kept) if kept else None
    return tuple(kept) if name in _LISTS else kept
