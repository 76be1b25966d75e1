"""The model of slips against a part of the frozen set: figures are printed, floors are held.

`python -m benchmarks.wording` measures the whole set. One slip in three, and their sentences, are
enough to notice that something broke.
"""

import sys

import pytest

from benchmarks.wording import Figures, county, judge, slips
from gongkai.adapters.charmodel import scorer
from gongkai.text.wording import Wording


@pytest.mark.long
def test_a_part_of_the_frozen_slips(capsys, tmp_path):
    numbers = {slip.number for slip in list(slips(""))[::3]}
    figures = Figures()
    judge(Wording(scorer=scorer(county(tmp_path))), "", numbers, figures)
    with capsys.disabled():
        sys.stdout.write(
            f"\nslips: recall {figures.recall:.3f}, precision {figures.precision:.3f}, "
            f"{figures.false_in_100:.1f} false alarms in 100 sentences\n"
        )
    assert figures.recall >= 0.5
    assert figures.precision >= 0.9
    assert figures.false_in_100 <= 6
