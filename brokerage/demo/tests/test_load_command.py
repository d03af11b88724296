from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from brokerage.accounts.models import User
from brokerage.demo import council

pytestmark = pytest.mark.django_db


def test_nothing_is_loaded_outside_a_demonstration(settings):
    settings.DEMONSTRATION = False

    with pytest.raises(CommandError, match="not a demonstration"):
        call_command("load_demo", stdout=StringIO())

    assert not User.objects.exists()


def test_the_accounts_are_printed_with_their_roles(settings):
    settings.DEMONSTRATION = True
    council.set_up()
    said = StringIO()

    call_command("load_demo", accounts=True, stdout=said)

    assert "broker@marlshire.example" in said.getvalue()
    assert "Panel chair" in said.getvalue()
    assert settings.DEMONSTRATION_PASSWORD in said.getvalue()
