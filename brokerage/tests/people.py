"""People, as fixtures: a test asks for a `broker` or a `chair` and gets one in the adults' team.

A pytest plugin, named in the root conftest.
"""

import pytest

from .factories import TeamFactory, UserFactory


@pytest.fixture
def team(db):
    return TeamFactory()


@pytest.fixture
def childrens_team(db):
    return TeamFactory(children=True)


def _somebody(name, full_name, **states):
    @pytest.fixture(name=name)
    def somebody(db):
        address = full_name.lower().replace(" ", ".").replace("’", "")
        return UserFactory(full_name=full_name, email=f"{address}@council.example", **states)

    return somebody


coordinator = _somebody("coordinator", "Amina Yusuf", coordinator=True)
broker = _somebody("broker", "Tom Birch", broker=True)
other_broker = _somebody("other_broker", "Priya Nair", broker=True)
duty_broker = _somebody("duty_broker", "Dele Akande", duty_broker=True, broker=True)
manager = _somebody("manager", "Ruth Calder", manager=True)
head = _somebody("head", "Gareth Pugh", head=True)
assistant_director = _somebody("assistant_director", "Helen Moss", assistant_director=True)
panel_member = _somebody("panel_member", "Joan Reid", panel_member=True)
chair = _somebody("chair", "Colin Marsh", chair=True)
other_chair = _somebody("other_chair", "Farah Khan", chair=True)
income_officer = _somebody("income_officer", "Lee Short", income_officer=True)
commissioner = _somebody("commissioner", "Nadia Brook", commissioner=True)
auditor = _somebody("auditor", "Owen Platt", auditor=True)
administrator = _somebody("administrator", "Sue Adeyemi", administrator=True)
leaver = _somebody("leaver", "Kit Marlow", broker=True, left=True)


@pytest.fixture
def stranger(db):
    """A broker of another team: somebody else's case is not theirs to see."""
    return UserFactory(full_name="Iris Vale", broker=True, teams=[TeamFactory(children=True)])
