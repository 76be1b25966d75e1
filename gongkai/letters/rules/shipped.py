"""The wording of the shipped templates, kind by kind; an office may upload its own instead.

A template is a list of lines (role of the style, words with placeholders) and forms; the
adapter makes a docx of it. What the law wants told is law.md 2.1 and 2.2; the sentences are
our own. Control words of Jinja stand alone in their line, which then leaves no paragraph.
"""

from collections.abc import Callable, Mapping

from gongkai.letters.rules.answers import cite
from gongkai.letters.rules.kinds import LetterKind
from gongkai.statute import articles as art

# Roles by the names of the styles (adapters.letter_text.PartRole); rules import no adapter.
MARK, TITLE, NUMBER, TO, BODY = "发文机关标志", "公文标题", "文号", "主送", "正文"
ATTACHED, SIGNED, DATED, CONTACT, OVERLEAF = "附件", "落款", "日期", "联系", "另页标题"
Cells = tuple[tuple[str, int], ...]
Part = tuple[str, str] | tuple[tuple[int, ...], tuple[Cells, ...], tuple[int, ...]]

_OPENING = (
    "本机关于{{ 收到日期 }}收到{{ 称呼 }}提交的政府信息公开申请（申请编号：{{ 申请编号 }}）。"
    "{{ 称呼 }}申请公开：“{{ 申请内容 }}”。"
)
_CORRECTION_OPENING = (
    "本机关于{{ 收到日期 }}收到{{ 称呼 }}提交的更正政府信息申请（申请编号：{{ 申请编号 }}）。"
    "{{ 称呼 }}申请更正：“{{ 申请内容 }}”。"
)


def shipped(kind: LetterKind) -> tuple[Part, ...]:
    """Return the shipped template of a kind, in reading order."""
    if kind is LetterKind.PROOF_OF_SERVICE:
        return _proof_of_service()
    body = _BODIES[kind]() if kind in _BODIES else _answer(kind)
    return (*_head(kind), *body, *_FOOT, *(_reply_form(kind)))


def _head(kind: LetterKind) -> tuple[Part, ...]:
    if kind.red_head:
        return (
            (MARK, "{{ 机关名称 }}"),
            (NUMBER, "{{ 文号 }}"),
            (TITLE, f"{{{{ 机关名称 }}}}{{{{ 换行 }}}}{kind.title}"),
            (TO, "{{ 收件人 }}："),
        )
    return (
        (TITLE, f"{{{{ 机关名称 }}}}{{{{ 换行 }}}}{kind.title}"),
        (NUMBER, "{{ 文号 }}"),
        (TO, "{{ 收件人 }}："),
    )


_FOOT: tuple[Part, ...] = (
    (ATTACHED, "{%p for 行 in 附件 %}"),
    (ATTACHED, "{{ 行 }}"),
    (ATTACHED, "{%p endfor %}"),
    (SIGNED, "{{ 机关名称 }}"),
    (DATED, "{{ 成文日期 }}"),
    (BODY, "{%p if 联系方式 %}"),
    (CONTACT, "（{{ 联系方式 }}）"),
    (BODY, "{%p endif %}"),
)


def _each(name: str) -> tuple[Part, ...]:
    return (
        (BODY, f"{{%p for 段 in {name} %}}"),
        (BODY, "{{ 段 }}"),
        (BODY, "{%p endfor %}"),
    )


def _listed() -> tuple[Part, ...]:
    return (
        (BODY, "{%p for 段 in 事项 %}"),
        (BODY, "{{ 段 }}。"),
        (BODY, "{%p endfor %}"),
    )


_REMEDIES = _each("救济告知")


def _answer(kind: LetterKind) -> tuple[Part, ...]:
    opening = _CORRECTION_OPENING if kind.value.startswith("C") else _OPENING
    leading = f"现{'答复' if kind.noun == '答复书' else '告知'}如下："
    return ((BODY, opening + leading), *_each("正文段落"), *_REMEDIES)


def _receipt() -> tuple[Part, ...]:
    return (
        (
            BODY,
            "{{ 称呼 }}提交的政府信息公开申请本机关已经登记，申请编号：{{ 申请编号 }}。"
            "{{ 称呼 }}申请公开：“{{ 申请内容 }}”。",
        ),
        (
            BODY,
            f"{{{{ 收到方式 }}}}。根据{art.ART_31.citation}的规定，"
            "收到申请之日为{{ 收到日期 }}。",
        ),
        (
            BODY,
            f"根据{art.ART_33_2.citation}的规定，本机关将在{{{{ 期限 }}}}答复{{{{ 称呼 }}}}；"
            "依法需要补正、延期、征求意见或者收取信息处理费的，将另行告知。",
        ),
        (BODY, "查询办理进度的方式：{{ 查询方式 }}。请妥善保管申请编号和查询码，不要告诉他人。"),
    )


def _supplement() -> tuple[Part, ...]:
    return (
        (
            BODY,
            _OPENING + f"经审查，申请内容不明确。根据{cite((art.ART_29, art.ART_30))}的规定，"
            "请{{ 称呼 }}对以下事项作出补正：",
        ),
        *_listed(),
        (
            BODY,
            "请自收到本告知书之日起{{ 天数 }}个工作日内，将补正材料提交本机关。"
            "本机关自收到补正的申请之日起重新计算答复期限。"
            "无正当理由逾期不补正的，视为放弃申请，本机关不再处理该政府信息公开申请。",
        ),
        (BODY, "补正中有不明白的地方，可以按本告知书所附联系方式向本机关咨询。"),
    )


def _reasons() -> tuple[Part, ...]:
    return (
        (
            BODY,
            _OPENING + f"经审查，{{{{ 理由 }}}}，申请的数量、频次明显超过合理范围。"
            f"根据{art.ART_35.citation}的规定，请{{{{ 称呼 }}}}对以下事项说明理由：",
        ),
        *_listed(),
        (
            BODY,
            "请自收到本告知书之日起{{ 天数 }}个工作日内，将书面说明提交本机关。"
            "本机关认为申请理由不合理的，将告知{{ 称呼 }}不予处理；认为申请理由合理，"
            "但是无法在法定期限内答复的，可以确定延迟答复的合理期限并告知{{ 称呼 }}。",
        ),
    )


def _extension() -> tuple[Part, ...]:
    return (
        (
            BODY,
            _OPENING + "因{{ 理由 }}，本机关不能在规定的期限内答复。"
            f"根据{art.ART_33_2.citation}的规定，经本机关政府信息公开工作机构负责人同意，"
            "答复期限延长{{ 天数 }}个工作日，本机关将在{{ 期限 }}答复{{ 称呼 }}。",
        ),
        (BODY, "特此告知。"),
    )


def _later_date() -> tuple[Part, ...]:
    return (
        (
            BODY,
            _OPENING + "{{ 称呼 }}对申请的数量、频次说明了理由。经审查，申请理由合理，"
            f"但是{{{{ 理由 }}}}，本机关无法在法定期限内答复。根据{art.ART_35.citation}的规定，"
            "本机关确定延迟答复，将在{{ 期限 }}答复{{ 称呼 }}。",
        ),
        (BODY, "特此告知。"),
    )


def _third_party() -> tuple[Part, ...]:
    return (
        (
            BODY,
            "本机关收到一件政府信息公开申请，申请公开的下列信息涉及{{ 称呼 }}，"
            "公开可能损害{{ 称呼 }}的合法权益：",
        ),
        *_listed(),
        (
            BODY,
            f"根据{cite((art.ART_15, art.ART_32))}的规定，现书面征求{{{{ 称呼 }}}}的意见。"
            "请自收到本征询书之日起{{ 天数 }}个工作日内，填写所附意见反馈表并提交本机关，"
            "说明是否同意公开；不同意或者部分不同意的，请写明具体内容和理由。",
        ),
        (
            BODY,
            "逾期未提出意见的，由本机关依法决定是否公开。{{ 称呼 }}不同意公开且有合理理由的，"
            "本机关不予公开；本机关认为不公开可能对公共利益造成重大影响的，可以决定予以公开，"
            "并将决定公开的内容和理由书面告知{{ 称呼 }}。",
        ),
        (BODY, "按照规定，征求意见中不提供申请人的有关情况。"),
    )


def _consulting() -> tuple[Part, ...]:
    return (
        (
            BODY,
            _OPENING + "经审查，{{ 称呼 }}申请公开的信息需要书面征求{{ 征求对象 }}的意见。"
            f"根据{art.ART_33_3.citation}的规定，征求意见所需时间不计算在答复期限内。",
        ),
        (BODY, "特此告知。"),
    )


def _other_organ() -> tuple[Part, ...]:
    return (
        (BODY, "我单位在办理一件政府信息公开申请时，拟就下列政府信息征求你单位意见："),
        *_listed(),
        (BODY, "{%p if 共同制作 %}"),
        (
            BODY,
            f"上述信息由我单位牵头、与你单位共同制作。根据{art.ART_34.citation}的规定，"
            "请你单位自收到本函之日起{{ 天数 }}个工作日内书面提出意见；"
            "逾期未提出意见的，视为同意公开。",
        ),
        (BODY, "{%p else %}"),
        (
            BODY,
            f"上述信息涉及你单位职责。参照{cite((art.ART_33_3, art.ART_34))}的规定，"
            "请你单位自收到本函之日起{{ 天数 }}个工作日内书面提出意见。",
        ),
        (BODY, "{%p endif %}"),
        (
            BODY,
            "请写明同意公开、部分公开或者不同意公开；不同意或者部分不同意的，请写明法律依据和理由。",
        ),
        (BODY, "专此函达，请予支持。"),
    )


def _tell_third_party() -> tuple[Part, ...]:
    return (
        (
            BODY,
            "关于{{ 关联文书 }}征求意见一事，本机关经审查认为，不公开有关信息可能对公共利益"
            f"造成重大影响，理由是：{{{{ 理由 }}}}。根据{art.ART_32.citation}的规定，"
            "本机关决定公开下列内容，现书面告知{{ 称呼 }}：",
        ),
        *_listed(),
        *_REMEDIES,
    )


def _fee() -> tuple[Part, ...]:
    return (
        (
            BODY,
            _OPENING + f"根据{art.ART_42.citation}和{art.FEE_MEASURES.number}印发的"
            f"《{art.FEE_MEASURES.title}》的规定，本机关决定收取信息处理费。有关事项通知如下：",
        ),
        (BODY, "一、收费标准：{{ 收费标准 }}。"),
        (BODY, "二、收费数额：{{ 金额 }}。"),
        (BODY, "三、缴纳方式：{{ 缴纳方式 }}。"),
        (
            BODY,
            "四、缴纳期限：自收到本通知书次日起{{ 天数 }}个工作日内。逾期未按要求缴纳的，"
            "视为放弃申请，本机关不再处理该政府信息公开申请。",
        ),
        (BODY, "缴费完成次日起，本机关重新计算答复期限。"),
    )


_BODIES: Mapping[LetterKind, Callable[[], tuple[Part, ...]]] = {
    LetterKind.RECEIPT: _receipt,
    LetterKind.SUPPLEMENT: _supplement,
    LetterKind.REASONS: _reasons,
    LetterKind.EXTENSION: _extension,
    LetterKind.LATER_DATE: _later_date,
    LetterKind.THIRD_PARTY: _third_party,
    LetterKind.CONSULTING: _consulting,
    LetterKind.OTHER_ORGAN: _other_organ,
    LetterKind.TELL_THIRD_PARTY: _tell_third_party,
    LetterKind.FEE: _fee,
}


def _reply_form(kind: LetterKind) -> tuple[Part, ...]:
    """Return the form on which a third party answers, on a page of its own."""
    if kind is not LetterKind.THIRD_PARTY:
        return ()
    return (
        (OVERLEAF, "政府信息公开意见反馈表"),
        (
            (34, 44, 34, 44),
            (
                (("征询书文号", 1), ("{{ 文号 }}", 3)),
                (("第三方名称", 1), ("", 3)),
                (("联系人", 1), ("", 1), ("联系电话", 1), ("", 1)),
                (("意　　见", 1), ("□ 同意公开　　□ 部分同意公开　　□ 不同意公开", 3)),
                (("部分同意的，可以公开的内容", 1), ("", 3)),
                (("不同意的内容和理由", 1), ("", 3)),
                (("签名或者盖章", 1), ("　\n　　　　　　　　　　　年　　月　　日", 3)),
            ),
            (12, 12, 12, 14, 30, 56, 32),
        ),
    )


def _proof_of_service() -> tuple[Part, ...]:
    return (
        (TITLE, "{{ 机关名称 }}{{ 换行 }}送达回证"),
        (BODY, ""),
        (
            (38, 40, 34, 44),
            (
                (("送达的文书", 1), ("{{ 关联文书 }}", 3)),
                (("申请编号", 1), ("{{ 申请编号 }}", 3)),
                (("受送达人", 1), ("{{ 收件人 }}", 3)),
                (("送达方式", 1), ("{{ 送达方式 }}", 1), ("送达地点", 1), ("{{ 送达地点 }}", 1)),
                (
                    ("受送达人签名或者盖章", 1),
                    ("　\n　　　　　　　　　　年　　月　　日　　时", 3),
                ),
                (
                    ("代收人签名及与受送达人的关系", 1),
                    ("　\n　　　　　　　　　　年　　月　　日　　时", 3),
                ),
                (("拒收的事由、日期和见证人签名", 1), ("", 3)),
                (("送达人签名", 1), ("　\n　　　　　　　　　　　　年　　月　　日", 3)),
                (("备　　注", 1), ("", 3)),
            ),
            (12, 11, 11, 13, 24, 24, 24, 18, 13),
        ),
        (SIGNED, "{{ 机关名称 }}"),
        (DATED, "{{ 成文日期 }}"),
    )
