"""The blank application form as rows of cells, for Word and PDF alike (law.md 2.3; Art. 29).

It has every field of the official form and none for a purpose: since 2019 none is asked.
A row's cells fill five columns; the first tells the group and runs down its rows.
"""

from dataclasses import dataclass

COLUMNS = (13, 34, 38, 33, 38)  # mm, 156 in all, as GB/T 9704 leaves for text
_KINDS = "□商业企业　□科研机构　□社会公益组织\n□法律服务机构　□其他"


@dataclass(frozen=True, slots=True)
class FormCell:
    """A cell: its text, how many columns and rows it takes, whether it labels another."""

    text: str
    columns: int = 1
    rows: int = 1
    label: bool = False


@dataclass(frozen=True, slots=True)
class FormRow:
    """A row: its cells, those that reach down from rows above left out, and its height in mm."""

    cells: tuple[FormCell, ...]
    height: float = 9.2


@dataclass(frozen=True, slots=True)
class BlankForm:
    """A form to print: its title, its table, the notes below it."""

    title: str
    rows: tuple[FormRow, ...]
    notes: tuple[str, ...]


def blank(county: str) -> BlankForm:
    """Return the form of a county, whose short name stands in the title."""
    return BlankForm(f"{county}政府信息公开申请表", (*_who(), *_what(), *_promise()), _NOTES)


def _label(text: str, columns: int = 1, rows: int = 1) -> FormCell:
    return FormCell(text, columns, rows, label=True)


def _pair(first: str, second: str, *before: FormCell) -> FormRow:
    cells = (_label(first), FormCell(""), _label(second), FormCell(""))
    return FormRow((*before, *cells))


def _wide(name: str, *before: FormCell, text: str = "", height: float = 9.2) -> FormRow:
    return FormRow((*before, _label(name), FormCell(text, columns=3)), height)


def _who() -> tuple[FormRow, ...]:
    return (
        _pair("姓名", "工作单位(选填)", _label("公\n民", rows=4)),
        _pair("证件名称", "证件号码"),
        _pair("联系电话", "邮政编码"),
        _pair("联系地址", "电子邮箱、传真"),
        _wide("名称", _label("法人\n或者\n其他\n组织", rows=6)),
        _wide("性质", text=_KINDS, height=13),
        FormRow(
            (_label("统一社会\n信用代码"), FormCell(""), _label("法定代表人"), FormCell("")), 11.5
        ),
        _pair("联系人", "联系电话"),
        _pair("地址", "邮政编码"),
        _pair("电子邮箱", "传真"),
    )


def _what() -> tuple[FormRow, ...]:
    return (
        _wide("受理机关", _label("所\n需\n政\n府\n信\n息", rows=7)),
        _pair("信息名称", "文号"),
        _wide("其他特征描述", height=24),
        _wide("信息载体", text="□纸质　□电子数据　□查阅　□抄录"),
        _wide(
            "获取方式",
            text="□当面领取　□邮寄　□电子邮件　□传真\n□网上查询　□现场查阅、抄录",
            height=13,
        ),
        _wide("其他方式", text="□ 不能按照指定方式提供的，可以接受其他方式"),
        _wide(
            "减免费用",
            text="□不申请　□申请（附证明）：\n　□最低生活保障对象　□确有其他经济困难",
            height=13,
        ),
    )


def _promise() -> tuple[FormRow, ...]:
    return (
        FormRow(
            (
                _label("随附材料", columns=2),
                FormCell(
                    "□身份证明复印件　□营业执照或者登记证书复印件\n"
                    "□授权委托书和代理人身份证明\n□减免费用的证明　□其他",
                    columns=3,
                ),
            ),
            18,
        ),
        FormRow(
            (
                _label("申请人承诺\n和签名、盖章", columns=2),
                FormCell(
                    "承诺所填内容真实，并依法使用获取的政府信息。\n\n"
                    "签名（盖章）：　　　　　　　　　　　　年　　月　　日",
                    columns=3,
                ),
            ),
            20,
        ),
    )


_NOTES = (
    "填写说明：1. 公民填“公民”部分，法人或者其他组织填“法人或者其他组织”部分。"
    "2. 一份申请表只写一件事，请写明名称、文号或者其他便于查找的特征。"
    "3. 不需要说明用途。4. 邮寄申请的，请在信封上注明“政府信息公开申请”。"
    "5. 书写有困难的，可以到受理机构口头提出，由工作人员代为填写，核对后签字。",
    "个人信息说明：所填信息由受理机关用于办理本申请（《中华人民共和国政府信息公开条例》第二十九条），"
    "按档案管理规定保存，不对外公开；申请人可以查阅、更正。",
)
