"""One old page, its bytes in, the document out."""

import hashlib
import re
from typing import Any

from gongkai.adapters.oldsite import days
from gongkai.adapters.oldsite.articles import Files, article, attached, guessed
from gongkai.adapters.oldsite.bodies import body as body_of
from gongkai.adapters.oldsite.bodies import linked
from gongkai.adapters.oldsite.boxes import Found, column, domain, facts, title, urls
from gongkai.adapters.oldsite.charset import page_text
from gongkai.adapters.oldsite.folder import Folder, address_of
from gongkai.adapters.oldsite.records import OldPage, Refused
from gongkai.adapters.oldsite.selectors import Selectors, every
from gongkai.adapters.readers.limits import Damaged
from gongkai.adapters.richtext.cleaning import parsed
from gongkai.adapters.richtext.flow import Unreadable

MOST_BYTES = 8 * 1024 * 1024
_DAYS = ("formed_on", "effective_on", "ceased_on")
_DAY_LABELS = {"formed_on": "成文日期", "effective_on": "生效日期", "ceased_on": "废止日期"}
_WORDS = re.compile(r"[\s,，;；、|]+")
_LIST_NAMES = re.compile(r"(?:^|/)(?:index|default|list|main|more)[\w-]*\.[a-z]+$", re.IGNORECASE)
_FORWARD = re.compile(rb"http-equiv\s*=\s*[\"']?refresh", re.IGNORECASE)
_MOSTLY_LINKS = 0.6
_A_LIST = "这是栏目列表页或者首页，不是一篇文章。"
_LONGEST_TITLE = 300


def key_of(below: str, data: bytes) -> str:
    """Return a page's steady key: of its path and its content."""
    content = hashlib.sha256(data).hexdigest()
    path = below.encode("utf-8", "surrogateescape")
    return hashlib.sha256(path + b"\x00" + content.encode()).hexdigest()


def read_page(folder: Folder, below: str, data: bytes, selectors: Selectors) -> OldPage | Refused:
    """Return the document on a page, or why it is none."""
    key, address = key_of(below, data), address_of(below)
    try:
        return _read(folder, below, data, selectors, key)
    except (Damaged, Unreadable) as error:
        return Refused(address, str(error), key)
    except _NotTaken as error:
        return Refused(address, str(error), key)


class _NotTaken(ValueError):
    """The page is no document; the message says why."""


def _read(folder: Folder, below: str, data: bytes, selectors: Selectors, key: str) -> OldPage:
    if len(data) > MOST_BYTES:
        raise _NotTaken("网页超过 8 MB，请人工整理后录入。")
    text, lost = page_text(data)
    root = parsed(text, whole=True)
    if root is None:
        raise _NotTaken("网页是空的。")
    if (host := domain(root)) and len(folder.hosts) < 100:
        folder.hosts.add(host)
    for element in every(root, selectors.left_out):
        if element.getparent() is not None:
            element.getparent().remove(element)
    body = body_of(root, selectors)
    found = facts(root, body, selectors)
    name = title(root, found, selectors)[:_LONGEST_TITLE]
    _check(below, data, root, body, found, name)
    files = Files(folder, below)
    clean = article(body, name, files)
    for place in attached(body):
        files.below(place)
        files.name(place)
    files.name(body)
    if not clean.html and not files.found:
        raise _NotTaken("网页没有正文，也没有附件。")
    notes = [f"有 {lost} 个字符无法识别。"] if lost else []
    notes += guessed(found, name, clean.text) + files.notes
    notes += [f"未保留{told}。" for told in clean.dropped]
    known = dated(found, notes)
    return OldPage(
        key=key,
        old_address=address_of(below),
        old_urls=tuple(dict.fromkeys(each for each in urls(root) if each)),
        attachments=tuple(files.found.values()),
        title=name,
        body_html=clean.html,
        text=clean.text,
        column=column(root, found, name, selectors),
        notes=tuple(dict.fromkeys(notes)),
        **known,
    )


def _check(below: str, data: bytes, root: Any, body: Any, found: Found, name: str) -> None:
    if body is None:
        if linked(root) > _MOSTLY_LINKS:
            raise _NotTaken(_A_LIST)
        if _FORWARD.search(data[:4096]):
            raise _NotTaken("这是转向别的网页的空页。")
        raise _NotTaken("没有找到正文，请在导入设置里写明正文的位置（选择器）。")
    tagged = any(found.get(field) for field in ("index_number", "document_number", "formed_on"))
    share = linked(body)
    if not tagged and (share > _MOSTLY_LINKS or (_LIST_NAMES.search(below) and share > 0.3)):
        raise _NotTaken(_A_LIST)
    if not name:
        raise _NotTaken("没有找到标题，请在导入设置里写明标题的位置（选择器）。")


def dated(found: Found, notes: list[str]) -> dict[str, Any]:
    """Return the fields as Facts takes them; what is no day is noted and kept among `others`."""
    known: dict[str, Any] = {}
    others = dict(found.others)
    for field in _DAYS:
        said = found.get(field)
        known[field] = days.day(said) if said else None
        if said and known[field] is None:
            notes.append(f"{_DAY_LABELS[field]}“{said[:40]}”不是日期。")
            others[_DAY_LABELS[field]] = said
    said = found.get("published_at")
    known["published_at"] = days.moment(said) if said else None
    if said and known["published_at"] is None:
        notes.append(f"发布日期“{said[:40]}”不是日期。")
        others["发布日期"] = said
    known["keywords"] = tuple(word for word in _WORDS.split(found.get("keywords")) if word)
    plain = ("index_number", "document_number", "issuer", "source", "summary", "subject", "genre")
    known |= {field: found.get(field) for field in (*plain, "validity")}
    known["others"] = tuple(others.items())
    return known
