"""Prose takes figures only by name; what is typed by hand is refused with place and remedy."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.annualreport.lifecycle import ProseRefused
from gongkai.annualreport.rules.figures import (
    Figure,
    add_up,
    figures_of,
    label,
    rate,
    scoped,
)
from gongkai.annualreport.rules.named_figures import NAMED
from gongkai.annualreport.rules.prose_defaults import Issuer, default_prose, default_stated
from gongkai.annualreport.rules.prose_template import SECTIONS, faults, names_used, render
from gongkai.statute.requesters import RequesterKind
from gongkai.tables.editions import EDITIONS
from gongkai.tables.facts import Measure, requests_measure

FIGURES = {
    "requests.received": Figure(Decimal(29), "件"),
    "requests.received@own_level": Figure(Decimal(15), "件"),
    "requests.on_time_rate": rate(Decimal(1429), Decimal(1432)),
    "register.PROCUREMENT.amount": Figure(Decimal("20063.4964"), "万元"),
    "自报.网站信息": Figure(Decimal(6560), "条"),
}


def found_in(text: str, **options) -> list[str]:
    return [fault.found for fault in faults({"requests": text}, FIGURES, **options)]


@pytest.mark.parametrize(
    ("template", "printed"),
    [
        ("新收{{ requests.received }}。", "新收29件。"),
        ("新收{{requests.received|数值}}件", "新收29件"),
        ("县本级{{ requests.received@own_level }}", "县本级15件"),
        ("县本级{{ 本年新收申请（县本级） }}", "县本级15件"),
        ("采购{{ register.PROCUREMENT.amount }}", "采购20063.4964万元"),
        ("按期率{{ requests.on_time_rate }}", "按期率99.79%"),
        ("{{ 按期答复率|分子 }}/{{ 按期答复率|denominator }}", "1429/1432"),
        ("以{{ 自报.网站信息|单位 }}计", "以条计"),
        ("没有数据的一段。", "没有数据的一段。"),
    ],
)
def test_figures_are_printed_by_name(template, printed):
    assert faults({"requests": template}, FIGURES) == ()
    assert render(template, FIGURES) == printed


@pytest.mark.parametrize(
    "typed",
    [
        "29件",
        "29 件",
        "２９件",
        "6560余条",
        "90余名",
        "99.78%",
        "98.44％",
        "600万元",
        "63617.47 万元",
        "945项",
        "1,432件",
        "30个",
        "2 次",
        "-266项",
        "5（件）",
        "二十九件",
        "百分之九十九",
        "三百万元",
    ],
)
def test_figure_typed_by_hand_is_refused(typed):
    assert found_in(f"全县受理{typed}，均已办结。")


@pytest.mark.parametrize(
    "text",
    [
        "2020年1月1日起至12月31日止。",
        "根据国办公开办函〔2019〕60号和国务院令第711号。",
        "《靖安县26个试点领域基层政务公开标准目录》已经公布。",
        "条例第20条规定的15类信息。",
        "第 3 条、第3项的要求。",
        "12345热线全天受理。",
        "在20个工作日内答复。",
        "联系电话：0795—4662133，地址：新大街1号。",
        "一是加强培训；二是落实三项制度。",
        "支持IPv6，7×24小时服务。",
    ],
)
def test_years_numbers_of_documents_and_titles_are_no_figures(text):
    assert found_in(text) == []


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("{{ requests.recieved }}", "是否指“requests.received”"),
        ("{{ requests.received|分子 }}", "不是比率"),
        ("{{ requests.received|总数 }}", "数值、分子、分母、单位"),
        ("{{ requests.received", "不完整"),
        ("1{{ requests.received }}", "紧挨着手工输入的数字"),
        ("{{ requests.received|数值 }}0件", "紧挨着手工输入的数字"),
        ("{{ requests.received|数值 }}万件", "数量级"),
        ("{{ requests.received }}%", "单位是“件”"),
        ("{{ register.PROCUREMENT.amount|数值 }}元", "单位是“万元”"),
    ],
)
def test_placeholder_that_would_tell_a_wrong_figure_is_refused(text, word):
    (fault, *_) = faults({"other": text}, FIGURES)
    assert word in fault.message


def test_fault_names_section_paragraph_and_character():
    (fault,) = faults({"problems": "第一段。\n网站公开6560条信息。"}, FIGURES)
    assert (fault.section, fault.paragraph, fault.character, fault.found) == (
        "problems",
        2,
        5,
        "6560条",
    )
    assert fault.message.startswith("“五、存在的主要问题及改进情况”第 2 段第 5 字“6560条”")
    assert "自报数据" in fault.message


def test_unwritten_passages_stop_only_the_finished_text():
    text = "问题：【请填写：本年问题】"
    assert found_in(text) == []
    assert found_in(text, finished=True) == ["【请填写：本年问题】"]


def test_unknown_name_is_never_printed():
    with pytest.raises(ProseRefused, match="没有名为"):
        render("{{ nothing }}", FIGURES)


@pytest.mark.parametrize("edition", EDITIONS.values(), ids=EDITIONS)
@pytest.mark.parametrize("of_county", [True, False])
def test_defaults_are_clean_but_for_what_the_office_must_write(edition, of_county):
    issuer = Issuer(
        "平安县人民政府", "平安县人民政府办公室", "新大街1号", "0799-1234567", of_county
    )
    templates = default_prose(issuer, edition.first_year, edition)
    figures = figures_of({}) | {
        name: Figure(Decimal(value["value"]), value["unit"])
        for name, value in default_stated().items()
    }
    # Chapters tell counts of every organ, if only 0; rates the defaults may not name.
    figures |= {
        name: Figure(Decimal(0), each.unit) for name, each in NAMED.items() if not each.is_rate
    }
    figures |= {
        name: figure
        for scope in ("own_level", "departments", "townships")
        for name, figure in scoped(figures, scope).items()
    }
    assert set(templates) == set(SECTIONS)
    assert faults(templates, figures) == ()
    left = {fault.section for fault in faults(templates, figures, finished=True)}
    assert "problems" in left
    assert "信息处理费0元" in render(templates["other"], figures)
    assert edition.notice in templates["preamble"]


@given(st.text(alphabet="{}|年一0件 received.@requests", max_size=60))
def test_any_text_is_judged_and_printed_or_refused(text):
    if faults({"other": text}, FIGURES):
        return
    printed = render(text, FIGURES)
    assert "{{" not in printed
    assert names_used(text) == tuple(name for name in names_used(text) if name)


def test_figures_of_requests_add_up_by_kind_and_group():
    facts = {
        requests_measure("received", RequesterKind.NATURAL_PERSON): Decimal(28),
        requests_measure("received", RequesterKind.LEGAL_SERVICE_ORG): Decimal(1),
        requests_measure("outcome.GRANTED", RequesterKind.NATURAL_PERSON): Decimal(27),
        requests_measure("outcome.PETITION", RequesterKind.LEGAL_SERVICE_ORG): Decimal(2),
        Measure("register.PROCUREMENT", "amount"): Decimal(200634964),
        Measure("remedies.DIRECT", "PENDING"): Decimal(1),
    }
    figures = figures_of(facts)
    assert figures["requests.received"].value == 29
    assert figures["requests.received.organisations"].value == 1
    assert figures["requests.handled"].value == 29
    assert figures["requests.outcome.DECLINED"].value == 2
    assert figures["register.PROCUREMENT.amount"].digits == "20063.4964"
    assert figures["remedies.litigation"].value == 1


def test_rates_add_up_by_their_counts_and_mixed_units_do_not():
    one = {"r": rate(Decimal(1), Decimal(2)), "自报.量": Figure(Decimal(1), "件")}
    other = {"r": rate(Decimal(0), Decimal(1)), "自报.量": Figure(Decimal(1), "条")}
    total = add_up([one, other])
    assert (total["r"].digits, total["r"].numerator, total["r"].denominator) == ("33.33", 1, 3)
    assert "自报.量" not in total


def test_every_figure_has_a_chinese_name_of_its_own():
    names = [*figures_of({}), "requests.received.online", "requests.on_time_rate"]
    labels = [label(name) for name in names]
    assert not [text for text in labels if text.isascii()]
    assert len(set(labels)) == len(labels)


@given(st.decimals(0, 10**9, places=4))
def test_figure_survives_json(value):
    figure = Figure(value, "万元")
    assert Figure.from_json(figure.to_json()) == figure
