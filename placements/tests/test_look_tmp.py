import pytest
from placements.tests.contract_factories import ContractFactory
from placements.contracts.models import *
pytest_plugins=[]
@pytest.mark.parametrize("n",[False,True])
def test_look(db, n):
    c = ContractFactory(signed=True, placement__nursing=n)
    for o in c.originals.all():
        __import__("pathlib").Path(f"/tmp/exp/look-{n}-{o.kind}.pdf").write_bytes(bytes(o.pdf))
    from brokerage.notify.models import Message
    for m in Message.objects.all(): print(m.audience, m.address, "|", m.subject, "|", m.body)
