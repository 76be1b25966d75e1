"""The usual measures told in prose and the readings of the tables that could give them.

A reading is a set of cells that are added up. A figure is only called wrong when none
of the usual readings gives it (V9).
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from gongkai.statute.requesters import RequesterKind
from gongkai.tables.consolidate import in_yuan
from gongkai.tables.forms import FormEdition
from gongkai.tables.sheet import CellPath, Number, Sheet, Table

KIND_COLUMNS = tuple(kind.column for kind in RequesterKind)
ORGANISATION_COLUMNS = KIND_COLUMNS[1:]
COUNTED = frozenset(("件", "件次", "份", "宗", "起", "个", "项", "次", "例"))


@dataclass(frozen=True, slots=True)
class Reading:
    """A way to understand a figure: its name and the cells that give it."""

    name: str
    cells: tuple[CellPath, ...]

    def value(self, sheet: Sheet) -> Decimal | None:
        """Return the cells' sum (amounts in 元); None when one of them is no number."""
        total = Decimal(0)
        for path in self.cells:
            cell = sheet[path]
            if not isinstance(cell, Number):
                return None
            total += in_yuan(cell, "") if cell.unit else cell.value
        return total


@dataclass(frozen=True, slots=True)
class Subject:
    """A measure, its readings, and whether no other meaning is usual."""

    measure: str
    readings: tuple[Reading, ...] = ()
    sure: bool = False
    family: str = ""


def requests(rows: tuple[str, ...], columns: tuple[str, ...]) -> tuple[CellPath, ...]:
    """Return cells of table three."""
    return tuple(CellPath(Table.REQUESTS, row, column) for row in rows for column in columns)


def result_rows(edition: FormEdition, code: str) -> tuple[str, ...]:
    """Return a result row, or the rows of a group such as 3.3."""
    (block,) = edition.tables[Table.REQUESTS]
    return tuple(
        row.code for row in block.data_rows if row.code == code or row.code.startswith(code + ".")
    )


@dataclass(frozen=True, slots=True)
class Wording:
    """Words that name a column or group of rows, with the measure's name and the cells' codes."""

    words: re.Pattern[str]
    name: str
    codes: tuple[str, ...]
    label: str


def _wording(words: str, name: str, codes: str, label: str) -> Wording:
    return Wording(re.compile(words), name, tuple(codes.split()), label)


KINDS = (
    _wording("自然人|公民|个人", "NATURAL_PERSON", "p", "自然人"),
    _wording("商业企业|企业", "COMMERCIAL_ENTERPRISE", "o1", "商业企业"),
    _wording("科研机构", "RESEARCH_INSTITUTION", "o2", "科研机构"),
    _wording("社会公益组织|公益组织", "PUBLIC_WELFARE_ORG", "o3", "社会公益组织"),
    _wording("法律服务机构|律师事务所", "LEGAL_SERVICE_ORG", "o4", "法律服务机构"),
    _wording("法人|其他组织|社会组织", "ORGANISATION", "o1 o2 o3 o4 o5", "法人或其他组织"),
    _wording("^(其中)?其他(申请人)?$", "OTHER_ORG", "o5", "其他"),
)
RESULTS = (
    _wording("部分公开", "PARTIAL", "3.2", "部分公开"),
    _wording("国家秘密", "STATE_SECRET", "3.3.1", "属于国家秘密"),
    _wording("法律.{0,2}法规禁止", "PROHIBITED_BY_LAW", "3.3.2", "其他法律行政法规禁止公开"),
    _wording("三安全一稳定", "SECURITY_AND_STABILITY", "3.3.3", "危及“三安全一稳定”"),
    _wording("第三方合法权益", "THIRD_PARTY_RIGHTS", "3.3.4", "保护第三方合法权益"),
    _wording("内部事务", "INTERNAL_AFFAIRS", "3.3.5", "属于三类内部事务信息"),
    _wording("过程性信息", "DELIBERATIVE", "3.3.6", "属于四类过程性信息"),
    _wording("行政执法案卷", "ENFORCEMENT_FILE", "3.3.7", "属于行政执法案卷"),
    _wording("行政查询", "ADMINISTRATIVE_ENQUIRY", "3.3.8", "属于行政查询事项"),
    _wording("不予公开", "WITHHELD", "3.3", "不予公开"),
    _wording("不掌握|不存在", "NOT_HELD", "3.4.1", "本机关不掌握相关政府信息"),
    _wording("没有现成信息|另行制作", "NEEDS_CREATION", "3.4.2", "没有现成信息需要另行制作"),
    _wording("补正后", "STILL_UNCLEAR", "3.4.3", "补正后申请内容仍不明确"),
    _wording("无法提供", "UNAVAILABLE", "3.4", "无法提供"),
    _wording("信访.{0,2}举报|信访.{0,2}投诉", "PETITION", "3.5.1", "信访举报投诉类申请"),
    _wording("重复申请", "REPEAT", "3.5.2", "重复申请"),
    _wording("公开出版物", "PUBLICATION", "3.5.3", "要求提供公开出版物"),
    _wording("大量反复", "EXCESSIVE", "3.5.4", "无正当理由大量反复申请"),
    _wording("确认或.{0,2}重新出具", "RECONFIRMATION", "3.5.5", "要求确认或重新出具已获取信息"),
    _wording("不予处理", "DECLINED", "3.5", "不予处理"),
    _wording("逾期不补正", "NOT_SUPPLEMENTED", "3.6.1", "逾期不补正"),
    _wording("逾期未.{0,6}缴", "FEE_UNPAID", "3.6.2", "逾期不缴费"),
    _wording("其他处理", "OTHERWISE", "3.6", "其他处理"),
    _wording("(?<!主动)予以公开|同意公开|全部公开", "GRANTED", "3.1", "予以公开"),
)
CHANNELS = (
    _wording("当面|现场|窗口|上门", "IN_PERSON", "", "当面"),
    _wording("在线|线上|网络|网上|互联网|网站|平台|邮箱|电子邮件", "ONLINE", "", "网络"),
    _wording("信函|邮寄|来信|书信|邮件", "POST", "", "信函"),
    _wording("传真", "FAX", "", "传真"),
    _wording("线下", "OFFLINE", "", "线下"),
)
REMEDY_RESULTS = (
    _wording("维持", "UPHELD", "1", "结果维持"),
    _wording("纠正|撤销", "CORRECTED", "2", "结果纠正"),
    _wording("其他结果", "OTHER", "3", "其他结果"),
    _wording("未审结|正在审理", "PENDING", "4", "尚未审结"),
)
REGISTERS = (
    _wording("其他对外管理服务", "OUTWARD_SERVICE", "T2.5.2", "其他对外管理服务事项"),
    _wording("行政许可", "LICENCE", "T2.5.1", "行政许可"),
    _wording("行政处罚", "PENALTY", "T2.6.1", "行政处罚"),
    _wording("行政强制", "COERCION", "T2.6.2", "行政强制"),
    _wording("行政事业性收费", "FEE", "T2.8.1", "行政事业性收费"),
    _wording("集中采购", "PROCUREMENT", "T2.9.1", "政府集中采购"),
)


def first(wordings: tuple[Wording, ...], text: str) -> Wording | None:
    """Return the first wording that a text uses."""
    return next((wording for wording in wordings if wording.words.search(text)), None)
