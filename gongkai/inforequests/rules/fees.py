"""What a fee notice says: the amount by the tariff, and how it was reckoned (Art. 42).

The office tells the tariff and the number; nobody types an amount (收费办法 Art. 3 to 5).
"""

from decimal import Decimal

from gongkai.inforequests.lifecycle.errors import BadAct
from gongkai.statute.fees import Fee, Tariff, processing_fee


def fee_told(tariff: Tariff, count: int, already: int = 0) -> tuple[Decimal, str]:
    """Return the fee in 元 and the words of its reckoning: 按量计收，35页，其中第31页至….

    By page `count` are the pages of this request; by item its items, and `already` those that
    the same requester asked the organ for before in the same calendar month.

    Raises:
        BadAct: no fee is due for so few, or the count is none.
    """
    if count < 1:
        raise BadAct(f"{tariff.label}的数量应当大于零，请填写", "count")
    if tariff is Tariff.BY_PAGE:
        already = 0
    fee = processing_fee(tariff, already + count)
    parts = _paid(fee, already)
    amount = sum((price * (last - first + 1) for first, last, price in parts), Decimal(0))
    if not amount:
        raise BadAct(
            f"{tariff.label}，{already + count}{tariff.unit}不收取信息处理费"
            f"（{tariff.article}），请直接办理，不发收费通知",
            "count",
        )
    unit = tariff.unit
    total = f"{count}{unit}"
    if already:
        total = f"本月累计{already + count}{unit}（此前{already}{unit}，本次{count}{unit}）"
    told = "，".join(
        f"第{first}{unit}每{unit}{price}元"
        if first == last
        else f"第{first}{unit}至第{last}{unit}每{unit}{price}元"
        for first, last, price in parts
    )
    return amount, f"{tariff.label}，{total}，其中{told}"


def _paid(fee: Fee, already: int) -> list[tuple[int, int, Decimal]]:
    """Return the slices that cost something, from the first number after `already`."""
    return [
        (max(each.first, already + 1), each.last, each.price)
        for each in fee.slices
        if each.price and each.last > already
    ]
