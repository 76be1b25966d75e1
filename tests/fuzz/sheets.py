"""Sound tables that offices hand in, one for every import, and what machines hand over."""

import json

from gongkai.adapters import xlsx
from gongkai.adapters.catalogue_xlsx import write_catalogue
from gongkai.adapters.tests.makers import docx_file
from gongkai.hotline.rules import worksheet as orders
from gongkai.inspections.rules.ledger_form import COLUMNS
from gongkai.newmedia.rules import worksheet as media
from gongkai.proposals.rules import worksheet as proposals
from gongkai.registers.rules import worksheet as batches
from gongkai.servicehall.rules import worksheet as items
from gongkai.tables.catalogue import CatalogueRow, FieldTable
from gongkai.tables.grid import Document, Grid
from tests.fuzz.samples import cells
from tests.fuzz.shapes import Sample


def _sheet(heads: list[str], *rows: dict[str, str]) -> bytes:
    columns = tuple(xlsx.Column(head) for head in heads)
    filled = tuple(tuple(row.get(head, "") for head in heads) for row in rows)
    return xlsx.write_tables([xlsx.SheetOut("表", columns, filled)])


def sheet_of_batches() -> list[Sample]:
    """Return a table of registers."""
    row = {
        "填报机构": "县财政局",
        "类别": "行政许可",
        "统计开始日期": "2026-01-01",
        "统计结束日期": "2026年3月31日",
        "项目增减": "3",
        "处理决定数量": "12",
        "备注": "无",
    }
    return [Sample("台账.xlsx", _sheet(list(batches.HEADS.values()), row, row))]


def sheet_of_orders() -> list[Sample]:
    """Return a table of the hotline."""
    row = {
        "工单编号": "YC1",
        "受理时间": "2026-03-02 09:30",
        "诉求类型": "求助",
        "事由": "路灯",
        "诉求内容": "白鹭村路灯坏了",
        "紧急程度": "一般",
        "受理渠道": "电话",
    }
    return [Sample("工单.xlsx", _sheet([each[0] for each in orders.HEADS.values()], row, row))]


def sheet_of_items() -> list[Sample]:
    """Return a table of service items with one of their materials."""
    item = {
        "实施主体": "县水利局",
        "事项名称": "取水许可",
        "事项类型": "行政许可",
        "实施编码": "1A",
        "法定办结时限": "20",
        "法定办结时限单位": "工作日",
        "生效日期": "2026-01-01",
    }
    need = {"实施编码": "1A", "材料名称": "申请书", "材料类型": "原件", "纸质材料份数": "1"}
    sheets = []
    for name, heads, row in (
        ("事项", items.ITEM_HEADS, item),
        ("材料", items.MATERIAL_HEADS, need),
    ):
        told = [each[0] for each in heads.values()]
        columns = tuple(xlsx.Column(head) for head in told)
        sheets.append(xlsx.SheetOut(name, columns, (tuple(row.get(head, "") for head in told),)))
    return [Sample("事项.xlsx", xlsx.write_tables(sheets))]


def sheet_of_proposals() -> list[Sample]:
    """Return a table of proposals."""
    row = {
        "类型": "人大建议",
        "年度": "2026",
        "届次会议": "十八届六次",
        "编号": "12",
        "案由": "修路",
        "领衔代表或者第一提案人": "万里",
        "收到日期": "2026-02-01",
        "主办单位": "县交通局",
        "交办日期": "2026/2/9",
    }
    heads = [each[0] for each in proposals.HEADS.values()]
    return [Sample("提案.xlsx", _sheet(heads, row, row))]


def sheet_of_media() -> list[Sample]:
    """Return tables of posts and of accounts."""
    post = {
        "平台类型": "微信公众号",
        "账号名称": "靖安发布",
        "标题": "通知",
        "发布时间": "2026-03-02",
        "链接": "https://mp.weixin.qq.com/s/1",
        "类型": "原创",
    }
    account = {
        "主办单位": "县政府办",
        "平台类型": "微博",
        "账号名称": "靖安",
        "功能类型": "信息发布",
        "责任人": "万里",
        "主账号": "是",
        "开设日期": "2020-1-1",
    }
    return [
        Sample("内容.xlsx", _sheet([each[0] for each in media.POST_HEADS.values()], post)),
        Sample("账号.xlsx", _sheet([each[0] for each in media.ACCOUNT_HEADS.values()], account)),
    ]


_FINDING = {"单位": "县财政局", "日期": "2026-03-02", "期限": "2026-04-02", "时间": "2026-03-02"}


def sheet_of_findings() -> list[Sample]:
    """Return a ledger of problems as workbook and as Word table."""
    heads = [head for head, _, _ in COLUMNS]
    row = {head: _FINDING.get(head[-2:], "栏目超过半年没有更新") for head in heads}
    told = Grid((cells(*heads), cells(*row.values())))
    return [
        Sample("台账.xlsx", _sheet(heads, row)),
        Sample("通报.docx", docx_file(Document(("县财政局", told)))),
    ]


def sheet_of_terms() -> list[Sample]:
    """Return a list of words as workbook and as text."""
    row = {"词语": "某敏感词", "处理": "须处理", "理由": "误写", "起用日期": "2026-01-01"}
    text = "词语\t处理\t理由\n某词\t须处理\t误写\n".encode()
    return [Sample("词表.xlsx", _sheet(list(row), row)), Sample("词表.txt", text)]


def catalogues() -> list[Sample]:
    """Return a standard catalogue of two fields."""
    told = {
        "number": "1",
        "first_level": "政府预算",
        "second_level": "一般公共预算",
        "content": "收支总表",
        "basis": "《预算法》",
        "time_limit": "批准后20日内",
        "organ_words": "财政局",
        "channels": ("政府网站",),
        "other_channel": "",
        "to_all": True,
        "to_group": "",
        "proactive": True,
        "on_request": False,
        "at_county": True,
        "at_township": False,
        "village_words": "",
    }
    row = CatalogueRow(**told)
    fields = [FieldTable(name, f"{name}标准目录", (row, row)) for name in ("财政预决算", "就业")]
    return [Sample("目录.xlsx", write_catalogue(fields))]


def old_sheets() -> list[Sample]:
    """Return a list of old articles as workbook and as csv."""
    row = {"标题": "通知", "栏目": "通知公告", "正文": "<p>一</p>", "发布日期": "2020-01-02"}
    text = ",".join(row) + "\r\n" + ",".join(row.values()) + "\r\n"
    return [Sample("旧站.xlsx", _sheet(list(row), row)), Sample("旧站.csv", text.encode())]


def orders_told() -> list[Sample]:
    """Return a work order as the city centre hands it over."""
    body = {
        "number": "YC20260302001",
        "received_at": "2026-03-02T09:30:00+08:00",
        "kind": "求助",
        "source": "电话",
        "category": "路灯照明",
        "subject": "路灯损坏",
        "content": "白鹭村路灯坏了",
        "place": "白鹭村",
        "name": "万里",
        "phone": "13800001234",
        "urgent": False,
        "confidential": True,
        "may_publish": False,
    }
    return [
        Sample("order.json", json.dumps(body, ensure_ascii=ascii).encode())
        for ascii in (True, False)
    ]
