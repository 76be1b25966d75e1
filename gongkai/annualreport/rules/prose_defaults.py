"""The prose a report begins with: plain drafts that the office makes its own.

Section one follows the parts named in notice 国办公开办函〔2021〕30号, section six says
what was charged as processing fee (Art. 42), section five is left to the author.
"""

from dataclasses import dataclass

from gongkai.annualreport.rules.figures import FEE_FIGURE, label
from gongkai.tables.forms import FormEdition


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who issues a report and where questions go; `office` compiles it."""

    name: str
    office: str
    address: str
    phone: str
    of_county: bool


def default_prose(issuer: Issuer, year: int, edition: FormEdition) -> dict[str, str]:
    """Return the templates of the preamble and of sections one, five and six."""
    return {
        "preamble": _preamble(issuer, year, edition),
        "overview": (
            f"{year}年，{issuer.name}认真执行《中华人民共和国政府信息公开条例》，坚持以公开为常态、"
            "不公开为例外，及时、准确公开政府信息，依法办理政府信息公开申请，"
            "保障公民、法人和其他组织依法获取政府信息。"
        ),
        "proactive": _website(issuer, year) + _proactive(edition),
        "requests": _requests(issuer),
        "management": (
            "落实政府信息公开属性源头认定、发布审查和保密审查制度，做到先审后发；"
            "对行政规范性文件标注有效性并动态调整，对不予公开的政府信息定期评估审查。"
        ),
        "platform": (
            "依托县政府门户网站政府信息公开专栏集中发布法定主动公开内容，"
            "及时更新政府信息公开指南和目录，提供检索、查阅、下载服务。"
        ),
        "supervision": _supervision(issuer),
        "problems": "【请填写：本年度工作中存在的主要问题】\n【请填写：针对上述问题的改进措施】",
        "other": (
            f"本年度收取政府信息公开信息处理费{_figure(FEE_FIGURE)}。"
            "除此之外，没有其他需要报告的事项。"
        ),
    }


def default_stated() -> dict[str, dict[str, str]]:
    """Return the figures that every unit states itself: the fee it collected, none at first."""
    return {FEE_FIGURE: {"value": "0", "unit": "元", "source": "信息处理费收缴台账（请核对）"}}


def _preamble(issuer: Issuer, year: int, edition: FormEdition) -> str:
    text = (
        f"本报告由{issuer.office}根据《中华人民共和国政府信息公开条例》第五十条，"
        f"按照《{edition.name}》（{edition.notice}）编制，"
        f"统计期限自{year}年1月1日起至{year}年12月31日止。"
    )
    if issuer.of_county:
        text += "表中数据由县本级、县直部门和乡镇的工作记录逐级汇总产生。"
    contact = "，".join(
        part
        for part in (
            f"地址：{issuer.address}" if issuer.address else "",
            f"联系电话：{issuer.phone}" if issuer.phone else "",
        )
        if part
    )
    return (
        text
        + f"对本报告如有疑问，请与{issuer.office}联系"
        + (f"（{contact}）。" if contact else "。")
    )


def _figure(name: str) -> str:
    """Return the placeholder of a figure by its Chinese name, which officials read at once."""
    return f"{{{{ {label(name)} }}}}"


def _sentence(text: str, *names: str) -> str:
    """Return `text` with each ○ replaced by the next figure's placeholder."""
    pieces = text.split("○")
    return "".join(
        piece + placeholder
        for piece, placeholder in zip(pieces, (*(_figure(name) for name in names), ""), strict=True)
    )


def _supervision(issuer: Issuer) -> str:
    """Return what section one tells of the office's own work; results are left to the author."""
    who = "明确政府信息公开工作的分管负责人、工作机构和责任人员，"
    if not issuer.of_county:
        return who + "接受县政府办公室的指导监督和社会评议。"
    counted = _sentence(
        "全年组织业务培训○，参加○，召开政务公开工作会议○，开展体验、开放活动○；"
        "开展日常检查，对发现的问题限期整改。参加工作考核单位○，责任追究○。",
        "oversight.trainings",
        "oversight.trained",
        "oversight.meetings",
        "oversight.activities",
        "oversight.appraised",
        "oversight.accountability",
    )
    return f"{who}{counted}【请填写：工作考核、社会评议和责任追究结果情况】"


def _website(issuer: Issuer, year: int) -> str:
    """Return what section one tells of website, accounts, hotline and hall; counts only.

    Rates are left to the author: there is none in a year in which nothing was counted.
    """
    if not issuer.of_county:
        return _sentence("全年通过政府网站公开信息○。", "disclosure.published")
    return _sentence(
        f"截至{year}年12月31日，全年政府网站公开信息○，其中县本级○、县直部门○、乡镇○；"
        "公开人大建议、政协提案办理信息○；政务微博发布信息○，政务微信公众号发布信息○。"
        "12345热线承接群众工单○。",
        "disclosure.published",
        "disclosure.published@own_level",
        "disclosure.published@departments",
        "disclosure.published@townships",
        "proposals.published",
        "newmedia.WEIBO",
        "newmedia.WECHAT",
        "hotline.received",
    )


def _proactive(edition: FormEdition) -> str:
    if edition.id == "2019":
        return _sentence(
            "本年新制作规范性文件○，新公开○，对外公开总数为○。作出行政许可处理决定○，"
            "其他对外管理服务事项处理决定○，行政处罚处理决定○，行政强制处理决定○。"
            "政府集中采购项目○，采购总金额○。",
            "documents.NORMATIVE.made",
            "documents.NORMATIVE.published",
            "documents.NORMATIVE.public_total",
            "register.LICENCE.decisions",
            "register.OUTWARD_SERVICE.decisions",
            "register.PENALTY.decisions",
            "register.COERCION.decisions",
            "register.PROCUREMENT.projects",
            "register.PROCUREMENT.amount",
        )
    return _sentence(
        "本年制发行政规范性文件○，废止○，现行有效○。作出行政许可处理决定○，"
        "行政处罚处理决定○，行政强制处理决定○；行政事业性收费○。",
        "documents.NORMATIVE.made",
        "documents.NORMATIVE.repealed",
        "documents.NORMATIVE.in_force",
        "register.LICENCE.decisions",
        "register.PENALTY.decisions",
        "register.COERCION.decisions",
        "register.FEE.amount",
    )


def _requests(issuer: Issuer) -> str:
    text = _sentence(
        "本年新收政府信息公开申请○，其中自然人提出○，法人或其他组织提出○；上年结转○。",
        "requests.received",
        "requests.received.NATURAL_PERSON",
        "requests.received.organisations",
        "requests.carried_in",
    )
    if issuer.of_county:
        text += _sentence("县本级新收○。", "requests.received@own_level")
    return text + _sentence(
        "全年办结○，其中予以公开○，部分公开○，不予公开○，无法提供○，不予处理○，其他处理○；"
        "结转下年度继续办理○。\n因政府信息公开工作被申请行政复议○，被提起行政诉讼○。",
        "requests.handled",
        "requests.outcome.GRANTED",
        "requests.outcome.PARTIAL",
        "requests.outcome.WITHHELD",
        "requests.outcome.UNAVAILABLE",
        "requests.outcome.DECLINED",
        "requests.outcome.OTHERWISE",
        "requests.carried_out",
        "remedies.RECONSIDERATION",
        "remedies.litigation",
    )
