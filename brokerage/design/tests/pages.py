"""A few small pages, drawn with everything the layouts offer, for the tests to open."""

from datetime import timedelta
from types import SimpleNamespace

from django import forms
from django.urls import include, path, reverse_lazy
from django.views.generic import TemplateView

from brokerage.accounts.models import Role, User
from brokerage.clocks import clock
from brokerage.design.forms import (
    Choice,
    DateInputField,
    Field,
    Fieldset,
    GovukForm,
    MoneyField,
    Size,
    TimeField,
)
from brokerage.design.lists import Column
from brokerage.design.navigation import Item
from brokerage.design.views import ActionView, ButtonView, Door, ListPage
from brokerage.errors import NotAllowed, Refused


class RenameForm(GovukForm):
    submit_text = "Change the name"

    full_name = forms.CharField(max_length=40)
    because = forms.CharField(label="Why?", widget=forms.Textarea, required=False)

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_full_name(self):
        if self.cleaned_data["full_name"] == self.person.full_name:
            raise forms.ValidationError("Enter a name other than the one they have")
        return self.cleaned_data["full_name"]


def reason_not_to_rename(person, user):
    return "An administrator’s name is changed by another administrator." if person == user else None


class Rename(ActionView):
    may = frozenset({Role.ADMINISTRATOR, Role.TEAM_MANAGER})
    deed = "change a name"
    heading = "Change a name"
    done = "Name changed"
    form_class = RenameForm
    goes_to = reverse_lazy("people")
    reason_not_to = reason_not_to_rename
    back = "/people/"

    def get_queryset(self):
        return User.objects.exclude(full_name="Hidden")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"person": self.subject}

    def act(self, answers):
        if reason := reason_not_to_rename(self.subject, self.request.user):
            raise NotAllowed(reason)
        person = self.subject
        person.full_name = answers["full_name"]
        person.job_title = f"{person.job_title}+"  # counts how often this was done
        person.version += 1
        person.save()
        if answers["because"] == "refuse me":
            raise Refused("This name is on a signed agreement, so it cannot be changed.")


class Mark(ButtonView):
    may = frozenset({Role.ADMINISTRATOR})
    deed = "mark somebody"
    done = "Marked"
    goes_to = reverse_lazy("people")

    def get_queryset(self):
        return User.objects.all()

    def act(self, answers):
        if self.subject.job_title == "cannot be marked":
            raise Refused("Somebody marked this person before you.")
        self.subject.job_title += "+"
        self.subject.save()


class FilterForm(GovukForm):
    submit_text = "Filter"

    name = forms.CharField(required=False)
    priority = forms.ChoiceField(required=False, choices=[("", "All"), ("urgent", "Urgent"), ("routine", "Routine")])


class People(ListPage):
    may = "anyone signed in"
    model = User
    heading = "People"
    template_name = "design/tests/people.html"
    columns = (
        Column("name", "Name", sort="full_name"),
        Column("email", "E-mail", sort="email"),
        Column("n", "Number", numeric=True),
    )
    filter_class = FilterForm
    download_name = "people"
    empty = "Nobody has an account yet"
    empty_next = ("Invite somebody", "/accounts/invite/")

    def narrow(self, rows, answers):
        return rows.filter(full_name__icontains=answers["name"])

    def cells(self, row):
        return [row.full_name, row.email, row.pk]


class EverythingForm(GovukForm):
    submit_text = "Save and continue"

    name = forms.CharField(label="Name of the person", max_length=20)
    email = forms.EmailField(label="Email address", help_text="Where we send the answer")
    nhs = forms.CharField(label="NHS number", required=True)
    decision = forms.ChoiceField(
        label="What did panel decide?",
        widget=forms.RadioSelect,
        choices=[
            Choice("approve", "Approve", hint="The broker can agree a start", divider="or"),
            Choice("defer", "Defer"),
        ],
    )
    needs = forms.MultipleChoiceField(
        label="Needs", widget=forms.CheckboxSelectMultiple, choices=[("dementia", "Dementia"), ("moving", "Moving")]
    )
    area = forms.ChoiceField(label="Area", choices=[("", "Choose one"), ("north", "North")])
    start = DateInputField(label="Start date", help_text="For example, 27 3 2027")
    rate = MoneyField(label="Weekly rate", help_text="What the council would pay")
    at = TimeField(label="Time of the first visit")
    people = forms.IntegerField(label="Carers", min_value=1)
    paper = forms.FileField(label="Care plan (PDF)")
    because = forms.CharField(label="Reasons", widget=forms.Textarea)
    sure = forms.BooleanField(label="I have read the sheet")

    def layout(self):
        return [
            Fieldset("name", "email", "nhs", legend="About the person", legend_size=Size.MEDIUM),
            Field.radios("decision", legend_size=Size.MEDIUM),
            Field.checkboxes("needs", small=True),
            "area",
            "start",
            "rate",
            "at",
            Field.text("people", field_width=3),
            "paper",
            Field.textarea("because", rows=3, max_characters=200),
            "sure",
        ]


class Everything(ActionView):
    may = "anyone signed in"
    heading = "A form with every kind of question"
    caption = "R000012"
    form_class = EverythingForm
    goes_to = reverse_lazy("people")
    back = "/people/"

    def act(self, answers):
        pass


class PublicForm(Everything):
    may = "public"
    heading = "Reply to enquiry E000012"
    template_name = "design/tests/reply.html"
    back = ""

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"week": WEEK}


class Tokened(ActionView):
    may = "public"
    heading = "By link"
    template_name = "layouts/public_form.html"

    class form_class(GovukForm):
        name = forms.CharField()

    def get_success_url(self):
        return f"/by-link/{self.kwargs['token']}/done/"

    def act(self, answers):
        pass


EVERY_DAY = ["45 min, 2 carers"] * 7
WEEK = [
    {"label": "07:30", "cells": EVERY_DAY},
    {"label": "12:30", "cells": ["30 min"] * 5 + ["", ""]},
    {"label": "Night", "cells": ["", "", "Sleep-in", "", "", "", ""]},
]


class Case(Door, TemplateView):
    may = "anyone signed in"
    template_name = "design/tests/case.html"

    def get_context_data(self, **kwargs):
        now = clock.now()
        return super().get_context_data(**kwargs) | {
            "heading": "Winter, W",
            "due": SimpleNamespace(due_at=now + timedelta(minutes=40), stopped_at=None),
            "late": now - timedelta(hours=2, minutes=10),
            "facts": [("Service", "Home care"), ("Area", "Chesterfield"), ("Broker", "Tom Birch")],
            "week": WEEK,
            "events": [
                SimpleNamespace(
                    said="Enquiry E000012 sent to 14 providers", at=now - timedelta(hours=1), who="Tom Birch"
                ),
                SimpleNamespace(
                    said="Letter sent",
                    at=now - timedelta(days=1),
                    who="",
                    because="The provider asked",
                    body="Dear manager",
                ),
            ],
            "links": [
                {"label": "Overview", "href": "/case/"},
                {"label": "Offers", "href": "/people/", "count": 3},
                {"label": "History", "href": "/form/"},
            ],
        }


NAVIGATION = [
    Item("People", "people"),
    Item("Cases", "case", frozenset({Role.BROKER, Role.ADMINISTRATOR})),
    Item("Panel", "form", frozenset({Role.PANEL_CHAIR})),
]

urlpatterns = [
    path("", include("brokerage.design.urls")),
    path("accounts/", include("allauth.urls")),
    path("people/", People.as_view(), name="people"),
    path("people/<int:pk>/rename/", Rename.as_view(), name="rename"),
    path("people/<int:pk>/mark/", Mark.as_view(), name="mark"),
    path("form/", Everything.as_view(), name="form"),
    path("case/", Case.as_view(), name="case"),
    path("reply/", PublicForm.as_view(), name="reply"),
    path("by-link/<str:token>/", Tokened.as_view(), name="by-link"),
]
