"""Gives services their place: from their postcode where we know it, else from latitude and longitude."""

from django.db import connection, transaction

from providers.directory import sql
from providers.directory.models import Service
from providers.directory.registers import Place84


@transaction.atomic
def place_by_postcode() -> int:
    """Put every service where its postcode is. Returns how many moved."""
    with connection.cursor() as cursor:
        cursor.execute(sql.PLACE_BY_POSTCODE)
        return cursor.rowcount


@transaction.atomic
def place_by_survey(known: dict[str, Place84]) -> int:
    """Place those, by location id, that still have no place once postcodes have been looked up."""
    without = list(Service.objects.filter(location_id__in=known, easting=None).only("pk", "location_id"))
    if not without:
        return 0
    places = [known[service.location_id] for service in without]
    for service, easting, northing in zip(without, *_on_the_grid(places), strict=True):
        service.point = (easting, northing)
    return Service.objects.bulk_update(without, ["easting", "northing"], batch_size=1000)


def _on_the_grid(places):
    from pyproj import Transformer  # large, and wanted only here

    to_grid = Transformer.from_crs("EPSG:4326", "EPSG:27700")
    return to_grid.transform([place.latitude for place in places], [place.longitude for place in places])
