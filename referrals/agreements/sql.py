"""What the database itself holds to. Django puts this into the migrations from the models."""

STAYS = (
    "referral_id",
    "kind",
    "weekly_cost",
    "provider_name",
    "reply_id_then",
    "conditions",
    "decided_at",
    "decided_by_id",
    "decided_because",
    "proposer_id_then",
    "broker_id_then",
    "referrer_id_then",
)


def _row(which: str) -> str:
    return f"ROW({', '.join(f'{which}.{column}' for column in STAYS)})"


DECIDED_AND_CHANGED = f"OLD.decided_at IS NOT NULL AND {_row('OLD')} IS DISTINCT FROM {_row('NEW')}"
