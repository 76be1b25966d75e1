"""Reports as county, department and township sites publish them, typed from the two notices.

Labels and figures are written out here, not taken from the form's data, so that these sets
judge the form too. A report is told as text; `grids` lays its tables out as rows of
(text, rowspan, colspan), `spoilt` alters them as sites do, the writers write files.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

Row = list[tuple[str, int, int]]
KINDS = ("p", "o1", "o2", "o3", "o4", "o5", "t")
GROUPS = {
    "3.1": "（一）予以公开",
    "3.2": "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
    "3.3": "（三）不予公开",
    "3.3.1": "1.属于国家秘密",
    "3.3.2": "2.其他法律行政法规禁止公开",
    "3.3.3": "3.危及“三安全一稳定”",
    "3.3.4": "4.保护第三方合法权益",
    "3.3.5": "5.属于三类内部事务信息",
    "3.3.6": "6.属于四类过程性信息",
    "3.3.7": "7.属于行政执法案卷",
    "3.3.8": "8.属于行政查询事项",
    "3.4": "（四）无法提供",
    "3.4.1": "1.本机关不掌握相关政府信息",
    "3.4.2": "2.没有现成信息需要另行制作",
    "3.4.3": "3.补正后申请内容仍不明确",
    "3.5": "（五）不予处理",
    "3.5.1": "1.信访举报投诉类申请",
    "3.5.2": "2.重复申请",
    "3.5.3": "3.要求提供公开出版物",
    "3.5.4": "4.无正当理由大量反复申请",
    "3.5.5": "5.要求行政机关确认或重新出具已获取信息",
}
WHOLE = {"3.6": "（六）其他处理"}
SPLIT = {
    "3.6": "（六）其他处理",
    "3.6.1": "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
    "3.6.2": "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
    "3.6.3": "3.其他",
}
FIRST, SECOND, THIRD, FOURTH = (
    "一、本年新收政府信息公开申请数量",
    "二、上年结转政府信息公开申请数量",
    "三、本年度办理结果",
    "四、结转下年度继续办理",
)
CORNER = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
OLD, NEW = "2019", "2021"
T2 = {
    OLD: (
        ("第二十条第（一）项", ("本年新制作数量", "本年新公开数量", "对外公开总数量"),
         (("T2.1.1", "规章"), ("T2.1.2", "规范性文件"))),
        ("第二十条第（五）项", ("上一年项目数量", "本年增/减", "处理决定数量"),
         (("T2.5.1", "行政许可"), ("T2.5.2", "其他对外管理服务事项"))),
        ("第二十条第（六）项", ("上一年项目数量", "本年增/减", "处理决定数量"),
         (("T2.6.1", "行政处罚"), ("T2.6.2", "行政强制"))),
        ("第二十条第（八）项", ("上一年项目数量", "本年增/减"), (("T2.8.1", "行政事业性收费"),)),
        ("第二十条第（九）项", ("采购项目数量", "采购总金额"), (("T2.9.1", "政府集中采购"),)),
    ),
    NEW: (
        ("第二十条第（一）项", ("本年制发件数", "本年废止件数", "现行有效件数"),
         (("T2.1.1", "规章"), ("T2.1.2", "行政规范性文件"))),
        ("第二十条第（五）项", ("本年处理决定数量",), (("T2.5.1", "行政许可"),)),
        ("第二十条第（六）项", ("本年处理决定数量",),
         (("T2.6.1", "行政处罚"), ("T2.6.2", "行政强制"))),
        ("第二十条第（八）项", ("本年收费金额（单位：万元）",), (("T2.8.1", "行政事业性收费"),)),
    ),
}  # fmt: skip
FIGURES = {
    OLD: {"T2.1.1": "0 0 0", "T2.1.2": "16 11 24", "T2.5.1": "511 -266 154",
          "T2.5.2": "244 -23 1592", "T2.6.1": "310 12 487", "T2.6.2": "21 -4 33",
          "T2.8.1": "17 0", "T2.9.1": "363 20063.4964万元"},
    NEW: {"T2.1.1": "0 0 0", "T2.1.2": "7 3 41", "T2.5.1": "8126", "T2.6.1": "645",
          "T2.6.2": "38", "T2.8.1": "1206.35"},
}  # fmt: skip
REQUESTS = {
    "1": "31 5 0 0 4 0 40",
    "2": "2 1 0 0 0 0 3",
    "3.1": "17 2 0 0 1 0 20",
    "3.2": "3 1 0 0 0 0 4",
    "3.3.4": "2 0 0 0 1 0 3",
    "3.4.1": "5 2 0 0 1 0 8",
    "3.5.1": "1 0 0 0 0 0 1",
    "3.6": "2 0 0 0 1 0 3",
    "3.6.3": "2 0 0 0 1 0 3",
    "3.7": "30 5 0 0 4 0 39",
    "4": "3 1 0 0 0 0 4",
}
REMEDIES = "2 1 0 1 4 1 0 0 0 1 0 1 0 0 1"
PROSE = (
    "一、总体情况",
    "（一）主动公开",
    "全年通过政府网站发布信息3215条，其中政策解读46篇。",
    "（二）依申请公开",
    "全年共收到政府信息公开申请40件，上年结转3件，办结39件，结转下年度继续办理4件。",
)
AFTER = (
    "五、存在的主要问题及改进情况",
    "一是公开的深度还不够；二是业务能力有待提升。下一步，将加强培训。",
    "六、其他需要报告的事项",
    "本年度未收取信息处理费。",
)


@dataclass(frozen=True)
class Published:
    """A report: its form, who and when, the words around and the texts of its cells."""

    form: str = NEW
    head: tuple[str, ...] = ()
    title: str = ""
    prose: tuple[str, ...] = PROSE
    cells: dict[str, str] = field(default_factory=dict)
    split: bool | None = None
    labels: dict[str, str] = field(default_factory=dict)

    @property
    def rows_split(self) -> bool:
        """Whether （六）其他处理 stands in three rows."""
        return self.form == NEW if self.split is None else self.split

    def text(self, row: str, column: str) -> str:
        """Return what a cell prints."""
        given = self.cells.get(f"{row}/{column}")
        if given is not None:
            return given
        if row == "":
            letter, place = column
            return REMEDIES.split()["rda".index(letter) * 5 + int(place) - 1]
        if row.startswith("T2"):
            return FIGURES[self.form][row].split()[int(column[1:]) - 1]
        return REQUESTS.get(row, "0 0 0 0 0 0 0").split()[KINDS.index(column)]

    def with_cells(self, **cells: str) -> "Published":
        """Return the report with cells changed: `r3_1_p="5"`, `T2_8_1_c1`, `r5`."""
        told = dict(self.cells)
        for name, text in cells.items():
            told[_path(name)] = text
        return replace(self, cells=told)

    def label(self, text: str) -> str:
        """Return a label as this site prints it."""
        return self.labels.get(text, text)


def _path(name: str) -> str:
    parts = name.split("_")
    if len(parts) == 1:
        return f"/{name}"
    row = ".".join(parts[:-1]).removeprefix("r")
    return f"{row}/{parts[-1]}"


def report(form: str = NEW, **changes: object) -> Published:
    """Return a clean report of a county."""
    year = "2020" if form == OLD else "2023"
    plain = Published(form, (), f"靖安县人民政府{year}年政府信息公开工作年度报告")
    return replace(plain, **changes)  # type: ignore[arg-type]  # names are checked by replace


def proactive_rows(told: Published) -> list[Row]:
    """Return table two, each block under its head, four columns wide."""
    rows: list[Row] = []
    for block, columns, items in T2[told.form]:
        wide = 4 - len(columns)
        rows.append([(told.label(block), 1, 4)])
        head = [(told.label("信息内容"), 1, 1), *((told.label(name), 1, 1) for name in columns)]
        rows.append([*head[:-1], (head[-1][0], 1, wide)])
        for code, name in items:
            texts = [told.text(code, f"c{place}") for place in range(1, len(columns) + 1)]
            line = [(told.label(name), 1, 1), *((text, 1, 1) for text in texts)]
            rows.append([*line[:-1], (texts[-1], 1, wide)])
    return rows


def request_head(told: Published) -> list[Row]:
    """Return the three head rows of table three."""
    return [
        [(told.label(CORNER), 3, 3), ("申请人情况", 1, 7)],
        [("自然人", 2, 1), ("法人或其他组织", 1, 5), (told.label("总计"), 2, 1)],
        [(told.label(name), 1, 1)
         for name in ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")],
    ]  # fmt: skip


def request_rows(told: Published) -> list[Row]:
    """Return the rows of table three below its head, in the merged layout of the notice."""
    results = GROUPS | (SPLIT if told.rows_split else WHOLE)

    def cells(code: str) -> Row:
        return [(told.text(code, kind), 1, 1) for kind in KINDS]

    rows: list[Row] = [[(told.label(FIRST), 1, 3), *cells("1")]]
    rows.append([(told.label(SECOND), 1, 3), *cells("2")])
    deep = sum(not _is_group(code, results) for code in results) + 1
    waiting: Row = [(told.label(THIRD), deep, 1)]
    for code, name in results.items():
        if _is_group(code, results):
            below = sum(other.startswith(code + ".") for other in results)
            waiting.append((told.label(name), below, 1))
            continue
        wide = 1 if code.count(".") == 2 else 2
        rows.append([*waiting, (told.label(name), 1, wide), *cells(code)])
        waiting = []
    rows.append([(told.label("（七）总计"), 1, 2), *cells("3.7")])
    rows.append([(told.label(FOURTH), 1, 3), *cells("4")])
    return rows


def _is_group(code: str, results: dict[str, str]) -> bool:
    return any(other.startswith(code + ".") for other in results)


def remedy_rows(told: Published) -> list[Row]:
    """Return table four: three head rows and the row of figures."""
    leaves = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
    return [
        [("行政复议", 1, 5), ("行政诉讼", 1, 10)],
        [*((leaf, 2, 1) for leaf in leaves), ("未经复议直接起诉", 1, 5), ("复议后起诉", 1, 5)],
        [(told.label(leaf), 1, 1) for leaf in leaves * 2],
        [(told.text("", f"{letter}{place}"), 1, 1) for letter in "rda" for place in range(1, 6)],
    ]


def parts(told: Published, tables: Iterable[list[list[Row]]] | None = None) -> list[object]:
    """Return the report from head to foot: strings and tables (lists of rows)."""
    own = [[proactive_rows(told)], [request_head(told) + request_rows(told)], [remedy_rows(told)]]
    two, three, four = tables or own
    return [
        *told.head,
        told.title,
        *told.prose,
        "二、主动公开政府信息情况",
        *two,
        "三、收到和处理政府信息公开申请情况",
        *three,
        "四、政府信息公开行政复议、行政诉讼情况",
        *four,
        *AFTER,
    ]


def matrix(rows: list[Row]) -> list[list[str]]:
    """Return rows spread to one text a place, the covered places empty."""
    taken: dict[tuple[int, int], str] = {}
    for number, row in enumerate(rows):
        column = 0
        for text, deep, wide in row:
            while (number, column) in taken:
                column += 1
            for down in range(deep):
                for across in range(wide):
                    taken[number + down, column + across] = ""
            taken[number, column] = text
    width = max(column for _, column in taken) + 1
    return [[taken.get((number, c), "") for c in range(width)] for number in range(len(rows))]
