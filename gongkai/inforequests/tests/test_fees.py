"""The fee of a notice follows from the tariff and the number (收费办法 Art. 3 to 5)."""

from decimal import Decimal

import pytest

from gongkai.inforequests import actions
from gongkai.inforequests.lifecycle.errors import BadAct
from gongkai.inforequests.rules.fees import fee_told
from gongkai.inforequests.tests.factories import RECEIVED, an_organ, do, processing
from gongkai.statute.fees import Tariff, processing_fee, processing_fee_added

BY_ITEM, BY_PAGE = Tariff.BY_ITEM, Tariff.BY_PAGE


@pytest.mark.parametrize(
    ("tariff", "count", "already", "yuan", "words"),
    [
        (BY_PAGE, 31, 0, 10, "按量计收，31页，其中第31页每页10元"),
        (BY_PAGE, 35, 0, 50, "按量计收，35页，其中第31页至第35页每页10元"),
        (
            *(BY_PAGE, 250, 0, 4700),
            "按量计收，250页，其中第31页至第100页每页10元，第101页至第200页每页20元，"
            "第201页至第250页每页40元",
        ),
        # Pages of other requests are never added, whatever stands in the field.
        (BY_PAGE, 35, 9, 50, "按量计收，35页，其中第31页至第35页每页10元"),
        (BY_ITEM, 11, 0, 100, "按件计收，11件，其中第11件每件100元"),
        (
            *(BY_ITEM, 3, 29, 500),
            "按件计收，本月累计32件（此前29件，本次3件），其中第30件每件100元，"
            "第31件至第32件每件200元",
        ),
    ],
)
def test_the_amount_and_its_reckoning(tariff, count, already, yuan, words):
    assert fee_told(tariff, count, already) == (Decimal(yuan), words)
    if tariff is BY_ITEM:
        assert yuan == processing_fee_added(tariff, already, count)
    else:
        assert yuan == processing_fee(tariff, count).amount


@pytest.mark.parametrize(("tariff", "count", "already"), [(BY_PAGE, 30, 0), (BY_ITEM, 1, 9)])
def test_what_is_free_gets_no_notice(tariff, count, already):
    with pytest.raises(BadAct, match="不收取信息处理费") as refused:
        fee_told(tariff, count, already)
    assert refused.value.field == "count"


def test_nothing_is_no_number():
    with pytest.raises(BadAct, match="应当大于零"):
        fee_told(BY_PAGE, 0)


@pytest.mark.django_db
def test_the_case_keeps_amount_tariff_and_number():
    charged = do(actions.charge_fee, processing(an_organ()), RECEIVED, tariff=BY_PAGE, count=35)
    data = charged.acts.latest("sequence").data
    assert (data["amount"], data["tariff"], data["count"]) == ("50", "BY_PAGE", 35)
    with pytest.raises(BadAct, match="不发收费通知"):
        do(actions.charge_fee, processing(an_organ("b")), RECEIVED, tariff=BY_PAGE, count=30)
