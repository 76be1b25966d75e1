"""The 26 pilot fields (试点领域) as data: code, address, item of the Regulations, names by day.

Serves 国办发〔2019〕54号 and law.md 7.2. A field's code and address never change; its name has
changed with the organs and laws behind it, so a catalogue begun on a day takes that day's names.
Higher notices add further fields: those are rows of a catalogue, not of this table.
"""

from dataclasses import dataclass
from datetime import date

STARTED_ON = date(2017, 5, 22)  # 国办发〔2017〕42号 began the pilot


@dataclass(frozen=True, slots=True)
class Renamed:
    """A name that a field bears from a day on, and what changed it."""

    name: str
    valid_from: date
    because: str


@dataclass(frozen=True, slots=True)
class PilotField:
    """One field. `usual_in_towns`: most townships have duties in it (8 to 15 of 26)."""

    code: str
    slug: str
    name: str
    legal_item: str = ""
    renamed: tuple[Renamed, ...] = ()
    also: tuple[str, ...] = ()
    usual_in_towns: bool = False

    def name_on(self, day: date) -> str:
        """Return the name that the field bears on a day."""
        held = [change.name for change in self.renamed if change.valid_from <= day]
        return held[-1] if held else self.name

    @property
    def names(self) -> tuple[str, ...]:
        """Return every name by which files call the field."""
        return (self.name, *(change.name for change in self.renamed), *self.also)


FIELDS: tuple[PilotField, ...] = (
    PilotField("01", "zdjsxm", "重大建设项目", "20-10"),
    PilotField("02", "ggzyjy", "公共资源交易", "20-09"),
    PilotField("03", "czyjs", "财政预决算", "20-07", usual_in_towns=True),
    PilotField("04", "aqsc", "安全生产", "20-13", usual_in_towns=True),
    PilotField("05", "ssgl", "税收管理", also=("税收",)),
    PilotField("06", "zdbc", "征地补偿", "21-104", also=("农村集体土地征收",), usual_in_towns=True),
    PilotField(
        "07", "gytdsfwzs", "国有土地上房屋征收", "21-105", also=("国有土地上房屋征收与补偿",)
    ),
    PilotField("08", "bzxzf", "保障性住房", "21-102", also=("住房保障",)),
    PilotField("09", "ncwfgz", "农村危房改造", "20-11", usual_in_towns=True),
    PilotField(
        "10",
        "sthj",
        "环境保护",
        "20-13",
        (Renamed("生态环境", date(2018, 3, 22), "国务院机构改革组建生态环境部"),),
        usual_in_towns=True,
    ),
    PilotField(
        "11", "ggwhfw", "公共文化服务", "21-102", also=("公共文化体育",), usual_in_towns=True
    ),
    PilotField("12", "ggflfw", "公共法律服务", "21-102", usual_in_towns=True),
    PilotField(
        "13",
        "xczx",
        "扶贫",
        "20-11",
        (Renamed("乡村振兴", date(2021, 2, 25), "国家乡村振兴局成立，脱贫攻坚任务完成"),),
        also=("脱贫攻坚",),
        usual_in_towns=True,
    ),
    PilotField("14", "jz", "救灾", "20-12", also=("灾害救助", "救灾生产"), usual_in_towns=True),
    PilotField("15", "spypjg", "食品药品监管", "20-13", usual_in_towns=True),
    PilotField("16", "cszhzf", "城市综合执法", "20-06", also=("城市管理综合执法",)),
    PilotField("17", "jy", "就业", "20-11", also=("就业创业", "公共就业"), usual_in_towns=True),
    PilotField("18", "shbx", "社会保险", "20-11", usual_in_towns=True),
    PilotField("19", "shjz", "社会救助", "21-107", usual_in_towns=True),
    PilotField("20", "ylfw", "养老服务", "20-11", usual_in_towns=True),
    PilotField("21", "hjgl", "户籍管理", "21-106", also=("户政服务", "户政管理")),
    PilotField("22", "snbt", "涉农补贴", "20-11", usual_in_towns=True),
    PilotField("23", "ywjy", "义务教育", "20-11"),
    PilotField("24", "ylws", "医疗卫生", "20-11", also=("公共卫生",)),
    PilotField("25", "szfw", "市政服务", "21-101", usual_in_towns=True),
    PilotField(
        "26",
        "cxgh",
        "城乡规划",
        "20-03",
        (Renamed("国土空间规划", date(2019, 5, 23), "“多规合一”，建立国土空间规划体系"),),
    ),
)
BY_CODE = {each.code: each for each in FIELDS}


def names_known() -> dict[str, str]:
    """Return the code of a field by every name it goes by."""
    return {name: each.code for each in FIELDS for name in each.names}
