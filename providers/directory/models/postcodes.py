from django.db import models

from providers.directory.places import Place


class CodeField(models.CharField):
    """A postcode in the order of its bytes, so that one index serves the whole code and its area alike."""

    def db_type(self, connection):
        return f'character varying({self.max_length}) COLLATE "C"'


class PostcodeQuerySet(models.QuerySet):
    def in_area(self, outward):
        """Every postcode of 'EX4': the space keeps 'EX42' out."""
        return self.filter(code__gte=f"{outward} ", code__lt=f"{outward}!")


class Postcode(models.Model):
    """Where one postcode is, as Ordnance Survey's Code-Point Open says."""

    code = CodeField(max_length=8, primary_key=True)
    easting = models.IntegerField()
    northing = models.IntegerField()

    objects = PostcodeQuerySet.as_manager()

    def __str__(self):
        return self.code

    @property
    def outward(self):
        return self.code.split()[0]

    @property
    def point(self):
        return Place(self.easting, self.northing)
