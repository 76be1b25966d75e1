"""Seals: the test seal signs and tells, its do-nothing twin leaves the file alone."""

import pytest

from gongkai.adapters import letter_pdf
from gongkai.adapters.letter_text import LetterParagraph, LetterText, PartRole
from gongkai.adapters.seal import NoSeal, SealUnknown, TestSeal, seal
from gongkai.adapters.tests.test_letter_pdf import DAY


@pytest.fixture(scope="module")
def pdf():
    text = LetterText((LetterParagraph(PartRole.TITLE, "某局告知书"),))
    return letter_pdf.render(text, title="告知书", author="某局", day=DAY, stamp="某局")


def test_the_twin_does_nothing(pdf):
    twin = NoSeal()
    assert twin.sign(pdf, organ="某局", reason="答复") == pdf
    assert twin.verify(pdf) is None
    assert twin.drawn_name("某局") == ""


def test_a_signed_file_tells_its_signer_and_any_change(pdf, tmp_path):
    stamper = TestSeal(tmp_path / "seal")
    signed = stamper.sign(pdf, organ="靖安县水利局", reason="答复书")
    assert signed.startswith(pdf)
    report = stamper.verify(signed)
    assert (report.signer, report.intact) == ("靖安县水利局（测试章）", True)
    assert stamper.verify(pdf) is None
    place = signed.index(b"/Title")
    changed = signed[:place] + b"/Tible" + signed[place + 6 :]
    assert not stamper.verify(changed).intact
    assert not stamper.verify(b"%PDF-1.7 broken").intact
    assert (tmp_path / "seal" / "seal.p12").stat().st_mode & 0o777 == 0o600


def test_a_seal_of_another_office_is_not_ours(pdf, tmp_path):
    signed = TestSeal(tmp_path / "one").sign(pdf, organ="某局", reason="答复书")
    assert not TestSeal(tmp_path / "two").verify(signed).intact


def test_the_settings_choose(settings, tmp_path):
    settings.GONGKAI_LETTER_DIR = tmp_path
    settings.GONGKAI_SEAL = "none"
    assert isinstance(seal(), NoSeal)
    settings.GONGKAI_SEAL = "test"
    assert isinstance(seal(), TestSeal)
    settings.GONGKAI_SEAL = "gold"
    with pytest.raises(SealUnknown, match="GONGKAI_SEAL"):
        seal()
