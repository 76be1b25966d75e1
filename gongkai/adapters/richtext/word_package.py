"""A docx read within limits, and one made anew of the parts that were judged.

What mammoth gets to see is written here: a document, its notes, its links; pictures are names
only. Nothing of the upload that was not parsed reaches it.
"""

import posixpath
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from gongkai.adapters.readers.limits import Damaged, Limits, TooLarge
from gongkai.adapters.readers.packages import Package
from gongkai.adapters.richtext.word_numbering import W

LIMITS = Limits(
    file_bytes=60 * 1024 * 1024,
    unpacked_bytes=200 * 1024 * 1024,
    unpacked_ratio=300,
    seconds=30.0,
)
_MOST_XML = 40 * 1024 * 1024
_MOST_ELEMENTS = 250_000
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
# ISO strict and the usual, transitional namespaces; Word writes either.
_STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": W[1:-1].encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": _KINDS.encode(),
    b"http://purl.oclc.org/ooxml/drawingml/": b"http://schemas.openxmlformats.org/drawingml/2006/",
    b"http://purl.oclc.org/ooxml/officeDocument/math": (
        b"http://schemas.openxmlformats.org/officeDocument/2006/math"
    ),
}
_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/'
    'package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="png" ContentType="image/png"/></Types>'
)


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part points to: a part of the package or, outside, an address."""

    kind: str
    target: str
    outside: bool


class WordPackage:
    """The parts of an uploaded docx."""

    def __init__(self, data: bytes) -> None:
        """Open it.

        Raises:
            ReadError: it is damaged, locked, too large, or no Word document.
        """
        if len(data) > LIMITS.file_bytes:
            raise TooLarge("文件超过 60 MB。")
        self._package = Package(data, LIMITS)
        self._elements = 0
        self._related: dict[str, dict[str, Relation]] = {}
        main = [each.target for each in self.relations("") if each.kind == "officeDocument"]
        self.main = next((name for name in main if name in self._package.names), "")
        self.main = self.main or "word/document.xml"
        if self.main not in self._package.names:
            raise Damaged("这不是 Word 文档（压缩包里没有正文），请核对文件格式。")

    def xml(self, name: str) -> Any:
        """Return a part parsed, None where there is none."""
        from lxml import etree

        if name not in self._package.names:
            return None
        data = self._package.read(name)
        if len(data) > _MOST_XML:
            raise TooLarge("文件正文过大。")
        start = data[:65536].replace(b"\x00", b"")
        if b"<!DOCTYPE" in start or b"<!ENTITY" in start:
            raise Damaged("文件内含外部实体声明，已拒绝读取，请重新导出后再试。")
        if b"purl.oclc.org" in start:
            for strict, usual in _STRICT.items():
                data = data.replace(strict, usual)
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            root = etree.fromstring(data, parser)
        except etree.XMLSyntaxError:
            raise Damaged("文件内容已损坏，请重新导出后再试。") from None
        self._elements += sum(1 for _ in root.iter())
        if self._elements > _MOST_ELEMENTS:
            raise TooLarge("文件内容过多。")
        return root

    def read(self, name: str) -> bytes | None:
        """Return a part's bytes, None where there is none."""
        return self._package.read(name) if name in self._package.names else None

    def relations(self, part: str) -> tuple[Relation, ...]:
        """Return what a part points to, in order."""
        return tuple(self.related(part).values())

    def related(self, part: str) -> dict[str, Relation]:
        """Return what a part points to by its ids."""
        if part in self._related:
            return self._related[part]
        place, name = posixpath.split(part)
        root = self.xml(posixpath.join(place, "_rels", f"{name}.rels"))
        found = {}
        for element in root if root is not None else ():
            outside = element.get("TargetMode") == "External"
            target = element.get("Target", "")
            if not outside:
                base = "" if target.startswith("/") else place
                target = posixpath.normpath(posixpath.join(base, target.lstrip("/")))
            kind = element.get("Type", "").rpartition("/")[2]
            found[element.get("Id", "")] = Relation(kind, target, outside)
        self._related[part] = found
        return found

    def part(self, kind: str) -> str:
        """Return the name of the main document's part of a kind, "" where there is none."""
        every = self.relations(self.main)
        return next((each.target for each in every if each.kind == kind and not each.outside), "")


def remade(
    parts: Mapping[str, Any], links: Mapping[str, Mapping[str, str]], pictures: int
) -> bytes:
    """Return a docx of parts (by their names in word/) and the links each points to."""
    from lxml import etree

    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as made:
        made.writestr("[Content_Types].xml", _TYPES)
        made.writestr("_rels/.rels", _relations([("d", "officeDocument", "word/document.xml", "")]))
        for name, root in parts.items():
            made.writestr(f"word/{name}.xml", etree.tostring(root, encoding="UTF-8"))
            rows = [(key, "hyperlink", to, "External") for key, to in links[name].items()]
            rows += [(f"p{at}", "image", f"media/{at}.png", "") for at in range(1, pictures + 1)]
            if name == "document":
                rows += [(each, each, f"{each}.xml", "") for each in parts if each != "document"]
            made.writestr(f"word/_rels/{name}.xml.rels", _relations(rows))
        for at in range(1, pictures + 1):
            made.writestr(f"word/media/{at}.png", str(at))
    return file.getvalue()


def _relations(rows: list[tuple[str, str, str, str]]) -> bytes:
    from lxml import etree

    root = etree.Element("Relationships", nsmap={None: _RELATIONS})
    for key, kind, target, mode in rows:
        one = etree.SubElement(root, "Relationship", Id=key, Type=f"{_KINDS}/{kind}", Target=target)
        if mode:
            one.set("TargetMode", mode)
    return bytes(etree.tostring(root, encoding="UTF-8"))
