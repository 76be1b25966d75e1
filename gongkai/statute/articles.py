"""The articles that code, letters and screens cite: one value each, registered by key.

A step of a clock, a ground, a limit or a letter names an `Article`, never a bare
string, so that a citation is spelled once and a repealed law keeps its own name.
The gist is our own short wording, for screens; the law's text is not quoted.
Statutes: 政府信息公开条例 (2008 and 2019), 信息处理费管理办法, 行政复议法 (1999 and 2023),
行政诉讼法 (1990 and 2015), 行政处罚法, 执法公示意见, 信访工作条例 (and 信访条例), 放假办法, and the
interpretations that fix days of service.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Law:
    """A law, regulation or official notice: full title, short title and number."""

    title: str
    short: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """One article (and paragraph) of a law, with a short Chinese gist."""

    law: Law
    place: str
    gist: str

    def __str__(self) -> str:
        """Return the short citation shown on screens, such as 条例第三十三条第二款."""
        return f"{self.law.short}{self.place}"

    @property
    def citation(self) -> str:
        """Return the full citation for letters, such as 《……条例》第三十三条第二款."""
        return f"《{self.law.title}》{self.place}"


REGULATIONS = Law("中华人民共和国政府信息公开条例", "条例", "国务院令第711号")
REGULATIONS_2008 = Law("中华人民共和国政府信息公开条例", "旧条例", "国务院令第492号")
FEE_MEASURES = Law("政府信息公开信息处理费管理办法", "收费办法", "国办函〔2020〕109号")
RECONSIDERATION = Law("中华人民共和国行政复议法", "行政复议法", "2023年修订")
RECONSIDERATION_1999 = Law("中华人民共和国行政复议法", "旧行政复议法", "1999年公布")
LITIGATION = Law("中华人民共和国行政诉讼法", "行政诉讼法", "2014年、2017年修正")
LITIGATION_1990 = Law("中华人民共和国行政诉讼法", "旧行政诉讼法", "1989年公布")
LITIGATION_READING = Law(
    "最高人民法院关于适用〈中华人民共和国行政诉讼法〉的解释", "行诉解释", "法释〔2018〕1号"
)
PENALTY_LAW = Law("中华人民共和国行政处罚法", "行政处罚法", "2021年修订")
ENFORCEMENT_DISCLOSURE = Law(
    "关于全面推行行政执法公示制度执法全过程记录制度重大执法决定法制审核制度的指导意见",
    "执法公示意见",
    "国办发〔2018〕118号",
)
PETITIONS = Law("信访工作条例", "信访工作条例", "2022年公布")
PETITIONS_2005 = Law("信访条例", "信访条例", "国务院令第431号")
CIVIL_PROCEDURE = Law("中华人民共和国民事诉讼法", "民事诉讼法")
HOLIDAY_MEASURES = Law("全国年节及纪念日放假办法", "放假办法", "国务院令第795号")
SERVICE_READING = Law(
    "关于政府信息公开处理决定送达问题的解释", "送达解释", "国办公开办函〔2016〕235号"
)
FORM_2019 = Law(
    "关于政府信息公开工作年度报告有关事项的通知", "年报通知", "国办公开办函〔2019〕60号"
)
FORM_2021 = Law(
    "中华人民共和国政府信息公开工作年度报告格式", "年报格式", "国办公开办函〔2021〕30号"
)

ART_2 = Article(REGULATIONS, "第二条", "什么是政府信息")
ART_14 = Article(REGULATIONS, "第十四条", "国家秘密、法律和行政法规禁止、危及安全稳定的不予公开")
ART_15 = Article(REGULATIONS, "第十五条", "损害第三方合法权益的不得公开，同意或者公共利益除外")
ART_16_1 = Article(REGULATIONS, "第十六条第一款", "三类内部事务信息可以不予公开")
ART_16_2 = Article(REGULATIONS, "第十六条第二款", "过程性信息和行政执法案卷信息可以不予公开")
ART_18 = Article(REGULATIONS, "第十八条", "对不予公开的信息定期评估审查")
ART_20 = Article(REGULATIONS, "第二十条", "应当主动公开的政府信息")
ART_26 = Article(REGULATIONS, "第二十六条", "形成或者变更之日起20个工作日内主动公开")
ART_27 = Article(REGULATIONS, "第二十七条", "公民、法人和其他组织可以申请")
ART_29 = Article(REGULATIONS, "第二十九条", "申请的形式和内容")
ART_30 = Article(REGULATIONS, "第三十条", "7个工作日内一次性告知补正，收到补正之日起计算答复期限")
ART_31 = Article(REGULATIONS, "第三十一条", "收到申请之日的确定")
ART_31_1 = Article(REGULATIONS, "第三十一条第一项", "当面提交的，提交之日为收到申请之日")
ART_31_2 = Article(
    REGULATIONS, "第三十一条第二项", "邮寄的，签收之日为收到申请之日；平常信函为确认之日"
)
ART_31_3 = Article(REGULATIONS, "第三十一条第三项", "网络、传真提交的，双方确认之日为收到申请之日")
ART_32 = Article(REGULATIONS, "第三十二条", "书面征求第三方意见，15个工作日内提出")
ART_33_1 = Article(REGULATIONS, "第三十三条第一款", "能够当场答复的应当当场答复")
ART_33_2 = Article(REGULATIONS, "第三十三条第二款", "20个工作日内答复，延长不超过20个工作日")
ART_33_3 = Article(REGULATIONS, "第三十三条第三款", "征求第三方和其他机关意见的时间不计算在内")
ART_34 = Article(REGULATIONS, "第三十四条", "征求共同制作机关意见，15个工作日内提出，逾期视为同意")
ART_35 = Article(REGULATIONS, "第三十五条", "数量、频次明显超过合理范围的处理")
ART_36_1 = Article(REGULATIONS, "第三十六条第一项", "已经主动公开的，告知获取方式、途径")
ART_36_2 = Article(REGULATIONS, "第三十六条第二项", "可以公开的，提供或者告知获取方式、途径和时间")
ART_36_3 = Article(REGULATIONS, "第三十六条第三项", "决定不予公开的，说明理由")
ART_36_4 = Article(REGULATIONS, "第三十六条第四项", "经检索没有的，告知不存在")
ART_36_5 = Article(REGULATIONS, "第三十六条第五项", "不属于本机关负责公开的，告知并说明理由")
ART_36_6 = Article(REGULATIONS, "第三十六条第六项", "已经答复的重复申请不予重复处理")
ART_36_7 = Article(REGULATIONS, "第三十六条第七项", "有特别规定的，告知依照规定办理")
ART_37 = Article(REGULATIONS, "第三十七条", "区分处理")
ART_38 = Article(REGULATIONS, "第三十八条", "需要加工、分析的可以不予提供")
ART_39_1 = Article(REGULATIONS, "第三十九条第一款", "信访、投诉、举报等不作为申请处理")
ART_39_2 = Article(REGULATIONS, "第三十九条第二款", "公开出版物可以告知获取途径")
ART_41 = Article(REGULATIONS, "第四十一条", "更正与自身相关的政府信息")
ART_42 = Article(REGULATIONS, "第四十二条", "不收费；明显超过合理范围的可以收取信息处理费")
ART_47 = Article(REGULATIONS, "第四十七条", "监督检查，督促整改，通报批评")
ART_49_1 = Article(REGULATIONS, "第四十九条第一款", "部门每年1月31日前公布上一年度报告")
ART_49_2 = Article(REGULATIONS, "第四十九条第二款", "政府每年3月31日前公布上一年度报告")
ART_50 = Article(REGULATIONS, "第五十条", "年度报告的内容")
ART_51 = Article(REGULATIONS, "第五十一条", "投诉、举报、行政复议、行政诉讼")

OLD_ART_18 = Article(REGULATIONS_2008, "第十八条", "形成或者变更之日起20个工作日内公开")
OLD_ART_21 = Article(REGULATIONS_2008, "第二十一条第四项", "申请内容不明确的，告知更改、补充")
OLD_ART_23 = Article(REGULATIONS_2008, "第二十三条", "书面征求第三方的意见")
OLD_ART_24 = Article(REGULATIONS_2008, "第二十四条", "15个工作日内答复，延长不超过15个工作日")
OLD_ART_24_3 = Article(REGULATIONS_2008, "第二十四条第三款", "征求第三方意见的时间不计算在内")
OLD_ART_31 = Article(REGULATIONS_2008, "第三十一条", "每年3月31日前公布上一年度报告")

FEE_ART_3 = Article(FEE_MEASURES, "第三条", "按件、按量两种方式择一，不得并用")
FEE_ART_4 = Article(FEE_MEASURES, "第四条", "按件计收，超额累进")
FEE_ART_5 = Article(FEE_MEASURES, "第五条", "按量计收，超额累进")
FEE_ART_6 = Article(FEE_MEASURES, "第六条", "收费通知、缴费期限和期限的重新计算")

RECON_ART_20_1 = Article(RECONSIDERATION, "第二十条第一款", "知道行政行为之日起60日内申请复议")
RECON_ART_20_3 = Article(RECONSIDERATION, "第二十条第三款", "未告知的，自知道权利起算，最长一年")
RECON_ART_23 = Article(RECONSIDERATION, "第二十三条", "不予公开的应当先申请行政复议")
RECON_ART_30 = Article(RECONSIDERATION, "第三十条", "收到申请后5日内审查是否受理")
RECON_ART_48 = Article(RECONSIDERATION, "第四十八条", "普通程序10日内提出书面答复")
RECON_ART_54 = Article(RECONSIDERATION, "第五十四条", "简易程序5日内提出书面答复")
RECON_ART_62_1 = Article(RECONSIDERATION, "第六十二条第一款", "60日内作出决定，可以延长30日")
RECON_ART_62_2 = Article(RECONSIDERATION, "第六十二条第二款", "简易程序30日内作出决定")
RECON_ART_76 = Article(RECONSIDERATION, "第七十六条", "收到复议意见书之日起60日内报送纠正情况")
RECON_ART_88 = Article(RECONSIDERATION, "第八十八条", "三日、五日、七日、十日指工作日")
OLD_RECON_ART_9 = Article(RECONSIDERATION_1999, "第九条", "知道具体行政行为之日起60日内申请复议")
OLD_RECON_ART_17 = Article(RECONSIDERATION_1999, "第十七条", "收到申请后5日内审查是否受理")
OLD_RECON_ART_23 = Article(RECONSIDERATION_1999, "第二十三条", "10日内提出书面答复")
OLD_RECON_ART_31 = Article(RECONSIDERATION_1999, "第三十一条", "60日内作出决定，可以延长30日")
LIT_ART_45 = Article(LITIGATION, "第四十五条", "收到复议决定书之日起15日内起诉")
LIT_ART_46 = Article(LITIGATION, "第四十六条", "知道行政行为之日起6个月内起诉")
LIT_ART_67 = Article(LITIGATION, "第六十七条", "收到起诉状副本之日起15日内答辩")
LIT_ART_81 = Article(LITIGATION, "第八十一条", "立案之日起6个月内作出第一审判决")
LIT_ART_83 = Article(LITIGATION, "第八十三条", "简易程序立案之日起45日内审结")
LIT_ART_85_1 = Article(LITIGATION, "第八十五条", "判决书送达之日起15日内上诉")
LIT_ART_85_2 = Article(LITIGATION, "第八十五条", "裁定书送达之日起10日内上诉")
LIT_ART_88 = Article(LITIGATION, "第八十八条", "收到上诉状之日起3个月内作出终审判决")
OLD_LIT_ART_38 = Article(LITIGATION_1990, "第三十八条", "收到复议决定书之日起15日内起诉")
OLD_LIT_ART_39 = Article(LITIGATION_1990, "第三十九条", "知道具体行政行为之日起3个月内起诉")
OLD_LIT_ART_43 = Article(LITIGATION_1990, "第四十三条", "收到起诉状副本之日起10日内答辩")
OLD_LIT_ART_57 = Article(LITIGATION_1990, "第五十七条", "立案之日起3个月内作出第一审判决")
OLD_LIT_ART_58 = Article(LITIGATION_1990, "第五十八条", "判决15日内、裁定10日内上诉")
OLD_LIT_ART_60 = Article(LITIGATION_1990, "第六十条", "收到上诉状之日起2个月内作出终审判决")
LIT_READING_ART_64 = Article(LITIGATION_READING, "第六十四条", "未告知起诉期限的，最长一年")
PENALTY_ART_48_2 = Article(PENALTY_LAW, "第四十八条第二款", "变更、撤销的，3日内撤回公开的决定信息")
DOUBLE_PUBLICITY = Article(
    ENFORCEMENT_DISCLOSURE, "“加强事后公开”", "行政许可、行政处罚决定作出之日起7个工作日内公开"
)
ENFORCEMENT_RESULT = Article(
    ENFORCEMENT_DISCLOSURE, "“加强事后公开”", "其他执法决定作出之日起20个工作日内公开"
)
PETITION_ART_23 = Article(PETITIONS, "第二十三条", "15日内书面告知是否受理")
PETITION_ART_34 = Article(PETITIONS, "第三十四条", "受理之日起60日内办结，延长不超过30日")
OLD_PETITION_ART_22 = Article(PETITIONS_2005, "第二十二条", "15日内书面告知是否受理")
OLD_PETITION_ART_33 = Article(PETITIONS_2005, "第三十三条", "受理之日起60日内办结，延长不超过30日")
PERIOD_END = Article(CIVIL_PROCEDURE, "关于期间的规定", "末日是节假日的，顺延至其后第一个工作日")
SERVICE_DAY = Article(SERVICE_READING, "", "直接送达以签收为准，邮寄以交邮之日为准")
FORM_RECONFIRMATION = Article(FORM_2019, "附表三", "要求行政机关确认或重新出具已获取信息")
FORM_OTHERWISE = Article(FORM_2021, "表三", "其他处理")

REGISTRY: Mapping[str, Article] = {
    name: value for name, value in list(globals().items()) if isinstance(value, Article)
}
