"""The plans of the demo's year add up to what the county published."""

from collections import Counter

import pytest

from gongkai.demo import website, year2020
from gongkai.demo.county import COUNTY_CODE, DEPARTMENTS, OFFICE_CODE, TOWNSHIPS
from gongkai.orgs.queries import Level


@pytest.mark.parametrize("register", year2020.REGISTERS, ids=lambda register: register.kind)
def test_the_departments_shares_add_up_to_the_county(register: year2020.RegisterYear) -> None:
    parts = [part for _, part in year2020.register_shares(register)]
    for name in ("opening", "change", "decisions", "projects", "amount"):
        assert sum(getattr(part, name) for part in parts) == getattr(register, name)


def test_the_website_writes_what_other_chapters_leave() -> None:
    standing = {"jtysj": 11, "sxz": 1, COUNTY_CODE: 2}
    texts = website.plan(website.shares(standing))
    assert len({(text.organ, text.title) for text in texts}) == len(texts), "one address, one text"
    made = Counter(text.organ for text in texts) + Counter(standing)
    departments, towns = (
        Counter({each.code for each in group}) for group in (DEPARTMENTS, TOWNSHIPS)
    )
    assert made[COUNTY_CODE] + made[OFFICE_CODE] == website.TARGETS[Level.OWN] == 1920
    assert sum(made[code] for code in departments) == website.TARGETS[Level.DEPARTMENTS] == 3676
    assert sum(made[code] for code in towns) == website.TARGETS[Level.TOWNSHIPS] == 964
    assert made.total() == 6560
