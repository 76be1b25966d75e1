"""An old page's article to clean HTML: what the site's frame put round it taken off."""

import re
from typing import Any

from gongkai.adapters.oldsite.boxes import Found
from gongkai.adapters.oldsite.days import is_day
from gongkai.adapters.oldsite.folder import (
    DOCUMENTS,
    PICTURES,
    Folder,
    address_of,
    name_of,
    suffix_of,
)
from gongkai.adapters.oldsite.labels import begins_labelled, is_label
from gongkai.adapters.oldsite.records import OldFile
from gongkai.adapters.richtext.addresses import kept_link, tidy_address
from gongkai.adapters.richtext.blocks import Block, Blocks, Paragraph, Table
from gongkai.adapters.richtext.cleaning import Clean, laid_out, written
from gongkai.text.docnumbers import DocumentNumberError, normalise

_FRAME = re.compile(
    r"[【\[（(]?\s*(?:打印|关闭|收藏|分享|上一篇|下一篇|上一条|下一条|返回顶部|扫一扫|字体|字号|浏览次数|"
    r"访问量|点击数|点击次数|责任编辑|编辑|相关链接|相关文章|相关信息|您是第|我要纠错|保护视力色)"
)
_LONGEST_FRAME = 120
_HEAD, _TAIL = 6, 10
_LABELS_OF_A_BOX = 3
_NAMED = re.compile(r"(?:fj|attach|file|down|appendix|annex|accessory)", re.IGNORECASE)
_ENDS = re.compile(r"[（(]([^（()）]*[〔［\[(（]\d{4}[〕］\])）][^（()）]*号)[)）]")
_LONGEST_NAME = 150
_SIGNED = 8


class Files:
    """The files one page links to, as its addresses are resolved."""

    def __init__(self, folder: Folder, page: str) -> None:
        """Begin with none."""
        self._folder, self._page = folder, page
        self.found: dict[str, OldFile] = {}
        self.notes: list[str] = []

    def link(self, address: str) -> str | None:
        """Return how a link is written in the new body, None if it goes."""
        kept = kept_link(address)
        if kept is None or kept.lower().startswith(("mailto:", "tel:")):
            return kept
        found = self._folder.find(kept, self._page)
        if found is not None:
            if suffix_of(found) in DOCUMENTS | PICTURES:
                self._take(found, inline=False)
            return address_of(found)
        wanted = self._folder.wanted(kept, self._page)
        if suffix_of(kept) in DOCUMENTS and (wanted or not kept.startswith(("http", "//"))):
            self.notes.append(f"附件“{name_of(wanted or kept)}”不在目录中，链接已去掉。")
            return None
        return address_of(wanted) if wanted else kept

    def image(self, address: str) -> str | None:
        """Return how a picture is written in the new body, None if it is not in the folder."""
        tidied = tidy_address(address)
        found = None if tidied.startswith("data:") else self._folder.find(tidied, self._page)
        if found is None or suffix_of(found) not in PICTURES:
            return None
        self._take(found, inline=True)
        return address_of(found)

    def below(self, element: Any) -> None:
        """Take the documents linked to in an element that stands outside the article."""
        for anchor in element.iter("a"):
            address = kept_link(anchor.get("href") or "")
            if address and suffix_of(address) in DOCUMENTS:
                self.link(address)

    def name(self, element: Any) -> None:
        """Name the files as the page's links do, where those tell more than a code."""
        if not self.found:
            return
        for anchor in element.iter("a"):
            address = kept_link(anchor.get("href") or "")
            found = self._folder.find(address, self._page) if address else None
            file = self.found.get(found or "")
            said = " ".join("".join(anchor.itertext()).split())
            if file is not None and not file.inline and _tells(said):
                self.found[found or ""] = OldFile(
                    _with_suffix(said, file.address), file.path, file.address
                )

    def _take(self, found: str, *, inline: bool) -> None:
        if found not in self.found:
            self._folder.used.add(found)
            path = self._folder.path(found)
            self.found[found] = OldFile(name_of(found), path, address_of(found), inline)


def _tells(said: str) -> bool:
    plain = said.strip("附件：: 0123456789.()（）")
    return len(plain) >= 2 and plain not in ("下载", "点击下载", "查看", "点击查看", "打开")


def _with_suffix(said: str, address: str) -> str:
    said = re.sub(r"[\x00-\x1f/\\]+", " ", said)[:_LONGEST_NAME].strip()
    suffix = suffix_of(address)
    return said if said.lower().endswith(suffix) else f"{said}{suffix}"


def article(body: Any, title: str, files: Files) -> Clean:
    """Return the article clean, its links resolved, without the title and the frame's lines."""
    blocks, dropped = laid_out(body, files.image, files.link)
    return written(_trimmed(blocks, title), dropped)


def _trimmed(blocks: Blocks, title: str) -> Blocks:
    plain = re.sub(r"\s+", "", title)
    last = len(blocks)
    return tuple(
        block
        for at, block in enumerate(blocks)
        if not (at < _HEAD and _is_head(block, plain))
        and not (at >= last - _TAIL and _is_frame(block))
    )


def _is_head(block: Block, title: str) -> bool:
    """Say whether a block repeats the title or the box of metadata."""
    if isinstance(block, Table):
        cells = [cell for row in block.rows for cell in row]
        texts = ["".join(_texts(cell.blocks)) for cell in cells]
        told = sum(is_label(text) or begins_labelled(text) for text in texts)
        return told >= _LABELS_OF_A_BOX
    if not isinstance(block, Paragraph):
        return False
    text = block.text.strip()
    if title and re.sub(r"\s+", "", text) == title:
        return True
    return len(text) <= _LONGEST_FRAME and (begins_labelled(text) or bool(_FRAME.match(text)))


def _texts(blocks: Blocks) -> list[str]:
    return [block.text for block in blocks if isinstance(block, Paragraph)]


def _is_frame(block: Block) -> bool:
    if not isinstance(block, Paragraph) or len(block.text) > _LONGEST_FRAME:
        return False
    return bool(_FRAME.match(block.text.strip()))


def attached(body: Any) -> list[Any]:
    """Return the places beside the article where a page lists its attachments."""
    places = []
    around = list(body.iterancestors())[:3]
    for element in around[-1].iter("div", "p", "ul", "td", "li", "span") if around else ():
        names = f"{element.get('id') or ''} {element.get('class') or ''}"
        begins = element.text and element.text.strip().startswith("附件")
        if begins or (len(names) > 1 and _NAMED.search(names)):
            places.append(element)
    return places


def guessed(found: Found, title: str, text: str) -> list[str]:
    """Fill what the page did not label from its text; return what was guessed, in Chinese."""
    notes = []
    lines = text.split("\n")
    if not found.get("document_number"):
        inside = _ENDS.search(title)
        for line in ([inside[1]] if inside else []) + lines[:5]:
            if 6 <= len(line) <= 30 and (number := _number(line)):
                found.fields["document_number"] = number
                notes.append(
                    f"文号“{number}”取自{'标题' if inside and line == inside[1] else '正文'}。"
                )
                break
    if not found.get("formed_on"):
        for line in reversed(lines[-_SIGNED:]):
            if len(line) <= 20 and is_day(line):
                found.fields["formed_on"] = line
                notes.append(f"成文日期“{line}”取自落款。")
                break
    return notes


def _number(line: str) -> str:
    try:
        return normalise(line)
    except DocumentNumberError:
        return ""
