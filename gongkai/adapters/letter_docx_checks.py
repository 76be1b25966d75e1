"""Judges a template that an office uploads: only what a letter needs, and nothing that acts.

Refused: files that are too large or unpack without end; macros, embedded objects, anything
fetched from outside; pictures (the PDF is set from the words alone); placeholders outside the
body; and in the body any word of Jinja but names, `if`, `for` and what compares them.
"""

import re
from collections.abc import Collection

from jinja2 import TemplateSyntaxError, nodes

from gongkai.adapters.letter_docx import TemplateFault, environment, template_source
from gongkai.adapters.readers.limits import Limits, ReadError
from gongkai.adapters.readers.packages import Package

LARGEST = 2 * 1024 * 1024
_LIMITS = Limits(file_bytes=LARGEST, unpacked_bytes=16 * 1024 * 1024, members=200)
_DEEPEST_LOOPS = 2
_BODY = "word/document.xml"
_ACTIVE = ("vbaproject", "embeddings/", "activex/", "oleobject", "attachedtoolbars")
_FIELDS = re.compile(r"^\s*(PAGE|NUMPAGES|SECTIONPAGES)\b", re.IGNORECASE)
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PICTURES = {"drawing": "图片或者文本框", "pict": "图片或者文本框", "object": "嵌入对象"}
_ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.For,
    nodes.If,
    nodes.Not,
    nodes.And,
    nodes.Or,
    nodes.Compare,
    nodes.Operand,
    nodes.Const,
)


def check_package(data: bytes) -> None:
    """Refuse a file that is no plain docx.

    Raises:
        TemplateFault: it is none, is too large, or carries what acts or is fetched.
    """
    if len(data) > LARGEST:
        raise TemplateFault("公文模板不得超过2MB，请删去与文书无关的内容后重新上传")
    try:
        package = Package(data, _LIMITS)
        for name in sorted(package.names):
            _check_member(package, name)
        if _BODY not in package.names:
            raise TemplateFault("不是 Word 文档（.docx），请用 Word 或者 WPS 另存为 .docx 后上传")
    except ReadError as error:
        raise TemplateFault(f"公文模板不能读取：{error}") from None


def check_words(data: bytes, known: Collection[str]) -> frozenset[str]:
    """Return the names that the template asks for; call `check_package` before.

    Raises:
        TemplateFault: it asks for a name that is not known, or says what it must not.
    """
    try:
        tree = environment().parse(template_source(data))
    except TemplateSyntaxError as error:
        raise TemplateFault(
            f"公文模板的填写标记写法不对（{error.message}），请检查双花括号是否成对"
        ) from None
    _check_nodes(tree, loops=0)
    asked = {node.name for node in tree.find_all(nodes.Name) if node.ctx == "load"}
    asked -= {node.name for node in tree.find_all(nodes.Name) if node.ctx == "store"}
    if unknown := sorted(asked - set(known)):
        names = "、".join(f"“{name}”" for name in unknown)
        raise TemplateFault(f"公文模板中有不认识的填写项：{names}，请对照填写项说明改正")
    return frozenset(asked)


def _check_member(package: Package, name: str) -> None:
    lowered = name.lower()
    if any(part in lowered for part in _ACTIVE):
        raise TemplateFault("公文模板不得带有宏、控件或者嵌入的文件，请删除后另存为 .docx 上传")
    if not lowered.endswith((".xml", ".rels")):
        package.read(name)
        return
    tree = package.xml(name)
    if (
        lowered == "[content_types].xml"
        and "macroenabled" in str([each.get("ContentType") for each in tree]).lower()
    ):
        raise TemplateFault("公文模板不得带有宏，请另存为 .docx 后上传")
    if lowered.endswith(".rels"):
        if any(each.get("TargetMode", "").lower() == "external" for each in tree):
            raise TemplateFault(
                "公文模板不得有外部链接（超链接、链接的图片或者模板），请删除后上传"
            )
    elif lowered.startswith("word/"):
        _check_part(tree, name)


def _check_part(tree: object, name: str) -> None:
    texts: list[str] = []
    for element in tree.iter():
        tag = str(element.tag)
        short = tag.rpartition("}")[2]
        if short in _PICTURES and name == _BODY:
            raise TemplateFault(f"公文模板正文中不得有{_PICTURES[short]}，请删除后上传")
        if short == "altChunk":
            raise TemplateFault("公文模板不得引用其他文件的内容，请删除后上传")
        if short == "vMerge" or (short == "tbl" and _inside_table(element)):
            raise TemplateFault("公文模板的表格不得纵向合并单元格或者嵌套表格，请改成简单表格")
        if tag == f"{_WORD}instrText" and not _FIELDS.match(element.text or ""):
            raise TemplateFault("公文模板中只能使用页码域，请删除其他域（按 Alt+F9 可以查看）")
        if tag == f"{_WORD}fldSimple" and not _FIELDS.match(element.get(f"{_WORD}instr") or ""):
            raise TemplateFault("公文模板中只能使用页码域，请删除其他域（按 Alt+F9 可以查看）")
        if tag == f"{_WORD}t":
            texts.append(element.text or "")
    words = "".join(texts)
    if name != _BODY and ("{{" in words or "{%" in words):
        raise TemplateFault("填写项只能放在正文中，请删除页眉、页脚、脚注中的双花括号")


def _inside_table(element: object) -> bool:
    return any(parent.tag == f"{_WORD}tbl" for parent in element.iterancestors())


def _check_nodes(node: nodes.Node, *, loops: int) -> None:
    if not isinstance(node, _ALLOWED):
        raise TemplateFault(
            "公文模板中只能使用填写项、“if”和“for”，不得使用其他语句、函数或者运算，请删除"
        )
    if isinstance(node, nodes.For):
        loops += 1
        if not isinstance(node.iter, nodes.Name) or node.recursive or node.test is not None:
            raise TemplateFault("公文模板中“for”后面只能直接写一个填写项，请改正")
        if loops > _DEEPEST_LOOPS:
            raise TemplateFault("公文模板中“for”最多嵌套两层，请改正")
    for child in node.iter_child_nodes():
        _check_nodes(child, loops=loops)
