from datetime import date

from django.db.models import Model

from providers.directory import merging

NEW, UPDATED, UNCHANGED = "new", "updated", "unchanged"


class Shelf:
    """The rows one batch is about: those known already and those not yet, read with one query and saved with two."""

    def __init__(self, model: type[Model], key: str, ids: set[str], *, as_at: date | None, source: str):
        self.model, self.key, self.as_at, self.source = model, key, as_at, source
        self.rows = {getattr(row, key): row for row in model.objects.filter(**{f"{key}__in": ids})}
        self._new: dict[str, Model] = {}
        self._touched: dict[str, Model] = {}

    def put(self, id: str, facts: dict, *, first_wins: bool = False) -> str:
        """Lay facts over a row. Returns "new", "updated" or "unchanged"."""
        is_new = id not in self.rows
        row = self.rows.setdefault(id, self.model(**{self.key: id}))
        dated = row.as_at, row.source
        changed = merging.lay_over(row, facts, as_at=self.as_at, source=self.source, first_wins=first_wins)
        if is_new:
            self._new[id] = row
        elif id not in self._new and (changed or dated != (row.as_at, row.source)):
            self._touched[id] = row
        return NEW if is_new else UPDATED if changed else UNCHANGED

    def save(self) -> None:
        self.model.objects.bulk_create(self._new.values())
        names = [field.name for field in self.model._meta.concrete_fields if not field.primary_key]
        if self._touched:
            self.model.objects.bulk_create(
                self._touched.values(), update_conflicts=True, unique_fields=["id"], update_fields=names
            )
