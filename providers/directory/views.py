"""Council staff look services up, and keep what we know of them right."""

from django.db.models import QuerySet
from django.utils import timezone
from django.views.generic import DetailView

from brokerage.audit.models import Event
from brokerage.clocks import clock
from brokerage.design.lists import Column, ListPage
from brokerage.design.views import ActionView, Door
from providers.directory import actions, forms, places, queries, rules
from providers.directory.models import ContactKind, Reading, Service, State


def _today():
    return timezone.localdate(clock.now())


class Services(ListPage):
    may = rules.MAY_READ
    deed = "look services up"
    heading = "Providers’ services"
    template_name = "providers/directory/services.html"
    filter_class = forms.FindServices
    columns = (
        Column("name", "Name", sort="name"),
        Column("kinds", "Kinds of care"),
        Column("area", "Area", sort=("local_authority", "postcode")),
        Column("rating", "Rating", sort="rating_overall"),
        Column("state", "Today", sort="state"),
        Column("miles", "Miles", numeric=True),
    )
    download_name = "services"
    empty = "No services here yet. They come from the regulator’s files: bin/manage import_cqc FILE."

    def get_rows(self) -> QuerySet[Service]:
        return queries.with_state(Service.objects.care(), _today()).order_by("name", "pk")

    def narrow(self, rows, answers):
        if answers["name"]:
            rows = rows.filter(name__icontains=answers["name"])
        if answers["state"]:
            rows = queries.in_state(rows, answers["state"], _today())
        if answers["near"]:
            return queries.within(rows, answers["near"], answers["miles"] or 10, answers["kind"])
        return rows.of_kind(answers["kind"]) if answers["kind"] else rows

    def cells(self, row):
        metres = getattr(row, "metres", None)
        return [
            row.name,
            ", ".join(row.kind_names),
            f"{row.local_authority} {row.outward}".strip(),
            row.rating_overall,
            State(row.state).label,
            "" if metres is None else f"{places.miles(metres):.1f}",
        ]

    def get_context_data(self, **kwargs):
        page = super().get_context_data(**kwargs)
        for row in page["rows"]:
            *_, row.state_words, row.miles = self.cells(row)
        return page | {"latest": Reading.objects.order_by("-read_at").first()}


class OneService(Door, DetailView):
    may = rules.MAY_READ
    deed = "look services up"
    template_name = "providers/directory/service.html"
    context_object_name = "service"

    def get_queryset(self):
        return queries.with_state(Service.objects.all(), _today()).select_related("provider", "succeeded_by")

    def get_context_data(self, **kwargs):
        service, today = self.object, _today()
        standings = list(service.standings.order_by("-from_on"))
        in_force = [standing for standing in standings if standing.is_in_force(today)]
        return super().get_context_data(**kwargs) | {
            "state_words": State(service.state).label,
            "reasons": rules.reasons_not_to_ask(service, on=today, standings=in_force, mailbox=service.mailbox),
            "in_force": in_force,
            "other_standings": [standing for standing in standings if standing not in in_force],
            "contacts": queries.contacts_of(service),
            "rates": queries.contracted_rates(service, today),
            "memberships": service.memberships.in_force(today).select_related("lot__framework"),
            "predecessors": service.predecessors.order_by("name"),
            "history": Event.objects.about(service).newest_first()[:50],
            "reason_not_to_change": rules.reason_not_to_change(self.request.user),
        }


class OfService(ActionView, abstract=True):
    may = rules.MAY_CHANGE
    deed = "change the directory"

    def get_queryset(self):
        return Service.objects.all()

    def get_caption(self):
        return self.subject.name


class CorrectMailboxes(OfService):
    heading = "Where we write to this service"
    done = "Mailboxes saved"
    form_class = forms.CorrectMailboxes

    def get_initial(self):
        own = {contact.kind: contact.mailbox for contact in self.subject.contacts.all()}
        return {kind.value: own.get(kind, "") for kind in (ContactKind.ENQUIRIES, ContactKind.SIGNING)}

    def act(self, answers):
        actions.correct_mailboxes(self.subject, **answers, by=self.request.user)


class Suspend(OfService):
    heading = "Stop asking this service"
    done = "This service will not be asked"
    form_class = forms.Suspend

    def act(self, answers):
        actions.suspend(self.subject, **answers, by=self.request.user)


class Lift(OfService):
    heading = "Ask this service again"
    done = "This service can be asked again"
    form_class = forms.Lift

    def act(self, answers):
        actions.lift(self.subject, **answers, by=self.request.user)
