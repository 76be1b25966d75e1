"""Records in the state in which an address lets somebody in, where the plain ones are not.

Made after those of `county.py`, which may be asked for by name.
"""

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from gongkai.annualreport import actions as annualreport
from gongkai.annualreport.tests import factories as annual
from gongkai.engagement import actions as engagement
from gongkai.engagement.tests import factories as engaged
from gongkai.engagement.tests import made as exchanged
from gongkai.inforequests.tests import factories as requests
from gongkai.inspections import actions as inspections
from gongkai.inspections.lifecycle import BulletinPeriod
from gongkai.inspections.tests import factories as inspected
from gongkai.letters.rules.kinds import LetterKind
from gongkai.letters.rules.terms import Due
from gongkai.letters.tests import factories as written
from gongkai.newmedia.tests import factories as media
from gongkai.oversight import actions as oversight
from gongkai.oversight.actions import PointTold
from gongkai.oversight.lifecycle import AppraisalState
from gongkai.oversight.models import Appraisal
from gongkai.policy.rules.dossiers import InterpretationForm, Pair
from gongkai.policy.tests import dossiers
from gongkai.portal.tests.requests_made import accepting
from gongkai.statute.grounds import Ground

Maker = Callable[[Any], Any]
_DEGREES = "1. 是否满意？（单选）\n非常满意\n满意\n不满意"


def records(said: dict[str, Any]) -> dict[str, Maker]:
    """Return who makes each record, in their order; `said` is who acts when."""
    return {**_reports(), **_requests(said), **_oversight(said), **_others(said)}


def _reports() -> dict[str, Maker]:
    def frozen(found: Any) -> Any:
        year = annualreport.open_year(
            found.organs.county, 2020, by=annual.OFFICE, at=annual.JANUARY
        )
        return annual.frozen_report(year)

    def public(found: Any) -> Any:
        return annualreport.publish(found["frozen"], by=annual.OFFICE, at=annual.JANUARY)

    return {
        "frozen": frozen,
        "public_report": public,
        "typed_return": lambda found: SimpleNamespace(id=f"return-{found['return'].pk}"),
    }


def _requests(said: dict[str, Any]) -> dict[str, Maker]:
    def withheld(found: Any) -> Any:
        case = requests.processing(found.organs.finance)
        return requests.served(case, requests.RECEIVED, Ground.INTERNAL_AFFAIRS)

    def receipt(found: Any) -> Any:
        due = Due(date(2026, 3, 30), provisional=False, since="自收到申请之日起", days=20)
        told = written.values(received_how="当面提交", query_way="凭查询码", due=due)
        about = found["request"].typed_id
        organ = found.organs.finance
        return written.make_letter(organ, LetterKind.RECEIPT, values=told, about=about)

    return {
        "withheld": withheld,
        "receipt": receipt,
        "accepting": lambda found: accepting(found.organs.finance),
    }


def _oversight(said: dict[str, Any]) -> dict[str, Maker]:
    def appraisal(state: AppraisalState, title: str) -> Maker:
        return lambda found: Appraisal.objects.create(
            county=found.organs.county,
            year=2024,
            title=title,
            starts_on=date(2024, 1, 1),
            ends_on=date(2024, 12, 31),
            self_due_on=date(2025, 1, 20),
            object_until=date(2025, 2, 1),
            confirmed_on=date(2025, 2, 10) if state is AppraisalState.CONFIRMED else None,
            state=state,
            made_by="备料",
            made_at=said["at"],
        )

    def evaluated(found: Any) -> Any:
        survey = exchanged.survey(found.organs.county, title="已公布的评议", questions=_DEGREES)
        (question,) = survey.questions.all()
        point = PointTold(question, found.organs.finance, "总体")
        made = oversight.mark_evaluation(
            found.organs.county, survey, year=2025, points=[point], **said
        )
        after = engaged.moment(survey.closes_on + timedelta(days=1), 9)
        engagement.publish_results(survey, conclusion="继续改进", by=said["by"], at=after)
        return made

    return {
        "shown_appraisal": appraisal(AppraisalState.SHOWN, "公示中的考核"),
        "confirmed_appraisal": appraisal(AppraisalState.CONFIRMED, "已确认的考核"),
        "ranking": lambda found: oversight.publish_ranking(
            appraisal(AppraisalState.CONFIRMED, "已公布的考核")(found), **said
        ),
        "unmarked": lambda found: exchanged.survey(
            found.organs.county, title="还不是评议", questions=_DEGREES
        ),
        "public_evaluation": evaluated,
    }


def _others(said: dict[str, Any]) -> dict[str, Maker]:
    def bulletin(found: Any) -> Any:
        month, begun = BulletinPeriod.MONTH, date(2026, 7, 1)
        made = inspections.take_figures(found.organs.county, period=month, starts_on=begun, **said)
        return inspections.publish_bulletin(inspections.issue(made, **said), **said)

    return {
        "questions": lambda found: dossiers.explained(
            found["dossier"], InterpretationForm.QUESTIONS, pairs=[Pair("谁？", "人人。")]
        ),
        "counted_site": lambda found: inspected.site(
            found.organs.county, found.organs.finance, address="https://www.second.example/"
        ),
        "counted_year": lambda found: inspections.open_site_year(
            found["counted_site"], 2025, **said
        ),
        "other_account": lambda found: media.registered(found.organs.finance),
        "public_bulletin": bulletin,
    }
