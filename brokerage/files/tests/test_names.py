import pytest

from brokerage.files import names


@pytest.mark.parametrize(
    ("came_as", "shown_as"),
    [
        ("Care plan.pdf", "Care plan.pdf"),
        ("Care plan.PDF", "Care plan.pdf"),
        ("care plan", "care plan.pdf"),
        ("plan v1.2 final", "plan v1.2 final.pdf"),
        ("photo.html", "photo.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\jo\\plan.pdf", "plan.pdf"),
        ("plan\0.pdf", "plan.pdf"),
        ("plan\u202efdp.exe", "planfdp.pdf"),
        ("plan\r\nSet-Cookie: a=b.pdf", "plan Set-Cookie- a=b.pdf"),
        ("a" * 300 + ".pdf", "a" * 96 + ".pdf"),
        ("CON.pdf", "file CON.pdf"),
        ("nul", "file nul.pdf"),
        ("  . .pdf", "file.pdf"),
        ("", "file.pdf"),
        ('plan "final" <1>.pdf', "plan -final- -1-.pdf"),
        ("Tŷ Gwyn – cynllun.pdf", "Tŷ Gwyn – cynllun.pdf"),
        (".htaccess", "htaccess.pdf"),
    ],
)
def test_a_name_is_made_harmless_and_ends_as_its_content_does(came_as, shown_as):
    assert names.clean(came_as, ending="pdf") == shown_as
