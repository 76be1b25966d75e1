"""Table three, the same in both editions but for the rows of （六）其他处理.

It counts requests by kind of requester; every counted request lands in exactly
one result row (the form: 区分处理的，只计这一情形，不计其他情形).
"""

from collections.abc import Mapping

from gongkai.statute.grounds import Ground
from gongkai.statute.requesters import RequesterKind
from gongkai.tables.facts import Measure, requests_measure
from gongkai.tables.forms import Block, Column, Row
from gongkai.tables.sheet import Table

CORNER = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
_KIND_COLUMNS = tuple(kind.column for kind in RequesterKind)
_REQUESTER = "申请人情况"
_ORGANISATION = "法人或其他组织"

COLUMNS = (
    *(
        Column(
            kind.column,
            kind.label,
            (_REQUESTER,) if kind is RequesterKind.NATURAL_PERSON else (_REQUESTER, _ORGANISATION),
        )
        for kind in RequesterKind
    ),
    Column("t", "总计", (_REQUESTER,), parts=_KIND_COLUMNS),
)


def _shows(*aspects: str) -> Mapping[str, tuple[Measure, ...]]:
    return {
        kind.column: tuple(requests_measure(aspect, kind) for aspect in aspects)
        for kind in RequesterKind
    }


def _result(code: str, label: str, *grounds: Ground) -> Row:
    parent = code.rpartition(".")[0]
    return Row(code, label, parent, shows=_shows(*(f"outcome.{ground.name}" for ground in grounds)))


def _group(code: str, label: str) -> Row:
    return Row(code, label, "3", data=False)


_COMMON_RESULTS = (
    _result("3.1", "（一）予以公开", Ground.GRANTED),
    _result("3.2", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）", Ground.PARTIAL),
    _group("3.3", "（三）不予公开"),
    _result("3.3.1", "1.属于国家秘密", Ground.STATE_SECRET),
    _result("3.3.2", "2.其他法律行政法规禁止公开", Ground.PROHIBITED_BY_LAW),
    _result("3.3.3", "3.危及“三安全一稳定”", Ground.SECURITY_AND_STABILITY),
    _result("3.3.4", "4.保护第三方合法权益", Ground.THIRD_PARTY_RIGHTS),
    _result("3.3.5", "5.属于三类内部事务信息", Ground.INTERNAL_AFFAIRS),
    _result("3.3.6", "6.属于四类过程性信息", Ground.DELIBERATIVE),
    _result("3.3.7", "7.属于行政执法案卷", Ground.ENFORCEMENT_FILE),
    _result("3.3.8", "8.属于行政查询事项", Ground.ADMINISTRATIVE_ENQUIRY),
    _group("3.4", "（四）无法提供"),
    _result("3.4.1", "1.本机关不掌握相关政府信息", Ground.NOT_HELD),
    _result("3.4.2", "2.没有现成信息需要另行制作", Ground.NEEDS_CREATION),
    _result("3.4.3", "3.补正后申请内容仍不明确", Ground.STILL_UNCLEAR),
    _group("3.5", "（五）不予处理"),
    _result("3.5.1", "1.信访举报投诉类申请", Ground.PETITION),
    _result("3.5.2", "2.重复申请", Ground.REPEAT),
    _result("3.5.3", "3.要求提供公开出版物", Ground.PUBLICATION),
    _result("3.5.4", "4.无正当理由大量反复申请", Ground.EXCESSIVE),
    _result("3.5.5", "5.要求行政机关确认或重新出具已获取信息", Ground.RECONFIRMATION),
)

OTHERWISE_2019 = (
    _result("3.6", "（六）其他处理", Ground.NOT_SUPPLEMENTED, Ground.FEE_UNPAID, Ground.OTHER),
)
OTHERWISE_2021 = (
    _group("3.6", "（六）其他处理"),
    _result(
        "3.6.1",
        "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
        Ground.NOT_SUPPLEMENTED,
    ),
    _result(
        "3.6.2",
        "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
        Ground.FEE_UNPAID,
    ),
    _result("3.6.3", "3.其他", Ground.OTHER),
)


def requests_table(otherwise: tuple[Row, ...]) -> Block:
    """Return table three with the edition's own rows of （六）其他处理."""
    results = (*_COMMON_RESULTS, *otherwise)
    rows = (
        Row("1", "一、本年新收政府信息公开申请数量", shows=_shows("received")),
        Row("2", "二、上年结转政府信息公开申请数量", shows=_shows("carried_in")),
        Row("3", "三、本年度办理结果", data=False),
        *results,
        Row("3.7", "（七）总计", "3", parts=tuple(row.code for row in results if row.data)),
        Row("4", "四、结转下年度继续办理", shows=_shows("carried_out")),
    )
    return Block(Table.REQUESTS, "收到和处理政府信息公开申请情况", CORNER, COLUMNS, rows)
