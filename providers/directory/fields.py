from django.db import models
from django.db.models import Func, Lookup, Value

from providers.directory.places import Place


class PointField(models.Field):
    """PostgreSQL's own `point`, so that the nearest rows can be read straight from a GiST index."""

    description = "A place on the national grid, in metres"

    def db_type(self, connection):
        return "point"

    def get_placeholder(self, value, compiler, connection):
        return "%s::point"

    def from_db_value(self, value, expression, connection):
        return None if value is None else Place(*map(float, value.strip("()").split(",")))

    def get_prep_value(self, value):
        return None if value is None else f"({float(value[0])!r},{float(value[1])!r})"


class Metres(Func):
    """How far a point is from a place. Ordered by this, a GiST index is walked from the nearest outwards."""

    template = "%(expressions)s"
    arg_joiner = " <-> "
    output_field = models.FloatField()

    def __init__(self, point, place):
        super().__init__(point, Value(Place(*place), output_field=PointField()))


@PointField.register_lookup
class Within(Lookup):
    """`point__within=(place, metres)`: a circle the index looks inside, so that no search walks the country."""

    lookup_name = "within"

    def get_prep_lookup(self):
        (easting, northing), radius = self.rhs
        return f"<({float(easting)!r},{float(northing)!r}),{float(radius)!r}>"

    def get_db_prep_lookup(self, value, connection):
        return "%s::circle", [value]

    def as_sql(self, compiler, connection):
        point, params = self.process_lhs(compiler, connection)
        circle, circle_params = self.get_db_prep_lookup(self.rhs, connection)
        return f"{point} <@ {circle}", [*params, *circle_params]
