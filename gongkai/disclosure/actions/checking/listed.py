"""What the county lists: words that must not be published, links that must not be made."""

from collections.abc import Iterator

from gongkai.disclosure.actions.checking.subject import Raw, Subject
from gongkai.text.listed import Lists

_WORD = "请删去或者改写；确属应当使用的，写明理由申请放行"
_LINK = "请删去链接，或者改为有效的官方网址"


def listed(subject: Subject) -> Iterator[Raw]:
    """Look through title, metadata, body and links for what is listed."""
    lists = subject.lists
    if not lists:
        return
    told = subject.content.told
    texts = [("标题", told.title), ("内容概述", told.summary), ("关键词", told.keywords)]
    texts += [("来源", told.source)]
    texts += [(file.name, file.alternative) for file in subject.content.files]
    texts += [(block.place, block.text) for block in subject.body.blocks]
    for place, text in texts:
        yield from listed_in(place, text, lists)
    for link in subject.body.links:
        term = lists.link(link.href)
        if term is not None:
            message = f"链接在本县的禁用链接名单上：{link.href[:80]}。{term.why}"
            yield Raw(
                "listed.link", term.level, link.place, message, link.href, term.word, _LINK
            )  # fmt: skip


def listed_in(place: str, text: str, lists: Lists) -> Iterator[Raw]:
    """Yield the listed words of a text, each once."""
    for word in {hit.term.word: hit for hit in lists.words_in(text)}.values():
        found, term = text[word.start : word.end], word.term
        message = f"“{found}”在本县的敏感词名单上。{term.why}"
        yield Raw("listed.word", term.level, place, message, term.word, found, _WORD)
