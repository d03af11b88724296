"""A list that can be filtered, sorted, linked to and downloaded."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpResponse
from django.views.generic import ListView

from brokerage.design.doors import Door


@dataclass(frozen=True)
class Column:
    """A heading of the table. `sort` is what the rows are ordered by when somebody chooses it."""

    key: str
    label: str
    sort: str | tuple[str, ...] = ()
    numeric: bool = False

    @property
    def order(self) -> tuple[str, ...]:
        return (self.sort,) if isinstance(self.sort, str) else tuple(self.sort)


class ListPage(Door, ListView, abstract=True):
    template_name = "layouts/list.html"
    context_object_name = "rows"
    paginate_by = 25
    heading = ""
    caption = ""
    columns: tuple[Column, ...] = ()
    filter_class = None
    download_name = ""
    empty = "Nothing to show"
    empty_next: tuple[str, str] | None = None  # words and address of what to do first

    def get_rows(self):
        """Everything this person may see."""
        return super().get_queryset()

    def get_queryset(self):
        rows = self.get_rows()
        if self.filter_form is not None and self.filter_form.is_valid():
            rows = self.narrow(rows, self.filter_form.cleaned_data)
        return self._sorted(rows)

    def narrow(self, rows, answers: dict):
        return rows

    def cells(self, row) -> Iterable:
        """The row's values in the order of `columns`, as the download writes them."""
        raise NotImplementedError

    def get(self, request, *args, **kwargs):
        self.filter_form = self.filter_class(request.GET or None) if self.filter_class else None
        if self.download_name and request.GET.get("download") == "csv":
            return self.download()
        return super().get(request, *args, **kwargs)

    def download(self):
        answer = HttpResponse(content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="{self.download_name}.csv"'
        answer.write("\ufeff")  # so that Excel reads it as UTF-8
        sheet = csv.writer(answer)
        sheet.writerow([column.label for column in self.columns])
        sheet.writerows([harmless(cell) for cell in self.cells(row)] for row in self.get_queryset())
        return answer

    def _sorted(self, rows):
        chosen = self.request.GET.get("sort", "")
        for column in self.columns:
            if column.sort and column.key == chosen.removeprefix("-"):
                order = [_turned(name) if chosen.startswith("-") else name for name in column.order]
                return rows.order_by(*order, "pk")
        return rows

    def get_context_data(self, **kwargs):
        page = super().get_context_data(**kwargs)
        return page | {
            "page_numbers": page["paginator"].get_elided_page_range(page["page_obj"].number, on_each_side=1, on_ends=1),
            "heading": self.heading,
            "caption": self.caption,
            "columns": self.columns,
            "filter_form": self.filter_form,
            "filtered": any(value for key, value in self.request.GET.items() if key not in ("page", "sort")),
            "sort": self.request.GET.get("sort", ""),
            "empty": self.empty,
            "empty_next": self.empty_next,
            "download_name": self.download_name,
        }


def _turned(name: str) -> str:
    return name[1:] if name.startswith("-") else f"-{name}"


FORMULAS = tuple("=+-@\t\r\n＝＋－＠")  # a spreadsheet takes the wide ones of East Asian keyboards for the others


def harmless(cell) -> str:
    """A spreadsheet runs a cell that starts like a formula; a quote before it makes it words again."""
    words = "" if cell is None else str(cell)
    return f"'{words}" if _starts_a_formula(words) and not _is_number(words) else words


def _starts_a_formula(words: str) -> bool:
    return words.startswith(FORMULAS) or words.lstrip().startswith(FORMULAS)


def _is_number(words: str) -> bool:
    return words[0] == "-" and words.isascii() and words[1:].replace(".", "", 1).isdigit()
