"""What the staff index holds: entries in every state, policy documents, cases, orders, letters.

A scope names the kind and the organ ("case:7"), for the posts that see cases are others than
those that see entries. Of requests and callers only number, state and the clerk's own subject are
indexed: who asks and what they wrote stands under seal or is nobody's to browse (law.md 9.2).
"""

import html
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from gongkai.adapters.searchindex.types import Facet, Record
from gongkai.disclosure.models import Entry
from gongkai.disclosure.queries import EntryState
from gongkai.hotline.models import WorkOrder
from gongkai.hotline.queries import OrderKind
from gongkai.hotline.queries import State as OrderState
from gongkai.inforequests.models import InfoRequest, IntakeChannel
from gongkai.inforequests.models import State as CaseState
from gongkai.letters.models import Letter
from gongkai.policy.models import DocumentState, PolicyDocument
from gongkai.policy.queries.documents import DocumentKind

BATCH = 200


class Kind(StrEnum):
    """What can be found; the value begins the key of its records and is their target in the log."""

    ENTRY = "disclosure"
    POLICY = "policy"
    CASE = "inforequests"
    ORDER = "hotline"
    LETTER = "letters"

    @property
    def label(self) -> str:
        """Return the Chinese name."""
        return {
            "disclosure": "公开信息",
            "policy": "政策文件",
            "inforequests": "依申请公开",
            "hotline": "热线工单",
            "letters": "公文文书",
        }[self.value]

    def scope(self, organ_id: int) -> str:
        """Return the scope of this kind of records of an organ."""
        return f"{self.value}:{organ_id}"


@dataclass(frozen=True, slots=True)
class Source:
    """Where records of a kind come from and how one is made."""

    rows: Callable[[], QuerySet[Any]]
    make: Callable[[Mapping[str, Any]], Record]
    uuid: bool = True

    @property
    def model(self) -> type[Model]:
        """The model whose keys they are."""
        return self.rows().model


def kind_of(key: str) -> tuple[Kind, Any] | None:
    """Return kind and primary key of a key or of a target of the log; None for anything else."""
    name, _, told = key.partition(":")
    if name not in set(Kind):
        return None
    kind = Kind(name)
    if not SOURCES[kind].uuid:
        return (kind, int(told)) if told.isascii() and told.isdigit() and len(told) < 19 else None
    try:
        return kind, UUID(told)
    except ValueError:
        return None


def every_key() -> Iterator[str]:
    """Yield the key of everything that some official may find."""
    for kind, source in SOURCES.items():
        for pk in source.model.objects.values_list("pk", flat=True).iterator():
            yield f"{kind}:{pk}"


def records(keys: Collection[str] | None = None) -> Iterator[Record]:
    """Yield the records of these keys, or of all, as they are now; one query a batch."""
    if keys is None:
        for source in SOURCES.values():
            for row in source.rows().order_by("pk").iterator(chunk_size=BATCH):
                yield source.make(row)
        return
    wanted: dict[Kind, list[Any]] = {}
    for key in keys:
        if (found := kind_of(key)) is not None:
            wanted.setdefault(found[0], []).append(found[1])
    for kind, pks in wanted.items():
        for start in range(0, len(pks), BATCH):
            for row in SOURCES[kind].rows().filter(pk__in=pks[start : start + BATCH]):
                yield SOURCES[kind].make(row)


def _entries() -> QuerySet[Any]:
    return Entry.objects.values(
        *("pk", "organ_id", "organ__name", "organ__short_name", "title", "document_number"),
        *("index_number", "state", "moved_at", "section__title", "draft__body"),
        *("draft__metadata", "in_review__text", "published__text"),
    )


def _entry(row: Mapping[str, Any]) -> Record:
    told = row["draft__metadata"] or {}
    body = row["draft__body"]
    texts = [
        html.unescape(strip_tags(body)) if body else row["in_review__text"] or "",
        row["published__text"] or "",
    ]
    names = [told.get("title", ""), row["index_number"], row["section__title"]]
    return _record(
        Kind.ENTRY,
        row,
        title=row["title"],
        number=row["document_number"] or told.get("document_number", ""),
        body="\n".join(dict.fromkeys(text for text in texts if text)),
        names=(*names, EntryState(row["state"]).label),
        on=timezone.localdate(row["moved_at"]),
        address=reverse("disclosure:entry", args=[row["pk"]]),
    )


def _policies() -> QuerySet[Any]:
    return PolicyDocument.objects.values(
        *("pk", "organ_id", "organ__name", "organ__short_name", "title", "document_number"),
        *("kind", "state", "formed_on"),
    )


def _policy(row: Mapping[str, Any]) -> Record:
    labels = (DocumentKind(row["kind"]).label, DocumentState(row["state"]).label)
    return _record(
        Kind.POLICY,
        row,
        title=row["title"],
        number=row["document_number"],
        names=labels,
        on=row["formed_on"],
        address=reverse("policy:record", args=[row["pk"]]),
    )


def _cases() -> QuerySet[Any]:
    return InfoRequest.objects.values(
        *("pk", "organ_id", "organ__name", "organ__short_name", "number", "state", "channel"),
        "submitted_at",
    )


def _case(row: Mapping[str, Any]) -> Record:
    labels = (CaseState(row["state"]).label, IntakeChannel(row["channel"]).label)
    return _record(
        Kind.CASE,
        row,
        title=f"政府信息公开申请 {row['number']}",
        number=row["number"],
        names=labels,
        on=timezone.localdate(row["submitted_at"]),
        address=reverse("inforequests:record", args=[row["pk"]]),
    )


def _orders() -> QuerySet[Any]:
    return WorkOrder.objects.values(
        *("pk", "organ_id", "organ__name", "organ__short_name", "number", "subject", "kind"),
        *("state", "unit", "received_at"),
    )


def _order(row: Mapping[str, Any]) -> Record:
    labels = (OrderKind(row["kind"]).label, OrderState(row["state"]).label, row["unit"])
    return _record(
        Kind.ORDER,
        row,
        title=row["subject"] or row["number"],
        number=row["number"],
        names=labels,
        on=timezone.localdate(row["received_at"]),
        address=reverse("hotline:record", args=[row["pk"]]),
    )


def _letters() -> QuerySet[Any]:
    return Letter.objects.values(
        *("pk", "organ_id", "organ__name", "organ__short_name", "number", "kind", "state"),
        "issued_on",
    )


def _letter(row: Mapping[str, Any]) -> Record:
    kind = Letter(kind=row["kind"]).letter_kind.label
    return _record(
        Kind.LETTER,
        row,
        title=f"{kind} {row['number']}".strip(),
        number=row["number"],
        names=(Letter(state=row["state"]).get_state_display(),),
        on=row["issued_on"],
        address=reverse("letters:record", args=[row["pk"]]),
    )


def _record(
    kind: Kind,
    row: Mapping[str, Any],
    *,
    title: str,
    number: str,
    names: tuple[str, ...],
    on: date,
    address: str,
    body: str = "",
) -> Record:
    return Record(
        key=f"{kind}:{row['pk']}",
        scope=kind.scope(row["organ_id"]),
        title=title,
        address=address,
        published_on=on,
        body=body,
        number=number,
        organ=row["organ__short_name"],
        names=tuple(name for name in (*names, row["organ__name"]) if name),
        facets={
            Facet.KIND: (kind.value,),
            Facet.ORGAN: (row["organ__short_name"],),
            Facet.YEAR: (str(on.year),),
        },
    )


SOURCES: Mapping[Kind, Source] = {
    Kind.ENTRY: Source(_entries, _entry, uuid=False),
    Kind.POLICY: Source(_policies, _policy, uuid=False),
    Kind.CASE: Source(_cases, _case),
    Kind.ORDER: Source(_orders, _order),
    Kind.LETTER: Source(_letters, _letter),
}
