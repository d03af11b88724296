from copy import deepcopy
from pathlib import Path

import pytest

from brokerage.accounts.models import Role, User
from brokerage.tests.factories import UserFactory


@pytest.fixture(autouse=True)
def test_pages(settings):
    """The pages of pages.py, with templates of their own."""
    settings.ROOT_URLCONF = "brokerage.design.tests.pages"
    settings.NAVIGATION = "brokerage.design.tests.pages.NAVIGATION"
    settings.LOGIN_REDIRECT_URL = "people"
    settings.TEMPLATES = deepcopy(settings.TEMPLATES)
    settings.TEMPLATES[0]["DIRS"].append(Path(__file__).parent / "templates")


@pytest.fixture
def administrator(db) -> User:
    return UserFactory(full_name="Sue Adeyemi", roles=[Role.ADMINISTRATOR])


@pytest.fixture
def person(db) -> User:
    return UserFactory(full_name="Tom Birch", email="tom.birch@council.example")
