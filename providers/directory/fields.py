from django.db import models

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
