"""Reading what belongs to a case: parties as lists show them, papers, evidence, the drafts made."""

from datetime import date
from typing import Any

from gongkai.inforequests.models import InfoRequest
from gongkai.remedies.models import (
    CasePaper,
    Evidence,
    Litigation,
    Party,
    PartyRole,
    Reconsideration,
)
from gongkai.statute.days import written
from gongkai.tables.paper import Grid, Heading, Paper, Paragraph

Remedy = Reconsideration | Litigation


def of_case(remedy: Remedy) -> dict[str, Any]:
    """Return the condition of rows that belong to a case."""
    name = "litigation" if isinstance(remedy, Litigation) else "reconsideration"
    return {name: remedy}


def parties_of(remedy: Remedy) -> list[Party]:
    """Return the parties of a case, in the order they were entered."""
    return list(Party.objects.filter(**of_case(remedy)).order_by("added_at", "pk"))


def papers_of(remedy: Remedy) -> list[CasePaper]:
    """Return the papers of a case by day, each with its file."""
    found = CasePaper.objects.filter(**of_case(remedy)).select_related("file")
    return list(found.defer("file__text").order_by("on", "pk"))


def evidence_of(remedy: Remedy) -> list[Evidence]:
    """Return the lines of the list of evidence, numbered."""
    return list(Evidence.objects.filter(**of_case(remedy)).order_by("order", "pk"))


def evidence_paper(remedy: Remedy, today: date) -> Paper:
    """Return the list of evidence as the organ hands it in (行政复议法 48; 行政诉讼法 67)."""
    lines = tuple(
        (str(place), line.name, line.proves, line.pages)
        for place, line in enumerate(evidence_of(remedy), 1)
    )
    grid = Grid("", ("序号", "证据（依据）名称", "证明内容", "页码"), lines, (1, 4, 5, 2))
    head = f"{_addressee(remedy)}：关于{_matter(remedy)}一案，提交证据、依据目录如下。"
    return Paper(
        title="证据、依据目录",
        organ=remedy.organ.name,
        dated=written(today),
        blocks=(Paragraph(head), grid),
    )


def reply_paper(remedy: Remedy, today: date) -> Paper:
    """Return the draft of the organ's written reply or defence, filled from what is recorded.

    Parties are named by role alone: the clerk puts the names in by hand.
    """
    suit = isinstance(remedy, Litigation)
    who = "原告" if suit else "申请人"
    organ = remedy.organ
    blocks: list[Heading | Paragraph | Grid] = [
        Paragraph(f"{_addressee(remedy)}："),
        Paragraph(
            f"{'被告' if suit else '被申请人'}：{organ.name}，地址：{organ.address or '（填写）'}。"
        ),
        Paragraph(
            f"{who}：{'、'.join(_applicants(remedy)) or '（填写）'}。"
            f"{who}不服{_matter(remedy)}，向你{'院' if suit else '机关'}"
            f"{'起诉' if suit else '申请行政复议'}"
            f"{f'（{remedy.case_number}）' if remedy.case_number else ''}。"
            f"本机关{_received(remedy)}，现{'答辩' if suit else '答复'}如下："
        ),
        Heading("一、基本事实"),
        Paragraph(_facts(remedy)),
        Heading("二、作出行政行为的依据和理由"),
        Paragraph("（写明职权依据、事实依据、法律依据和程序。）"),
        Heading(f"三、对{who}理由的答复"),
        Paragraph("（逐项写明。）"),
        Paragraph(
            f"综上，请你{'院依法驳回原告的诉讼请求' if suit else '机关依法维持本机关的行政行为'}。"
        ),
        Paragraph(f"附件：证据、依据目录（共{len(evidence_of(remedy))}项）。"),
    ]
    title = "行政诉讼答辩状" if suit else "行政复议答复书"
    return Paper(title=title, organ=organ.name, dated=written(today), blocks=tuple(blocks))


def _addressee(remedy: Remedy) -> str:
    return remedy.court if isinstance(remedy, Litigation) else remedy.authority


def _matter(remedy: Remedy) -> str:
    return remedy.subject.removeprefix("不服")


def _applicants(remedy: Remedy) -> list[str]:
    own = (PartyRole.APPLICANT,)
    return [party.masked for party in parties_of(remedy) if party.role in own]


def _received(remedy: Remedy) -> str:
    if remedy.copy_received_on is None:
        return "已收到副本"
    return f"于{written(remedy.copy_received_on)}收到副本"


def _facts(remedy: Remedy) -> str:
    pk = remedy.info_request.partition(":")[2]
    found = InfoRequest.objects.filter(pk=pk).first() if pk else None
    if found is None or found.received_on is None:
        return "（写明收到申请、审查、作出答复、送达的时间和经过。）"
    told = [f"本机关于{written(found.received_on)}收到政府信息公开申请（编号{found.number}）"]
    if found.concluded_on:
        told.append(f"于{written(found.concluded_on)}作出答复")
    return f"{'，'.join(told)}。（写明审查、送达的经过。）"
