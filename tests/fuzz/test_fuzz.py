"""Some hostile inputs for every reader; `make fuzz` tries 100,000 of each."""

import os
import signal
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.changes import Change, Kind
from tests.fuzz.readers import READERS
from tests.fuzz.running import drawn_input, made, run
from tests.fuzz.shapes import mutated

_LANDING = os.environ.get("GONGKAI_EXAMPLES") == "landing"
# What one input costs differs a hundredfold: the dear ones are tried less often here.
_DEAR = frozenset({"report-pdf", "redaction", "contents", "word", "template", "report-check"})
_MIDDLING = frozenset({"crawled-page", "report-html", "sheet-catalogue", "report-docx", "old-page"})
_WORD = st.integers(0, 2**32 - 1)
_CHANGES = st.lists(
    st.builds(
        Change,
        kind=st.sampled_from(Kind),
        # None of those that swell: their turn comes in `make fuzz`.
        place=st.integers(0, 2**16 - 1).filter(lambda place: place % 50 != 0),
        at=_WORD,
        length=st.integers(1, 100),
        value=_WORD,
        outer=st.booleans(),
    ),
    min_size=1,
    max_size=4,
)


def _inputs(name: str) -> int:
    usual = 5 if name in _DEAR else 30 if name in _MIDDLING else 100
    return max(2, usual // 7) if _LANDING else usual


@pytest.mark.parametrize("name", READERS)
def test_a_reader_reads_or_refuses_in_chinese(name):
    reader = READERS[name]
    samples = reader.samples()
    for number in range(_inputs(name)):
        sample, changes = drawn_input(reader, samples, number)
        # Those that swell have their turn in `make fuzz`.
        usual = [each for each in changes if not each.swells]
        before = time.process_time()
        reader.read(sample, mutated(sample, usual, samples, reader.words))
        assert time.process_time() - before < reader.seconds, number


@pytest.mark.parametrize("name", sorted(set(READERS) - _DEAR))
def test_what_hypothesis_makes_of_a_file(name):
    reader = READERS[name]
    samples = list(dict.fromkeys(reader.samples()))

    @settings(
        max_examples=3 if _LANDING else 8,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(sample=st.sampled_from(samples), changes=_CHANGES)
    def tried(sample, changes):
        reader.read(sample, mutated(sample, changes, samples, reader.words))

    tried()


@pytest.mark.parametrize("name", READERS)
def test_a_sound_file_is_read(name):
    reader = READERS[name]
    cheap = min(reader.samples(), key=lambda sample: len(sample.data))
    known = ("mail", "paste")  # their smallest samples are what they must tell of
    assert name in known or reader.read(cheap, cheap.data)


def test_the_run_counts_and_keeps_what_failed(tmp_path, monkeypatch):
    from dataclasses import replace

    from tests.fuzz import running

    monkeypatch.setattr(running, "FOLDER", tmp_path)

    def read(sample, data):
        match len(data) % 4:
            case 0:
                raise KeyError("x")
            case 1:
                os.kill(os.getpid(), signal.SIGKILL)
        return len(data) % 4 == 2

    reader = replace(READERS["ofd"], read=read)
    outcome = run(reader, 0, 40, 2, time.monotonic() + 60)
    sizes = [len(made(reader, reader.samples(), n)[1]) % 4 for n in range(40)]
    assert outcome.inputs == 40
    assert (outcome.read, outcome.refused) == (sizes.count(2), sizes.count(3))
    assert len(outcome.faults) == sizes.count(0) + sizes.count(1) > 0
    assert any("SIGKILL" in told for told in outcome.faults)
    assert len(list(tmp_path.glob("ofd-*.ofd"))) == len(outcome.faults)
