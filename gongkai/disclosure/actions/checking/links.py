"""Links and pictures: what leads nowhere, what leads away, what a blind reader is not told."""

from collections.abc import Iterator

from gongkai.disclosure import queries
from gongkai.disclosure.actions.checking.subject import Raw, Subject
from gongkai.disclosure.models import AttachmentRole, Entry, Section
from gongkai.disclosure.rules.addresses import ATTACHED, entry_in
from gongkai.disclosure.rules.body import Link
from gongkai.text.levels import Level

_SHOWN = frozenset({AttachmentRole.PICTURE, AttachmentRole.VIDEO})
_MAKE_GOOD = "改为有效的链接，或者删去链接"


def links(subject: Subject) -> Iterator[Raw]:
    """Look at every link of the body; nothing outside is fetched."""
    told = [link for link in subject.body.links if not _personal(link.href)]
    known = _Known(subject, told)
    for link in told:
        path = _path(link.href)
        if "//" in link.href[:9]:
            yield _link(
                link, "link_external", Level.ADVISORY, "链接指向站外网页", "请核对网页仍然有效"
            )
        elif not path.startswith("/"):
            said = "链接没有写全地址，发布后会打不开"
            yield _link(link, "link_relative", Level.BLOCKING, said, _MAKE_GOOD)
        elif not known.leads(path):
            if known.ours(path):
                said = "链接指向的内容没有公开或者不存在"
                yield _link(link, "link_dead", Level.BLOCKING, said, _MAKE_GOOD)
            else:
                said = "链接指向本站的其他页面，请点开核对"
                yield _link(link, "link_unknown", Level.ADVISORY, said, "")


def alternatives(subject: Subject) -> Iterator[Raw]:
    """Look for pictures and videos without words that stand for them."""
    told = {str(file.id): file.alternative for file in subject.content.files}
    missing = "图片没有文字说明，看不见图片的人无法知道内容"
    for picture in subject.body.pictures:
        named = ATTACHED.search(picture.src)
        if named is None or named[1].lower() not in told:
            yield Raw(
                rule="picture_missing",
                level=Level.BLOCKING,
                place=picture.place,
                message="图片不是本条信息的附件，发布后无法显示",
                what=picture.src,
                suggestion="请重新上传图片",
            )
        elif not picture.alternative and not told[named[1].lower()]:
            yield Raw(
                rule="alternative_missing",
                level=Level.BLOCKING,
                place=picture.place,
                message=missing,
                what=picture.src,
                suggestion="在附件中填写这张图片的文字说明",
            )
    shown = {str(found[1]) for one in subject.body.pictures if (found := ATTACHED.search(one.src))}
    for file in subject.content.files:
        if file.role in _SHOWN and not file.alternative and str(file.id) not in shown:
            yield Raw(
                rule="alternative_missing",
                level=Level.BLOCKING,
                place=f"附件“{file.name}”",
                message=missing.replace("图片", AttachmentRole(file.role).label),
                what=str(file.id),
                suggestion="填写这个附件的文字说明",
            )


class _Known:
    """The addresses of our own that the links of a subject name. Two queries at most."""

    def __init__(self, subject: Subject, told: list[Link]) -> None:
        paths = {_path(link.href) for link in told}
        county = queries.county_of(subject.entry.organ)
        self.files = {str(file.id) for file in subject.content.files}
        wanted = {path for path in paths if entry_in(path) is not None}
        pks = [entry_in(path) for path in wanted]
        live = Entry.objects.live().filter(pk__in=pks).values_list("address", flat=True)
        self.entries = set(live) if pks else set()
        self.entries.add(subject.entry.address)
        self.sections: set[str] = set()
        if paths - wanted:
            rows = Section.objects.open().filter(county_id=county).values_list("path", flat=True)
            self.sections = set(rows)

    def leads(self, path: str) -> bool:
        """Say whether an address leads to something public."""
        if named := ATTACHED.fullmatch(path):
            return named[1].lower() in self.files
        return path in self.entries or path.strip("/") in self.sections

    def ours(self, path: str) -> bool:
        """Say whether an address is of entries, attachments or sections, and so can be judged."""
        if entry_in(path) is not None or ATTACHED.fullmatch(path):
            return True
        parts = path.strip("/").split("/")
        return len(parts) > 1 and "/".join(parts[:-1]) in self.sections


def _path(href: str) -> str:
    return href.split("#", 1)[0].split("?", 1)[0]


def _personal(href: str) -> bool:
    return not href or href.startswith(("#", "mailto:", "tel:"))


def _link(link: Link, rule: str, level: Level, said: str, suggestion: str) -> Raw:
    shown = link.href if len(link.href) <= 80 else link.href[:79] + "…"
    return Raw(rule, level, link.place, f"{said}：{shown}", link.href, shown, suggestion)
