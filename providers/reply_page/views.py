from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from brokerage.clocks import clock
from brokerage.design.views import ActionView, Door
from brokerage.links import links
from providers.enquiries.models import Invitation
from providers.enquiries.sheet import Sheet
from providers.replies import actions, rules
from providers.reply_page import forms

ANSWERS = {  # the last part of the address -> (heading, form)
    "whole": ("Yes, all of it", forms.OfferForm),
    "part": ("Yes, part of it", forms.PartForm),
    "different": ("Yes, but different", forms.DifferentForm),
    "interested": ("Interested, please call us", forms.CallForm),
    "no": ("No", forms.NoForm),
}


class OfAnInvitation:
    """Pages behind one provider's link."""

    may = "public"

    @cached_property
    def subject(self):
        return links.find(Invitation, self.kwargs["token"])

    @cached_property
    def sheet(self):
        return Sheet.from_data(self.subject.enquiry.sheet)

    def facts(self):
        """All that the page is given: frozen values, nothing that leads back to the record."""
        invitation, now = self.subject, clock.now()
        current = invitation.replies.filter(is_current=True).first()
        return {
            "sheet": self.sheet,
            "service_name": invitation.service_name,
            "distance": self.sheet.distance(invitation.miles),
            "rows": [
                {"label": row["label"], "cells": [" + ".join(", ".join(line.cell_words) for line in cell) for cell in row["cells"]]}
                for row in self.sheet.rows
            ],
            "closed": rules.reason_not_to_reply(invitation),
            "late": rules.is_late(invitation, at=now),
            "reply": current,
            "offered": [self.sheet.timetable[position].words for position in current.visits] if current else [],
            "answers": self.answers(),
            "not_us": reverse("reply_not_us", args=[self.kwargs["token"]]),
        }

    def answers(self):
        kinds = [kind for kind in ANSWERS if kind != "part" or len(self.sheet.timetable) > 1]
        return [(ANSWERS[kind][0], reverse("reply_answer", args=[self.kwargs["token"], kind])) for kind in kinds]

    @property
    def page_address(self):
        return reverse("reply_page", args=[self.kwargs["token"]])


class ReplyPage(OfAnInvitation, Door, TemplateView):
    """What is needed, in plain words, and the ways to answer. Opening it changes nothing."""

    template_name = "providers/reply_page/enquiry.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | self.facts()


class Answer(OfAnInvitation, ActionView):
    """One way of answering, on one short form."""

    template_name = "providers/reply_page/answer.html"
    done = "We have your reply. A receipt has gone to your registered mailbox."

    @cached_property
    def kind(self):
        if self.kwargs["kind"] not in ANSWERS:
            raise Http404
        return self.kwargs["kind"]

    def get_heading(self):
        return ANSWERS[self.kind][0]

    def get_caption(self):
        return f"Enquiry {self.sheet.enquiry}"

    def get_form_class(self):
        return ANSWERS[self.kind][1]

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"sheet": self.sheet}

    def get_initial(self):
        current = self.subject.replies.filter(is_current=True).first()
        if current is None:
            return {}
        names = ("rate", "start_on", "visits", "changes", "who_will_come", "conditions", "why_not", "would_say_yes_if")
        return {name: getattr(current, name) for name in (*names, "by_name", "by_role")}

    def why_not(self):
        return rules.reason_not_to_reply(self.subject)

    def get_back(self):
        return self.page_address

    def get_success_url(self):
        return self.page_address

    def act(self, answers):
        actions.reply(self.subject, kind=self.kind, **answers)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | self.facts()


class NotUs(OfAnInvitation, ActionView):
    """For a registered mailbox that got a receipt for a reply it did not give."""

    template_name = "providers/reply_page/answer.html"
    form_class = forms.NotUsForm
    heading = "This was not us"
    done = ""

    def get_caption(self):
        return f"Enquiry {self.sheet.enquiry}"

    def get_back(self):
        return self.page_address

    def why_not(self):
        return None if self.subject.replies.filter(is_current=True).exists() else "There is no reply to take back."

    def get_success_url(self):
        return reverse("reply_taken_back")

    def act(self, answers):
        actions.disown(self.subject)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | self.facts() | {"is_not_us": True}


class TakenBack(Door, TemplateView):
    may = "public"
    template_name = "providers/reply_page/taken_back.html"
