"""Who is on record already and may be the same person, among a million: four narrow looks by index, then letter by letter."""

from django.db.models import F, Q, Value
from django.db.models.functions import Upper

from referrals.joining.likeness import Description, How, how_alike, number, slips_of
from referrals.people.models import Person

AT_MOST = 500  # rows one look may bring: born on one day, or one name in one street


def people_like(described: Description, *, but: int | None = None) -> dict[int, How]:
    """The ids of those who may be this person, and by what.

    Args:
        but: the id of the row that is this person's own.
    """
    found = {}
    for person in candidates(described):
        if person.pk != but and (how := how_alike(described, Description.of(person))):
            found[person.pk] = how
    return found


def candidates(described: Description):
    """Rows worth comparing. Each look is one index of `Person`, so its cost does not grow with how many there are."""
    seen = set()
    for look in looks(described):
        for person in look[:AT_MOST]:
            if person.pk not in seen:
                seen.add(person.pk)
                yield person


def looks(described: Description):
    people = Person.objects.only(*Description.__dataclass_fields__)
    if described.nhs_number:
        yield people.filter(nhs_number=described.nhs_number)
    if described.record_id:
        written = {described.record_id.upper(), number(described.record_id)}
        yield people.alias(_record=Upper("record_id")).filter(_record__in=written)
    if described.born_on and described.last_name:
        yield people.filter(born_on=described.born_on)
        named = [described.last_name.upper(), described.first_names.upper()]
        yield people.alias(_last=Upper("last_name")).filter(
            born_on__in=sorted(slips_of(described.born_on)), _last__in=named
        )
    if described.postcode and described.last_name:
        named = Q(_last=Value(described.last_name.upper())) | Q(_last=Value(described.first_names.upper()))
        yield people.alias(_last=Upper(F("last_name"))).filter(named, postcode=described.postcode)
