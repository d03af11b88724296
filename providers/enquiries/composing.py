"""An enquiry before it is sent: what providers would read, what speaks against it, and who would be asked."""

from functools import cached_property

from brokerage.clocks import calendars, working_time
from brokerage.council import settings as council
from providers.enquiries import anonymise, check, matching
from providers.enquiries.sheet import Sheet
from referrals.intake.models import Priority

CHILDREN_URGENT = "children_urgent"


class Composition:
    """Worked out afresh each time from the record and the broker's words, as of one instant. It writes nothing."""

    def __init__(self, enquiry, *, at):
        self.enquiry, self.at = enquiry, at
        self.referral = enquiry.referral

    # -- the words

    @cached_property
    def texts(self) -> list[anonymise.Text]:
        return anonymise.texts_of(self.enquiry)

    @cached_property
    def known(self):
        return anonymise.known_of(self.referral, today=self.policy.local(self.at).date())

    @cached_property
    def checked(self) -> list[tuple[anonymise.Text, list[check.Finding]]]:
        return [(text, check.check(text.words, self.known)) for text in self.texts]

    @cached_property
    def clearances(self) -> dict:
        return {(row.kind, row.found): row for row in self.enquiry.clearances.all()}

    @cached_property
    def blocking(self) -> list[check.Finding]:
        return [finding for _, findings in self.checked for finding in findings if finding.blocks]

    @cached_property
    def warnings(self) -> list[check.Finding]:
        """What may be cleared: each warning once, however often it stands in the texts."""
        found = {f.key: f for _, findings in self.checked for f in findings if not f.blocks}
        return list(found.values())

    @cached_property
    def uncleared(self) -> list[check.Finding]:
        return [finding for finding in self.warnings if finding.key not in self.clearances]

    # -- the sheet

    @cached_property
    def sheet(self) -> Sheet:
        return anonymise.sheet_of(self.enquiry, deadline=self.deadline)

    @cached_property
    def content_hash(self) -> str:
        """Of what providers read, whenever it is sent: a release holds for this and for nothing else."""
        return anonymise.sheet_of(self.enquiry).digest()

    @property
    def needs_release(self) -> bool:
        pathway = self.referral.pathway
        if pathway.serves == "children" or pathway.terms.sheet_needs_release:
            return True
        return council.current().adults_sheets_need_release

    @property
    def is_released(self) -> bool:
        return bool(self.enquiry.released_at) and self.enquiry.released_hash == self.content_hash

    # -- when and whom

    @cached_property
    def policy(self):
        return calendars.policy()

    @cached_property
    def deadline(self) -> working_time.Deadline:
        return working_time.provider_reply(self._reply_rule, self.at, self.policy)

    @property
    def _reply_rule(self) -> str:
        terms = self.referral.pathway.terms
        if self.referral.priority == Priority.ROUTINE:
            return terms.reply_rule
        if terms.reply_rule_if_urgent:
            return terms.reply_rule_if_urgent
        return CHILDREN_URGENT if terms.reply_rule == "children_standard" else terms.reply_rule

    @cached_property
    def candidates(self) -> list[matching.Candidate]:
        return matching.candidates(self.enquiry, on=self.policy.local(self.at).date())

    @cached_property
    def to_ask(self) -> list[matching.Candidate]:
        return [one for one in self.candidates if one.is_in]

    @cached_property
    def not_to_ask(self) -> list[matching.Candidate]:
        return [one for one in self.candidates if not one.is_in]
