"""A Word or WPS file to clean HTML, its pictures apart, with what the editor must know.

docx is judged and made plain here, then read by mammoth; doc, wps and rtf go by way of
LibreOffice first. A page saved under the name of a document is read as the page it is.
"""

from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from gongkai.adapters.readers.limits import Locked, NotSupported, ReadError, TooLarge
from gongkai.adapters.readers.office import convert
from gongkai.adapters.readers.textfile import decode
from gongkai.adapters.richtext.addresses import from_mapping
from gongkai.adapters.richtext.cleaning import Clean, cleaned, parsed
from gongkai.adapters.richtext.flow import Unreadable
from gongkai.adapters.richtext.pictures import Picture, shown
from gongkai.adapters.richtext.word_notes import Note, NoteKind
from gongkai.adapters.richtext.word_package import LIMITS, WordPackage, remade

KINDS = ("docx", "doc", "wps")
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_MOST_PICTURES = 200
_MOST_PICTURE_BYTES = 100 * 1024 * 1024
_ORIGINAL = "PDF、OFD 是原件，请附在正文旁边，不转换成网页；正文请上传 Word 或 WPS 文件。"


class WordUnreadable(ValueError):
    """The file cannot be taken over; the message is for the user and says what to do."""


@dataclass(frozen=True, slots=True)
class Word:
    """A document taken over: the names of `images` are the addresses in `html`."""

    html: str
    text: str
    images: tuple[Picture, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def blocks(self) -> bool:
        """Say whether the file must be settled before anything of it is published."""
        return any(note.blocks for note in self.notes)


def from_word(data: bytes, kind: str = "docx") -> Word:
    """Return a Word or WPS file as clean HTML; the content, not the kind, tells how to read it.

    Raises:
        WordUnreadable: it is no such file, damaged, locked, or too large.
    """
    try:
        return _read(data, kind)
    except TooLarge as error:
        slow = "超时" in str(error)
        raise WordUnreadable(
            "文件转换超时，请另存为 .docx 后再上传。"
            if slow
            else "文件过大或者结构异常，已停止读取；请压缩图片、把长表格作为附件，另存后再上传。"
        ) from None
    except (ReadError, Unreadable) as error:
        raise WordUnreadable(str(error)) from None
    except RecursionError:
        raise WordUnreadable("文件结构嵌套过深，请把正文复制到新文件后再上传。") from None


def _read(data: bytes, kind: str) -> Word:
    start = data[:1024].lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t\x00")
    if not start:
        raise WordUnreadable("文件是空的，请核对文件。")
    if data.startswith(b"PK"):
        return _docx(data)
    if data.startswith(_OLE):
        if _LOCKED in data:
            raise Locked("文件已加密，请提供未加密的文件。")
        return _docx(convert(data, ".doc", "docx", LIMITS))
    if start.startswith(b"{\\rtf"):
        return _docx(convert(data, ".rtf", "docx", LIMITS))
    if start.startswith(b"%PDF"):
        raise NotSupported(_ORIGINAL)
    if start.lower().startswith((b"<html", b"<!doctype html", b"<?xml", b"<meta")):
        return _page(data)
    if start.lower().startswith(b"mime-version"):
        raise NotSupported("这是单个网页（mht）格式，请用 Word 或者 WPS 另存为 .docx 后再上传。")
    raise NotSupported(
        f"文件内容不是 {kind} 格式，可能已损坏或改过扩展名，请另存为 .docx 后再上传。"
    )


def _page(data: bytes) -> Word:
    """Return a page that bears a document's name, as old office systems export them."""
    clean = cleaned(parsed(decode(data)), from_mapping({}))
    notes = []
    if "批注" in clean.dropped:
        notes.append(Note(NoteKind.COMMENTS, NoteKind.COMMENTS.value))
    if any(told.startswith("修订") for told in clean.dropped):
        notes.append(Note(NoteKind.REVISIONS, NoteKind.REVISIONS.value))
    return Word(clean.html, clean.text, (), (*notes, *_cut(clean)))


@dataclass(slots=True)
class _Taking:
    """One document being taken over."""

    package: WordPackage
    kinds: list[NoteKind] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    numbers: dict[str, int | None] = field(default_factory=dict)
    bytes_kept: int = 0

    def tell(self, kind: NoteKind) -> None:
        if kind not in self.kinds:
            self.kinds.append(kind)

    def keep(self, target: str, alt: str) -> int | None:
        """Keep a picture once; return its number, None for one that cannot be shown."""
        if target not in self.numbers:
            self.numbers[target] = self._kept(target, alt)
        if self.numbers[target] is not None and not alt:
            self.tell(NoteKind.NO_ALTERNATIVE)
        return self.numbers[target]

    def _kept(self, target: str, alt: str) -> int | None:
        if len(self.pictures) >= _MOST_PICTURES or self.bytes_kept > _MOST_PICTURE_BYTES:
            self.tell(NoteKind.TOO_MANY)
            return None
        data = self.package.read(target)
        found = shown(data) if data else None
        if found is None:
            self.tell(NoteKind.PICTURE)
            return None
        number = len(self.pictures) + 1
        self.bytes_kept += len(found[0])
        self.pictures.append(Picture(f"picture-{number}.{found[1]}", *found, alt=alt))
        return number


def _docx(data: bytes) -> Word:
    taking = _Taking(WordPackage(data))
    html, unknown = _by_mammoth(_plain(taking), taking.pictures)
    if unknown:
        taking.tell(NoteKind.SYMBOL)
    names = {picture.name: picture.name for picture in taking.pictures}
    clean = cleaned(parsed(html), from_mapping(names))
    notes = [Note(kind, kind.value) for kind in NoteKind if kind in taking.kinds]
    return Word(clean.html, clean.text, tuple(taking.pictures), (*notes, *_cut(clean)))


def _cut(clean: Clean) -> tuple[Note, ...]:
    return tuple(Note(NoteKind.CUT, f"{NoteKind.CUT.value}{told}") for told in clean.dropped)


def _plain(taking: _Taking) -> bytes:
    """Return a docx made of the document's judged parts."""
    from gongkai.adapters.richtext.word_markup import Markup
    from gongkai.adapters.richtext.word_numbering import Numbering, W
    from gongkai.adapters.richtext.word_paragraphs import Paragraphs
    from gongkai.adapters.richtext.word_styles import Styles

    package = taking.package
    styles = Styles(package.xml(package.part("styles")))
    paragraphs = Paragraphs(styles, Numbering(package.xml(package.part("numbering"))), taking.tell)
    comments = package.xml(package.part("comments"))
    if comments is not None and comments.find(f"{W}comment") is not None:
        taking.tell(NoteKind.COMMENTS)
    parts: dict[str, Any] = {}
    links: dict[str, dict[str, str]] = {}
    named = [("document", package.main)]
    named += [(kind, package.part(kind)) for kind in ("footnotes", "endnotes")]
    for name, part in named:
        root = package.xml(part) if part else None
        if root is None:
            continue
        related = package.related(part)

        def keep(key: str, alt: str, related: dict[str, Any] = related) -> int | None:
            found = related.get(key)
            return None if found is None or found.outside else taking.keep(found.target, alt)

        Markup(styles, taking.tell, keep).make_plain(root)
        paragraphs.judge(root)
        parts[name] = root
        links[name] = {
            key: each.target for key, each in related.items() if each.kind == "hyperlink"
        }
    return remade(parts, links, len(taking.pictures))


def _by_mammoth(data: bytes, pictures: list[Picture]) -> tuple[str, bool]:
    """Return mammoth's HTML and whether there were signs it does not know."""
    import mammoth

    from gongkai.adapters.richtext.word_paragraphs import STYLE_MAP

    @mammoth.images.img_element  # type: ignore[untyped-decorator]
    def named(image: Any) -> dict[str, str]:
        with image.open() as file:
            return {"src": pictures[int(file.read()) - 1].name}

    try:
        made = mammoth.convert_to_html(
            BytesIO(data),
            style_map=STYLE_MAP,
            include_default_style_map=False,
            include_embedded_style_map=False,
            convert_image=named,
        )
    except (KeyError, ValueError, AttributeError, IndexError, TypeError, OSError):
        # mammoth trusts the format: an id that is missing ends in whatever it ends in.
        raise WordUnreadable("文件结构不规范，请用 Word 或者 WPS 另存为 .docx 后再上传。") from None
    return made.value, any("w:sym" in message.message for message in made.messages)
