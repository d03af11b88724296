"""Thousands of cases made inside PostgreSQL: copies of one, with what tells them apart worked out from their number `n`."""

from django.db import connection

from referrals.models import Person, Referral, WorkItem
from referrals.tests.factories import ReferralFactory

LAST_NAMES = (
    "ARRAY['Okafor', 'Ellery', 'Penrose', 'Vaughan', 'Tregear', 'Hosking', 'Nance', 'Rundle', 'Oates', 'Chegwin']"
)


def cases(how_many: int, *, are_open: int, teams, owners) -> None:
    """Of the teams and owners in turn; the first `are_open` of them are open. Nothing of it is audited."""
    with connection.cursor() as cursor:
        for model in (Person, Referral):
            cursor.execute(f"ALTER TABLE {model._meta.db_table} DISABLE TRIGGER USER")
    one = ReferralFactory(received=True)
    first = 1_000_000
    letters = "chr(97 + n % 26) || chr(97 + n / 26 % 26) || chr(97 + n / 676 % 26)"
    team = f"(ARRAY[{', '.join(str(each.pk) for each in teams)}])[n % {len(teams)} + 1]"
    owner = f"(ARRAY[{', '.join(str(each.pk) for each in owners)}])[n % {len(owners)} + 1]"
    is_open = f"n <= {are_open}"
    _copy(
        Person, one.person_id, how_many,
        id=f"{first} + n", first_names=f"'Winifred ' || {letters}", record_id="'M' || 500000 + n",
        last_name=f"({LAST_NAMES})[n % 10 + 1] || {letters}", postcode="'PL' || n % 40 || ' 8AA'",
        born_on="date '1930-01-01' + n % 20000",
    )  # fmt: skip
    _copy(
        Referral, one.pk, how_many,
        id=f"{first} + n", person_id=f"{first} + n", reference="'R' || 8000000 + n", team_id=team,
        stage=f"CASE WHEN {is_open} THEN 'received' ELSE 'withdrawn' END",
    )  # fmt: skip
    _copy(
        WorkItem, one.work.pk, how_many,
        referral_id=f"{first} + n", reference="'R' || 8000000 + n", team_id=team, is_open=is_open,
        initials="'W' || chr(65 + n % 26)", service="'Service ' || n % 12", area="'PL' || n % 40",
        owner_id=f"CASE WHEN n % 4 > 0 THEN {owner} END",
        priority="CASE WHEN n % 300 = 0 THEN 'emergency' WHEN n % 30 = 0 THEN 'urgent' ELSE 'routine' END",
        waits_on="CASE WHEN n % 5 = 0 THEN 'panel' ELSE 'brokerage' END", awaits_signature="n % 40 = 0",
        escalated_stage="CASE WHEN n % 50 = 0 THEN 'missed' ELSE '' END",
        due_at="CASE WHEN n % 7 > 0 THEN now() + (n % 9999 - 500) * interval '1 minute' END",
        received_at="now() - n * interval '1 minute'",
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE referrals_workitem, referrals_person, referrals_referral")


def _copy(model, pk, how_many, **facts):
    table = model._meta.db_table
    fields = [field for field in model._meta.concrete_fields if not field.generated]
    columns = [field.column for field in fields if not field.primary_key or "id" in facts]
    values = [facts.get(column, f'original."{column}"') for column in columns]
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({names}) SELECT {', '.join(values)} FROM {table} AS original,"
            f" generate_series(1, {how_many}) AS n WHERE original.id = %s ORDER BY n DESC".replace("%", "%%").replace(
                "%%s", "%s"
            ),
            [pk],
        )
