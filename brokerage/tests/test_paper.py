import asyncio
import io
import random
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pypdf
import pytest
from django.core.management import CommandError, call_command

from brokerage.paper.certificates import make_pair
from brokerage.paper.sealing import Verdict, seal, verify
from brokerage.paper.typesetting import typeset

TEMPLATE = """
#import "layout.typ": *
#show: paper.with(title: says.title, council: "Exampleshire", dated: "2026-11-03", foot: "E000012")
#title()
= What was agreed
#facts((("Person", says.name), ("Weekly", "£412.50")))
"""
ENCLOSING = (
    TEMPLATE
    + '#pdf.attach("inside.pdf", read("inside.pdf", encoding: none), mime-type: "application/pdf", description: "What was signed")'
)
NO_SEAL = Verdict(intact=False, whole=False, ours=False, signer="")


@pytest.fixture
def template(settings, tmp_path):
    settings.BASE_DIR = tmp_path
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "agreed.typ").write_text(TEMPLATE)
    (tmp_path / "templates" / "enclosing.typ").write_text(ENCLOSING)


@pytest.fixture(scope="session")
def pair(tmp_path_factory):
    folder = tmp_path_factory.mktemp("seal")
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    make_pair(key, certificate, council="Exampleshire Council", at=datetime.now(UTC))
    return key, certificate


@pytest.fixture
def a_seal(settings, pair):
    settings.SEAL_KEY, settings.SEAL_CERTIFICATE = map(str, pair)


def agreed(name="Winifred Okafor"):
    return typeset("agreed.typ", {"title": "Agreement", "name": name})


def words(pdf):
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def test_what_is_said_can_be_read_and_searched(template):
    assert "Winifred Okafor" in words(agreed())
    assert "£412.50" in words(agreed())


def test_every_paper_is_tagged_for_a_screen_reader_and_says_so(template):
    root = pypdf.PdfReader(io.BytesIO(agreed())).trailer["/Root"]

    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    metadata = root["/Metadata"].get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert "<pdfaid:part>3</pdfaid:part>" in metadata


def test_the_same_words_are_the_same_bytes(template):
    assert agreed() == agreed()


@pytest.mark.parametrize("name", ['#panic("x")', "$x^2$ *b* _i_ `r` <l> @r", "\\ \" ' {}", "= Heading", "#include"])
def test_what_people_write_is_never_run(template, name):
    assert name in words(agreed(name))


def test_letters_of_many_languages_are_shown(template):
    assert "Zoë Łukasz Gŵyneth Ağaoğlu Ελένη Олена" in words(agreed("Zoë Łukasz Gŵyneth Ağaoğlu Ελένη Олена"))


def test_a_letter_without_a_typeface_leaves_a_box_and_does_not_stop_the_paper(template):
    assert "Mei □□ and □□□□" in words(agreed("Mei 小龙 and 😀👨\u200d👩\u200d👧\u0007"))


def test_a_file_can_be_carried_inside_unchanged(template):
    inside = agreed()

    pdf = typeset("enclosing.typ", {"title": "Evidence", "name": "-"}, enclosing={"inside.pdf": inside})

    assert pypdf.PdfReader(io.BytesIO(pdf)).attachments["inside.pdf"] == [inside]


def test_a_seal_is_good_and_names_the_council(template, a_seal):
    verdict = verify(seal(agreed()))

    assert verdict.good
    assert verdict.signer == "Exampleshire Council agreements seal"


def test_a_paper_can_be_sealed_and_verified_where_an_event_loop_runs(template, a_seal):
    pdf = agreed()

    async def work():
        return verify(seal(pdf)).good

    with ThreadPoolExecutor() as thread:
        assert thread.submit(lambda: asyncio.run(work())).result()


def test_sealing_leaves_what_was_sealed_as_it_was(template, a_seal):
    pdf = agreed()

    assert seal(pdf).startswith(pdf)


def test_a_paper_without_a_seal_is_not_sealed(template, a_seal):
    assert verify(agreed()) == NO_SEAL
    assert verify(b"not a paper at all") == NO_SEAL


def test_a_changed_byte_breaks_the_seal(template, a_seal):
    pdf = agreed()
    sealed = seal(pdf)
    chance = random.Random(31)

    for place in chance.sample(range(len(pdf)), 60):
        changed = bytearray(sealed)
        changed[place] ^= 1 << chance.randrange(8)
        assert not verify(bytes(changed)).good, f"byte {place}"


@pytest.mark.filterwarnings("ignore")
def test_something_added_afterwards_breaks_the_seal(template, a_seal):
    assert not verify(seal(agreed()) + b"\n% and one more thing").whole


def test_something_hidden_where_the_signature_stands_breaks_the_seal(template, a_seal):
    sealed = bytearray(seal(agreed()))
    place = sealed.index(b"0" * 200)
    sealed[place + 100] = ord("1")

    assert not verify(bytes(sealed)).whole


def test_somebody_elses_seal_is_not_ours(template, a_seal, settings, tmp_path):
    sealed = seal(agreed())
    make_pair(tmp_path / "k.pem", tmp_path / "c.pem", council="Another Council", at=datetime.now(UTC))
    settings.SEAL_CERTIFICATE = str(tmp_path / "c.pem")

    assert not verify(sealed).good


def test_without_a_key_the_refusal_says_what_to_do(template, settings, tmp_path):
    settings.SEAL_KEY = settings.SEAL_CERTIFICATE = str(tmp_path / "none.pem")

    with pytest.raises(FileNotFoundError, match="make_seal"):
        seal(agreed())


def test_the_key_is_for_its_owner_alone(pair):
    assert pair[0].stat().st_mode & 0o077 == 0


def test_a_seal_is_made_where_there_is_none_and_left_where_there_is(db, settings, tmp_path):
    settings.SEAL_KEY, settings.SEAL_CERTIFICATE = str(tmp_path / "new" / "key.pem"), str(tmp_path / "new" / "cert.pem")

    call_command("make_seal", stdout=io.StringIO())
    made = Path(settings.SEAL_KEY).read_bytes()
    call_command("make_seal", stdout=io.StringIO())

    assert Path(settings.SEAL_KEY).read_bytes() == made


def test_a_key_whose_certificate_was_lost_is_not_overwritten(db, settings, tmp_path):
    settings.SEAL_KEY, settings.SEAL_CERTIFICATE = str(tmp_path / "key.pem"), str(tmp_path / "cert.pem")
    Path(settings.SEAL_KEY).write_text("the only copy")

    with pytest.raises(CommandError, match="Put it back"):
        call_command("make_seal")
    assert Path(settings.SEAL_KEY).read_text() == "the only copy"
