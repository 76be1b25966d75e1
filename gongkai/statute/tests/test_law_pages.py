"""Run the worked numbers of docs/law: every table under a `<!-- run: statute.… -->` mark."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from gongkai.statute import articles as art
from gongkai.statute.clock import ClockError, ConsultationKind, IntakeChannel, receipt, reply, terms
from gongkai.statute.clock.deadline import Deadline
from gongkai.statute.fees import Tariff, processing_fee
from gongkai.statute.grounds import Ground, result_row
from gongkai.statute.identity import DocumentType, IdentityError, document_number
from gongkai.statute.limits import Limit, Unit
from gongkai.statute.tests.spoken import acts, maybe, on
from gongkai.statute.workdays import national

PAGES = Path(__file__).parents[3] / "docs" / "law"
CALENDAR = national()
MARK = re.compile(r"<!-- run: (statute\.\w+) -->")
Row = dict[str, str]


def tables(page: Path) -> Iterator[tuple[str, list[Row]]]:
    """Yield (mark, rows) for each marked table of a page."""
    for mark, rest in zip(*[iter(MARK.split(page.read_text())[1:])] * 2, strict=True):
        lines = [line for line in rest.strip().partition("\n\n")[0].splitlines() if line]
        head, _rule, *body = (
            [cell.strip() for cell in line.strip("|").split("|")] for line in lines
        )
        yield mark, [dict(zip(head, cells, strict=True)) for cells in body]


def add(row: Row) -> None:
    assert CALENDAR.add(on(row["from"]), int(row["working days"])) == on(row["last day"])


def year(row: Row) -> None:
    number = int(row["year"])
    found = CALENDAR.count(on(f"{number - 1}-12-31"), on(f"{number}-12-31"))
    assert found == int(row["working days"])


def day(row: Row) -> None:
    assert CALENDAR.describe(on(row["day"])) == row["kind"]


def answer(row: Row) -> None:
    found = acts(row["received"], row["acts"])
    if row["due"] == "refused":
        with pytest.raises(ClockError):
            reply(found, CALENDAR)
        return
    deadline = reply(found, CALENDAR)
    assert deadline.due_on == (None if row["due"] == "none" else on(row["due"]))
    assert deadline.provisional == (row.get("provisional") == "yes")


def day_of_receipt(row: Row) -> None:
    found = receipt(
        IntakeChannel[row["channel"]],
        arrived_on=on(row["arrived"]),
        confirmed_on=maybe(row["confirmed"]),
    )
    assert (found.received_on if found else None) == maybe(row["received"])
    assert (str(found.article) if found else "") == row["article"]


def term(row: Row) -> None:
    name, *told = row["clock"].split()
    start = on(row["from"])
    clocks: dict[str, Callable[[], Deadline]] = {
        "supplement_notice": lambda: terms.supplement_notice(start, CALENDAR),
        "requester_supplement": lambda: terms.requester_supplement(start, int(told[0]), CALENDAR),
        "opinion": lambda: terms.opinion(ConsultationKind[told[0]], start, start, CALENDAR),
        "fee_payment": lambda: terms.fee_payment(start, start, CALENDAR),
        "publication": lambda: terms.publication(start, CALENDAR, own_limit(told)),
        "reconsideration_application": lambda: terms.reconsideration_application(start, CALENDAR),
        "reconsideration_longest": lambda: terms.reconsideration_application(
            start, CALENDAR, told=False
        ),
        "reconsideration_decision": lambda: terms.reconsideration_decision(
            start, CALENDAR, extended_by=int(told[0]) if told else 0
        ),
        "reconsideration_simple": lambda: terms.reconsideration_decision(
            start, CALENDAR, simple=True
        ),
        "reconsideration_reply": lambda: terms.reconsideration_reply(start, CALENDAR),
        "reconsideration_reply_simple": lambda: terms.reconsideration_reply(
            start, CALENDAR, simple=True
        ),
        "suit_direct": lambda: terms.suit_direct(start, CALENDAR),
        "suit_after_reconsideration": lambda: terms.suit_after_reconsideration(start, CALENDAR),
        "suit_defence": lambda: terms.suit_defence(start, CALENDAR),
        "suit_judgment": lambda: terms.suit_judgment(start, CALENDAR),
        "suit_judgment_simple": lambda: terms.suit_judgment(start, CALENDAR, simple=True),
        "appeal": lambda: terms.appeal(start, CALENDAR),
        "appeal_of_ruling": lambda: terms.appeal(start, CALENDAR, ruling=True),
        "appeal_judgment": lambda: terms.appeal_judgment(start, CALENDAR),
        "reconsideration_review": lambda: terms.reconsideration_review(start, CALENDAR),
        "reconsideration_opinion": lambda: terms.reconsideration_opinion(start, CALENDAR),
        "decision_publication": lambda: terms.decision_publication(start, CALENDAR),
        "decision_publication_other": lambda: terms.decision_publication(
            start, CALENDAR, double=False
        ),
        "decision_withdrawal": lambda: terms.decision_withdrawal(start, CALENDAR),
        "decision_withdrawal_other": lambda: terms.decision_withdrawal(
            start, CALENDAR, penalty=False
        ),
        "complaint_acceptance": lambda: terms.complaint_acceptance(start, CALENDAR),
        "complaint_handling": lambda: terms.complaint_handling(
            start, CALENDAR, extended_by=int(told[0]) if told else 0
        ),
    }
    assert clocks[name]().due_on == on(row["due"])


def own_limit(told: list[str]) -> Limit | None:
    return Limit(int(told[0]), Unit[told[1]], art.ART_26) if told else None


def report(row: Row) -> None:
    clock = {"organ": terms.organ_report, "government": terms.government_report}[row["who"]]
    assert clock(int(row["year"])).due_on == on(row["due"])


def amount(row: Row) -> None:
    assert processing_fee(Tariff[row["tariff"]], int(row["count"])).amount == int(row["yuan"])


def number(row: Row) -> None:
    kind, today = DocumentType[row["document"]], on("2026-08-01")
    if row["verdict"] == "refused":
        with pytest.raises(IdentityError):
            document_number(kind, row["number"], today)
    else:
        assert document_number(kind, row["number"], today) == row["number"]


def one_row(row: Row) -> None:
    items = [Ground[name] for name in row["items"].split()]
    assert {edition: result_row(items, edition) for edition in ("2021", "2019")} == {
        "2021": row["2021"],
        "2019": row["2019"],
    }


def remedy(row: Row) -> None:
    assert Ground[row["ground"]].remedy(on(row["answered on"])).name == row["remedy"]


RUNNERS: dict[str, Callable[[Row], None]] = {
    "statute.add": add,
    "statute.year": year,
    "statute.day": day,
    "statute.reply": answer,
    "statute.receipt": day_of_receipt,
    "statute.term": term,
    "statute.report": report,
    "statute.fee": amount,
    "statute.identity": number,
    "statute.row": one_row,
    "statute.remedy": remedy,
}
MARKED = [
    (page.stem, mark, rows) for page in sorted(PAGES.glob("*.md")) for mark, rows in tables(page)
]


@pytest.mark.parametrize(
    ("page", "mark", "rows"), MARKED, ids=[f"{page}-{n}" for n, (page, _, _) in enumerate(MARKED)]
)
def test_worked_numbers(page: str, mark: str, rows: list[Row]) -> None:
    assert rows, f"{page}: a table without rows"
    for row in rows:
        RUNNERS[mark](row)


def test_every_page_stands_in_the_list_and_every_runner_is_used() -> None:
    listed = re.findall(r"\]\(([\w-]+)\.md\)", (PAGES / "README.md").read_text())
    assert {page for page, _, _ in MARKED} <= set(listed)
    assert [name for name in listed if not (PAGES / f"{name}.md").is_file()] == []
    assert {mark for _, mark, _ in MARKED} == set(RUNNERS)
