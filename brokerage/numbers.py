"""Numbers people read out over the phone: R000012 a referral, E an enquiry, P a placement, C an agreement, Q a request to be rung."""

from django.db import connection

SEQUENCES = {"R": "number_r", "E": "number_e", "P": "number_p", "C": "number_c", "Q": "number_q"}
SQL = "\n".join(f"CREATE SEQUENCE IF NOT EXISTS {name};" for name in SEQUENCES.values())
REVERSE_SQL = "\n".join(f"DROP SEQUENCE IF EXISTS {name};" for name in SEQUENCES.values())


def next_number(letter: str) -> str:
    """The next of its kind, at least six digits. A number that is not used leaves a gap, never a double."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(%s)", [SEQUENCES[letter]])
        return f"{letter}{cursor.fetchone()[0]:06d}"
