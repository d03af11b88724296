"""A number for exactly what was said, by which provider and council can tell that they speak of the same words.

It is made with the key of the links: nobody who reads the number can try out prices until one fits.
"""

import json

from brokerage.links import links


def number_of(invitation, answer, *, version, made_at) -> str:
    """'4F2A-9C31-77B0'"""
    said = json.dumps(answer.to_data(), sort_keys=True, ensure_ascii=False)
    digits = links.derive("receipt", invitation.link_key, str(version), made_at.isoformat(), said).hex()[:12].upper()
    return f"{digits[:4]}-{digits[4:8]}-{digits[8:]}"
