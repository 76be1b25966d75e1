"""The standard sentences of answers: for each kind what must be told, and how it is said.

A clerk fills the facts, the sentence follows; the clerk may still change its words in the
draft. A part in square brackets is left out when a fact in it is empty. Articles are cited
from `statute.articles`, so that a letter never cites one that does not exist (law.md 1.5).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gongkai.letters.rules.errors import LetterIncomplete
from gongkai.letters.rules.kinds import LetterKind
from gongkai.letters.rules.values import chinese, ended
from gongkai.statute import articles as art
from gongkai.statute.articles import Article

_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
_SLOT = re.compile(r"\{(\w+)\}")
_K = LetterKind


@dataclass(frozen=True, slots=True)
class Fact:
    """Something a sentence tells: its name, label, whether it must be there, what it may be."""

    name: str
    label: str
    required: bool = True
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """A standard sentence: the articles it rests on, the facts it tells, its words."""

    articles: tuple[Article, ...]
    facts: tuple[Fact, ...]
    words: str


_WITHHELD = "根据{cite}的规定，本机关决定不予公开。"
_REASON = Fact("reason", "不予公开的具体理由")
ANSWERS: Mapping[LetterKind, Answer] = {
    _K.ALREADY_PUBLIC: Answer(
        (art.ART_36_1,),
        (Fact("title", "信息的名称、文号"), Fact("where", "获取的网址或者地点")),
        "经查，{you}申请公开的{title}本机关已经主动公开。根据{cite}的规定，"
        "现告知{you}获取该政府信息的方式、途径：{where}。",
    ),
    _K.GRANTED: Answer(
        (art.ART_36_2,),
        (
            Fact("supplied", "随文提供的，写“见附件”等", required=False),
            Fact("way", "不随文提供的，写获取的方式、途径和时间", required=False),
        ),
        "经审查，{you}申请公开的政府信息可以公开。根据{cite}的规定，本机关决定予以公开"
        "[，现将该政府信息提供给{you}（{supplied}）]"
        "[，{you}获取该政府信息的方式、途径和时间：{way}]。",
    ),
    _K.PARTIAL: Answer(
        (art.ART_37,),
        (Fact("given", "提供的内容"), Fact("withheld", "不予公开的内容")),
        "经审查，{you}申请公开的信息中含有不应当公开的内容，能够作区分处理。根据{cite}的规定，"
        "本机关向{you}提供可以公开的内容：{given}；对{withheld}，本机关决定不予公开，理由如下：",
    ),
    _K.STATE_SECRET: Answer(
        (art.ART_14, art.ART_36_3),
        (Fact("basis", "定密依据（密级标志或者定密决定，不写内容）"),),
        "经审查，{you}申请公开的政府信息已经依法确定为国家秘密（{basis}）。" + _WITHHELD,
    ),
    _K.PROHIBITED_BY_LAW: Answer(
        (art.ART_14, art.ART_36_3),
        (Fact("law", "法律、行政法规的名称和条款"), Fact("gist", "该条款的规定")),
        "经审查，{you}申请公开的政府信息属于法律、行政法规禁止公开的政府信息："
        "{law}规定，{gist}。" + _WITHHELD,
    ),
    _K.SECURITY_AND_STABILITY: Answer(
        (art.ART_14, art.ART_36_3),
        (
            Fact(
                "which",
                "危及哪一项",
                choices=("国家安全", "公共安全", "经济安全", "社会稳定"),
            ),
            _REASON,
        ),
        "经审查，{you}申请公开的政府信息公开后可能危及{which}，理由是：{reason}。" + _WITHHELD,
    ),
    _K.THIRD_PARTY_RIGHTS: Answer(
        (art.ART_15, art.ART_32, art.ART_36_3),
        (
            Fact("kind", "信息涉及", choices=("商业秘密", "个人隐私", "商业秘密和个人隐私")),
            Fact(
                "opinion",
                "征求第三方意见的结果",
                choices=("第三方不同意公开", "第三方逾期未提出意见"),
            ),
            _REASON,
        ),
        "经审查，{you}申请公开的政府信息涉及{kind}，公开会对第三方合法权益造成损害。"
        "本机关已经书面征求第三方的意见，{opinion}。经审查认为，{reason}，"
        "且不公开不会对公共利益造成重大影响。" + _WITHHELD,
    ),
    _K.INTERNAL_AFFAIRS: Answer(
        (art.ART_16_1, art.ART_36_3),
        (
            Fact("which", "属于哪一类", choices=("人事管理", "后勤管理", "内部工作流程")),
            _REASON,
        ),
        "经审查，{you}申请公开的信息属于本机关{which}方面的内部事务信息，{reason}。" + _WITHHELD,
    ),
    _K.DELIBERATIVE: Answer(
        (art.ART_16_2, art.ART_36_3),
        (
            Fact("which", "属于哪一类", choices=("讨论记录", "过程稿", "磋商信函", "请示报告")),
            _REASON,
        ),
        "经审查，{you}申请公开的信息属于本机关在履行行政管理职能过程中形成的{which}，{reason}；"
        "法律、法规、规章没有规定上述信息应当公开。" + _WITHHELD,
    ),
    _K.ENFORCEMENT_FILE: Answer(
        (art.ART_16_2, art.ART_36_3),
        (Fact("case", "案件名称"), Fact("consult", "当事人查阅案卷的途径", required=False)),
        "经审查，{you}申请公开的信息属于{case}的行政执法案卷信息，"
        "法律、法规、规章没有规定上述信息应当公开。"
        + _WITHHELD
        + "[案件当事人、利害关系人可以依照有关规定查阅案卷：{consult}。]",
    ),
    _K.NOT_HELD: Answer(
        (art.ART_36_4,),
        (
            Fact("places", "检索的范围"),
            Fact("keywords", "检索的方法、关键词"),
            Fact("searched_on", "检索的日期", required=False),
        ),
        "[{searched_on}，]本机关以{keywords}，对{places}进行了检索，"
        "没有检索到{you}申请公开的政府信息。根据{cite}的规定，现告知{you}该政府信息不存在。",
    ),
    _K.OTHER_RESPONSIBLE: Answer(
        (art.ART_36_5,),
        (
            Fact("reason", "不属于本机关负责公开的理由"),
            Fact("organ", "负责公开的行政机关", required=False),
            Fact("contact", "该机关的联系方式", required=False),
        ),
        "经审查，{you}申请公开的政府信息不属于本机关负责公开，理由是：{reason}。"
        "根据{cite}的规定，现予告知。[建议{you}向{organ}申请公开。][该机关的联系方式：{contact}。]",
    ),
    _K.REPEAT: Answer(
        (art.ART_36_6,),
        (Fact("answered_on", "前次答复的日期"), Fact("number", "前次答复的名称和文号")),
        "经查，本机关已于{answered_on}以{number}对{you}的同一政府信息公开申请作出答复。"
        "根据{cite}的规定，现告知{you}本机关不予重复处理。",
    ),
    _K.ADMINISTRATIVE_ENQUIRY: Answer(
        (art.ART_36_7,),
        (
            Fact("law", "作出特别规定的法律、行政法规的名称和条款"),
            Fact("where", "办理查询的机构、地点和手续"),
        ),
        "经审查，{you}申请公开的信息属于{law}对信息的获取有特别规定的信息。"
        "根据{cite}的规定，请依照上述规定办理：{where}。",
    ),
    _K.NEEDS_CREATION: Answer(
        (art.ART_38,),
        (Fact("reason", "需要怎样加工、分析"),),
        "经审查，本机关没有制作或者保存现成的、符合{you}申请内容的政府信息，{reason}。"
        "根据{cite}的规定，行政机关向申请人提供的信息应当是已制作或者获取的政府信息，"
        "需要对现有政府信息进行加工、分析的，可以不予提供。本机关决定不予提供。",
    ),
    _K.PETITION: Answer(
        (art.ART_39_1,),
        (
            Fact("nature", "实质内容", choices=("信访", "投诉", "举报", "咨询", "其他诉求")),
            Fact("channel", "可以反映的渠道", required=False),
        ),
        "经审查，{you}以政府信息公开申请的形式进行{nature}活动。根据{cite}的规定，"
        "本机关不作为政府信息公开申请处理。[{you}可以通过以下渠道提出：{channel}。]",
    ),
    _K.PUBLICATION: Answer(
        (art.ART_39_2,),
        (Fact("title", "出版物的名称"), Fact("way", "获取的途径", required=False)),
        "经审查，{you}申请公开的内容为要求本机关提供公开出版物《{title}》。根据{cite}的规定，"
        "本机关不予提供。[{you}可以通过以下途径获取：{way}。]",
    ),
    _K.EXCESSIVE: Answer(
        (art.ART_35,),
        (
            Fact("figures", "申请的数量、频次"),
            Fact("asked_on", "要求说明理由的日期和文号"),
            Fact("why", "理由不合理的原因（未说明理由的写明）"),
        ),
        "经查，{you}{figures}，申请公开政府信息的数量、频次明显超过合理范围。"
        "本机关已于{asked_on}要求{you}说明理由。经审查，{why}。"
        "根据{cite}的规定，本机关认为申请理由不合理，告知{you}不予处理。",
    ),
    _K.RECONFIRMATION: Answer(
        (art.ART_2,),
        (Fact("obtained", "何时以何种方式已经获取该信息"),),
        "经查，{you}{obtained}，已经获取所申请的政府信息，"
        "本次申请属于要求行政机关对已获取的政府信息进行确认或者重新出具。"
        "上述要求不属于{cite}所称的对政府信息的申请，本机关不予处理。",
    ),
    _K.STILL_UNCLEAR: Answer(
        (art.ART_30,),
        (
            Fact("notice", "补正告知书的日期和文号"),
            Fact("unclear", "补正后仍不明确的内容"),
        ),
        "本机关已于{notice}要求{you}对申请内容作出补正。{you}补正后，{unclear}仍不明确，"
        "本机关据此不能确定所申请的政府信息。根据{cite}的规定，本机关无法提供。",
    ),
    _K.WITHDRAWN: Answer(
        (art.ART_27,),
        (Fact("withdrawn_on", "撤回申请的日期"), Fact("how", "撤回的方式")),
        "{you}于{withdrawn_on}{how}撤回依照{cite}提出的上述申请。"
        "本机关对该申请不再处理，现予告知。",
    ),
    _K.NOT_INFORMATION: Answer(
        (art.ART_2,),
        (Fact("reason", "为什么不属于政府信息"),),
        "经审查，{you}申请公开的信息{reason}，不属于{cite}规定的政府信息，"
        "本机关不能作为政府信息公开申请处理，现予告知。",
    ),
    _K.CORRECTED: Answer(
        (art.ART_41,),
        (Fact("checked", "核实的情况"), Fact("change", "更正的内容")),
        "经审核，{checked}，{you}的更正申请属实。根据{cite}的规定，"
        "本机关已经将有关政府信息更正为：{change}。",
    ),
    _K.NOT_CORRECTED: Answer(
        (art.ART_41,),
        (Fact("checked", "核实的情况"),),
        "经审核，{checked}，没有证据证明有关政府信息的记录不准确。根据{cite}的规定，"
        "本机关决定不予更正。",
    ),
    _K.PASSED_ON: Answer(
        (art.ART_41,),
        (
            Fact("reason", "不属于本机关职能范围的理由"),
            Fact("organ", "有权更正的行政机关"),
            Fact("contact", "该机关的联系方式", required=False),
        ),
        "经审查，{you}申请更正的政府信息不属于本机关职能范围，{reason}。根据{cite}的规定，"
        "本机关已经将{you}的更正申请转送{organ}处理[（联系方式：{contact}）]。",
    ),
}
# Two ways to lapse share one letter, so they stand apart from the table of kinds.
NOT_SUPPLEMENTED = Answer(
    (art.ART_30,),
    (
        Fact("notice", "补正告知书的文号"),
        # The day the notice is told; nothing here claims the day it arrived.
        Fact("served_on", "告知补正的日期"),
        Fact("term", "补正的期限"),
    ),
    "本机关于{served_on}以{notice}告知{you}补正申请内容，补正期限为{term}。"
    "{you}无正当理由逾期不补正。根据{cite}的规定，视为放弃申请，本机关不再处理该政府信息公开申请。",
)
FEE_UNPAID = Answer(
    (art.FEE_ART_6,),
    (
        Fact("notice", "收费通知书的文号"),
        Fact("served_on", "送达的日期"),
        Fact("term", "缴费的期限"),
    ),
    "本机关以{notice}通知{you}缴纳信息处理费，该通知书于{served_on}送达，缴费期限为{term}。"
    "{you}逾期未缴纳。根据{cite}的规定，视为放弃申请，本机关不再处理该政府信息公开申请。",
)


def facts_of(kind: LetterKind) -> tuple[Fact, ...]:
    """Return what the standard sentence of a kind tells; none when it has no sentence."""
    return ANSWERS[kind].facts if kind in ANSWERS else ()


def sentence(kind: LetterKind, facts: Mapping[str, str], *, you: str = "你") -> str:
    """Return the standard sentence of an answer with these facts; `you` is 你 or 你单位.

    Raises:
        LetterIncomplete: a fact that must be told is missing, or is none of the choices.
    """
    return fill_answer(ANSWERS[kind], facts, you=you)


def fill_answer(answer: Answer, facts: Mapping[str, str], *, you: str = "你") -> str:
    """Return an answer's words with these facts; raises LetterIncomplete as `sentence` does."""
    told = {fact.name: ended(facts.get(fact.name, "") or "") for fact in answer.facts}
    for fact in answer.facts:
        value = told[fact.name]
        if fact.required and not value:
            raise LetterIncomplete(f"请填写“{fact.label}”", field=fact.name)
        if value and fact.choices and value not in fact.choices:
            raise LetterIncomplete(
                f"“{fact.label}”只能是{'、'.join(fact.choices)}", field=fact.name
            )
    told |= {"you": you, "cite": cite(answer.articles)}
    words = _OPTIONAL.sub(lambda part: _kept(part[1], told), answer.words)
    return _SLOT.sub(lambda slot: told[slot[1]], words)


def numbered(items: Sequence[tuple[str, Sequence[str]]]) -> tuple[str, ...]:
    """Return the body of a letter of several items: each asked matter, then its paragraphs.

    One item stands without a heading; several begin 一、关于……：.
    """
    if len(items) == 1:
        return tuple(items[0][1])
    body: list[str] = []
    for place, (asked, paragraphs) in enumerate(items, 1):
        first, *more = paragraphs
        body += [f"{chinese(place)}、关于{ended(asked)}。{first}", *more]
    return tuple(body)


def cite(articles: Sequence[Article]) -> str:
    """Return the citation of articles, a law's title once: 《……条例》第十四条、第三十六条第三项."""
    cited = ""
    for place, article in enumerate(articles):
        same = place and articles[place - 1].law == article.law
        cited += ("、" if place else "") + (article.place if same else article.citation)
    return cited


def _kept(part: str, told: Mapping[str, str]) -> str:
    return part if all(told[name] for name in _SLOT.findall(part)) else ""
