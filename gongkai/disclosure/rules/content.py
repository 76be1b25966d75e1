"""The content of a frozen version: metadata by value, attachments by hash, one digest over all."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from typing import Any
from uuid import UUID

from gongkai.disclosure.rules.metadata import Told


@dataclass(frozen=True, slots=True)
class FileShown:
    """An attachment as a version names it; `id` is the attachment's, `file` the stored file's."""

    id: UUID
    file: UUID
    name: str
    role: str
    kind: str
    size: int
    sha256: str
    alternative: str = ""

    @property
    def file_name(self) -> str:
        """The last part of its public address."""
        return f"{self.id}.{self.kind}"


@dataclass(frozen=True, slots=True)
class Content:
    """What a version says beside its body; organ and section by value as they were."""

    told: Told  # without the body, which the version keeps beside
    index_number: str
    organ: str
    section_id: int
    files: tuple[FileShown, ...] = field(default=())

    def as_json(self) -> dict[str, Any]:
        """Return what `Version.content` keeps."""
        files = [
            {name: str(value) if isinstance(value, UUID) else value for name, value in row.items()}
            for row in map(asdict, self.files)
        ]
        return {
            **self.told.metadata(),
            "index_number": self.index_number,
            "organ": self.organ,
            "section_id": self.section_id,
            "files": files,
        }

    @classmethod
    def read(cls, kept: Mapping[str, Any], body: str = "") -> "Content":
        """Return the content that `Version.content` keeps; `body` goes into `told` when given."""
        files = tuple(
            FileShown(**{**row, "id": UUID(row["id"]), "file": UUID(row["file"])})
            for row in kept["files"]
        )
        return cls(
            told=Told.read(kept, body),
            index_number=kept["index_number"],
            organ=kept["organ"],
            section_id=kept["section_id"],
            files=files,
        )


def seal(content: Mapping[str, Any], body: str) -> str:
    """Return the SHA-256 over the canonical JSON of content and body."""
    whole = json.dumps(
        {"content": content, "body": body},
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )
    return sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()


def summary_of(told: Told, text: str) -> str:
    """Return the summary (内容概述, Art. 12): as told, or the beginning of the text."""
    return told.summary or beginning(text)


def beginning(text: str) -> str:
    """Return the first 120 characters of a text on one line."""
    plain = " ".join(text.split())
    return plain if len(plain) <= 120 else plain[:119] + "…"
