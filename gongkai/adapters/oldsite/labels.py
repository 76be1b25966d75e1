"""The labels an old page or sheet puts beside its metadata, and the field each one means.

The union of what county pages show (索引号, 文号, 发布机构, …); a label nobody knows a field for
is kept with what stood beside it.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator

_BY_FIELD = """
index_number 索引号 信息索引号 索引编号 索取号 索引
document_number 发文字号 文号 文件编号 文件号 发文号 文件字号 发文文号
issuer 发布机构 发文机关 发布单位 发文单位 制发机关 发布机关 发布部门 公开责任部门 公开主体 公开单位
issuer 制作机关 发文机构 发文部门 责任部门 印发机关 制发单位 公开机关 责任单位
formed_on 成文日期 成文时间 生成日期 生成时间 形成日期 形成时间 制发日期 制作日期 印发日期 发文日期
formed_on 发文时间 签发日期
published_at 发布日期 发布时间 公开日期 公开时间 发表时间 发表日期 公布日期 上网日期 上网时间
published_at 发稿时间 更新时间 更新日期 时间 日期
effective_on 生效日期 实施日期 施行日期 生效时间 实施时间 施行时间
ceased_on 废止日期 失效日期 废止时间 失效时间 有效期至 终止日期
source 信息来源 文章来源 稿件来源 内容来源 来源
keywords 关键词 主题词 关键字
summary 内容概述 内容概要 内容摘要 信息概述 摘要 概述 简介
subject 主题分类 主题类别 主题
genre 体裁分类 体裁 文种 公文种类 公文类型 文件类型
validity 有效性 时效性 效力状态 文件状态 文件效力 是否有效 效力 时效
title 信息名称 文件名称 文件标题 信息标题 标题 名称
column 所属栏目 栏目名称 栏目 信息分类 信息类别 组配分类 公开分类
others 服务对象分类 服务对象 生命周期分类 公开范围 公开方式 公开属性 公开形式 公开时限 信息格式 语种
others 责任编辑 作者 有效期 公开程序 依据 编辑 审核
untold 浏览次数 访问量 点击数 点击量 阅读次数 阅读 浏览量 字体 字号
"""
_SHEET_ONLY = """
body 正文 内容 正文内容 信息内容 文章内容 全文
address 原地址 链接 网址 原网址 地址 URL 链接地址 原文链接
attachments 附件 附件名称 附件文件 附件列表
"""
# Words too common to be labels where an article stands.
_TOO_COMMON = """
标题 名称 时间 日期 主题 索引 效力 时效 依据 编辑 审核 阅读 简介 概述 栏目 责任单位 责任部门 作者
字体 字号 有效期 服务对象
"""


def _listed(lines: str) -> dict[str, str]:
    """Return the field of each label in lines of a field and its labels."""
    rows = (line.split() for line in lines.split("\n"))
    return {label: row[0] for row in rows if row for label in row[1:]}


_EVERY = _listed(_BY_FIELD)
FIELD_OF = {label: field for label, field in _EVERY.items() if field not in ("others", "untold")}
_WEAK = frozenset(_TOO_COMMON.split())
_LABELS = sorted(_EVERY, key=len, reverse=True)
_SPACED = "|".join(r"[\s\u3000]*".join(label) for label in _LABELS)
_LABELLED = re.compile(rf"(?:^|(?<=[^\u4e00-\u9fff]))[【\[]?({_SPACED})[】\]]?\s*[:：]\s*")
_INSIDE = re.compile(rf"[【\[]?({_SPACED})[】\]]?\s*[:：]\s*")
_BLANKS = re.compile(r"[\s\u3000\xa0]+")
_ALONE = re.compile(r"[\s\u3000\xa0：:【】\[\]*]+")
_BRACKETED = re.compile(r"[(（].*?[)）]")
_LONGEST = 1_000
_LONGEST_LINE = 3_000


def bare(text: str) -> str:
    """Return a label without blanks and colon."""
    return _ALONE.sub("", text)


def is_label(text: str) -> bool:
    """Say whether a text is a label and nothing else."""
    return len(text) <= 20 and bare(text) in _EVERY


def labelled(pieces: Iterable[str], *, strict: bool = False) -> Iterator[tuple[str, str]]:
    """Yield labels with what stands beside them; `strict`: only labels that can be nothing else.

    `pieces` are the texts of cells, items and lines in their order: a label may have its value
    in the same piece or in the next.
    """
    pieces = list(pieces)
    for at, piece in enumerate(pieces):
        following = pieces[at + 1] if at + 1 < len(pieces) else ""
        for label, value in _in_piece(piece, following):
            if not (strict and label in _WEAK):
                yield label, value


def _in_piece(piece: str, following: str) -> Iterator[tuple[str, str]]:
    if is_label(piece):
        if value := _beside(following):
            yield bare(piece), value
        return
    told = ("：" in piece or ":" in piece) and len(piece) <= _LONGEST_LINE
    if not told or not _LABELLED.search(piece):
        return
    marks = list(_INSIDE.finditer(piece))
    for number, mark in enumerate(marks):
        last = number + 1 == len(marks)
        value = _tidy(piece[mark.end() : None if last else marks[number + 1].start()])
        if last and not value:
            value = _beside(following)
        if value:
            yield bare(mark[1]), value


def _beside(following: str) -> str:
    """Return the value in the piece after a label, "" where that is a label itself."""
    return "" if is_label(following) or _LABELLED.match(following) else _tidy(following)


def begins_labelled(text: str) -> bool:
    """Say whether a line begins with a label that can be nothing else."""
    found = _LABELLED.match(text)
    return bool(found) and (bare(found[1]) not in _WEAK or len(_INSIDE.findall(text)) > 1)


def is_worth_telling(label: str) -> bool:
    """Say whether a label without a field says anything of the document."""
    return _EVERY.get(label) != "untold"


def _tidy(value: str) -> str:
    return _BLANKS.sub(" ", value).strip(" |｜;；")[:_LONGEST]


def header(text: str) -> str:
    """Return the field a sheet's column head means, "" for none."""
    plain = unicodedata.normalize("NFKC", text)
    plain = _BRACKETED.sub("", plain)
    plain = bare(plain).replace("_", "").upper()
    return _HEADERS.get(plain, "")


_HEADERS = {label.upper(): field for label, field in {**FIELD_OF, **_listed(_SHEET_ONLY)}.items()}
