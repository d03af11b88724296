"""The sequence of requests to be rung, where the others were made before it."""

from django.db import migrations

from brokerage import numbers


class Migration(migrations.Migration):
    dependencies = [("council", "0002_who_changed_it")]

    operations = [migrations.RunSQL(numbers.SQL, migrations.RunSQL.noop)]
