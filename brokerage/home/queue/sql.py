"""Statements asked so often that putting them together anew each time would cost more than asking them."""

# Each list is read in the order of an index as far as the limit: without an order, PostgreSQL would rather read the
# closed cases through. Restricted cases are counted for those they name.
_COUNTED = """
    (SELECT count(*) FROM (
        SELECT 1 FROM referrals_workitem
         WHERE is_open AND team_id = ANY(%(teams)s) AND {condition}
           AND (NOT is_restricted
                OR referral_id IN (SELECT referral_id FROM referrals_namedreader WHERE user_id = %(user)s))
         ORDER BY team_id, due_key, id
         LIMIT %(limit)s) AS counted) AS {tab}
"""


def count_of_each(conditions: dict[str, str]) -> str:
    """How many stand under each tab, all in one row."""
    counted = [_COUNTED.format(tab=tab, condition=condition) for tab, condition in conditions.items()]
    return f"SELECT {', '.join(counted)}"


# Somebody's teams; and who is away on a day, with who stands in.
TEAMS_AND_AWAY = """
    SELECT 'team' AS kind, team_id AS number, NULL::bigint AS deputy, NULL AS name, NULL::boolean AS is_here
      FROM accounts_membership WHERE user_id = %(user)s
     UNION ALL
    SELECT 'away', absence.who_id, absence.deputy_id, deputy.full_name, deputy.is_active
      FROM accounts_absence AS absence LEFT JOIN accounts_user AS deputy ON deputy.id = absence.deputy_id
     WHERE absence.from_on <= %(day)s AND absence.until_on >= %(day)s
       AND (absence.ended_at IS NULL OR absence.ended_at > %(now)s)
"""

# What stands around the list: services and brokers to filter by, and saved views, one's own and the teams'.
AROUND = """
    SELECT kind, words, number, more FROM (
        SELECT DISTINCT 'service' AS kind, name AS words, 0::bigint AS number, '' AS more FROM referrals_pathway
         UNION ALL
        SELECT 'broker', full_name, id, '' FROM accounts_user AS broker
         WHERE is_active AND roles && %(brokering)s::varchar[]
           AND EXISTS (SELECT 1 FROM accounts_membership
                        WHERE user_id = broker.id AND team_id = ANY(%(teams)s))
         UNION ALL
        SELECT 'view', name, id, query FROM home_savedview
         WHERE (owner_id = %(user)s AND team_id IS NULL) OR team_id = ANY(%(teams)s)
    ) AS around
     ORDER BY lower(words), number
"""
