"""The sections of a draft as forms. Each gives back the fields of `Terms` it changes; whether they fit is asked on publishing."""

from datetime import time
from decimal import Decimal

from django import forms
from django.utils.text import slugify

from brokerage.accounts.models import Role
from brokerage.clocks.response_rules import reason_not_a_rule
from brokerage.clocks.working_time import PRIORITIES, REPLY_RULES
from brokerage.design.forms import Choice, Field, Fieldset, GovukForm, Size, TimeField, shown_for
from referrals.pathways import in_words, terms
from referrals.pathways.models import SERVES
from referrals.pathways.questions import KINDS, Page, Question, ShownWhen
from referrals.pathways.rules import FOLLOWED, PAGES, SHEET, choices_of
from referrals.publishing.known import known

YES_NO = [Choice("yes", "Yes"), Choice("no", "No")]


def yes_no(label, **more):
    return forms.TypedChoiceField(
        label=label,
        choices=YES_NO,
        widget=forms.RadioSelect,
        coerce=lambda said: said == "yes",
        error_messages={"required": f"Select yes or no: {label[:1].lower()}{label[1:]}"},
        **more,
    )


def some_of(label, **more):
    return forms.MultipleChoiceField(label=label, widget=forms.CheckboxSelectMultiple, required=False, **more)


def said(value: bool) -> str:
    return "yes" if value else "no"


class SectionForm(GovukForm):
    """A section of a pathway. `initial_of` reads it, `facts` gives what it says."""

    submit_text = "Keep this"

    def __init__(self, *args, draft, **kwargs):
        self.draft, self.terms, self.known = draft, draft.terms, known()
        kwargs["initial"] = self.initial_of() | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.offer()

    def offer(self):
        """Choices that come from elsewhere."""

    def initial_of(self) -> dict:
        return {name: getattr(self.terms, name) for name in self.base_fields if hasattr(self.terms, name)}

    def facts(self) -> dict:
        return dict(self.cleaned_data)


class OfferedForm(SectionForm):
    name = forms.CharField(label="What is the pathway called?", max_length=80)
    serves = forms.ChoiceField(label="Whom does it serve?", choices=SERVES, widget=forms.RadioSelect)
    service_kind = forms.ChoiceField(label="What are providers asked for?", required=False)
    service_in_words = forms.CharField(
        label="The service in letters",
        max_length=80,
        help_text="As it stands in a sentence: home care, a nursing home place",
    )
    bought = forms.ChoiceField(
        label="How is it bought?",
        widget=forms.RadioSelect,
        choices=[Choice("hour", "By the hour, as visits in a week"), Choice("week", "By the week, without visits")],
    )
    priorities = forms.MultipleChoiceField(
        label="Which priorities may it have?",
        widget=forms.CheckboxSelectMultiple,
        choices=[(each, each.capitalize()) for each in PRIORITIES],
        error_messages={"required": "Select at least one priority"},
    )
    routes = some_of("Who may refer by it?", help_text="None selected: everybody who refers")
    bank_holidays = yes_no("Is support given on bank holidays unless said otherwise?")
    most_days = forms.IntegerField(label="Days at most (optional)", required=False, min_value=1, max_value=60)

    def offer(self):
        self.fields["service_kind"].choices = [("", "Nothing: no provider is asked"), *self.known.services.items()]
        self.fields["routes"].choices = list(self.known.routes.items())

    def initial_of(self):
        return super().initial_of() | {
            "name": self.draft.name,
            "serves": self.draft.serves,
            "bought": self.terms.unit,
            "bank_holidays": said(self.terms.bank_holidays),
        }

    def layout(self):
        return [
            "name",
            Field.radios("serves", inline=True),
            Field.select("service_kind"),
            Field.text("service_in_words"),
            Field.radios("bought"),
            Field.checkboxes("priorities"),
            Field.checkboxes("routes"),
            Field.radios("bank_holidays", inline=True),
            Field.text("most_days", field_width=4),
        ]

    def facts(self):
        facts = super().facts()
        unit = facts.pop("bought")
        facts |= {"priorities": tuple(facts["priorities"]), "routes": tuple(facts["routes"])}
        visits = unit == "hour"
        pages, must = list(self.terms.pages), list(self.terms.must)
        if visits and not self.terms.timetable:  # a page of visits comes with the hours, and goes with them
            place = pages.index("when") if "when" in pages else len(pages)
            pages = pages if "timetable" in pages else [*pages[:place], "timetable", *pages[place:]]
            must = must if "timetable" in must else [*must, "timetable"]
        if not visits:
            pages, must = ([each for each in names if each != "timetable"] for names in (pages, must))
        return facts | {"unit": unit, "timetable": visits, "pages": tuple(pages), "must": tuple(must)}


class PapersForm(SectionForm):
    papers = some_of("Which papers must be on record before anything is arranged?")
    papers_if_urgent = some_of("Which papers stand in for them where it cannot wait?")
    plan_before_start = yes_no("Must its plan be with the provider before a service starts?")

    def offer(self):
        for name in ("papers", "papers_if_urgent"):
            self.fields[name].choices = list(self.known.papers.items())

    def initial_of(self):
        return super().initial_of() | {"plan_before_start": said(self.terms.plan_before_start)}

    def layout(self):
        return [
            Field.checkboxes("papers"),
            Field.checkboxes("papers_if_urgent"),
            Field.radios("plan_before_start", inline=True),
        ]

    def facts(self):
        return super().facts() | {name: tuple(self.cleaned_data[name]) for name in ("papers", "papers_if_urgent")}


class AgreementsForm(SectionForm):
    approval = forms.ChoiceField(
        label="Who approves it before brokerage takes it up?",
        widget=forms.RadioSelect,
        required=False,
        choices=list(in_words.APPROVALS.items()),
    )
    discuss_if_urgent = yes_no("Is an urgent case talked over by phone first?")
    search = forms.ChoiceField(
        label="Who agrees the search before a provider is asked?",
        widget=forms.RadioSelect,
        required=False,
        choices=[("", "Nobody")]
        + [(who, words[:1].upper() + words[1:]) for who, words in in_words.SEARCH_AGREED_BY.items()],
    )
    agreement_above_rate = yes_no("Does panel agree a price above the contracted rate?")
    negotiate_first = yes_no("Is the price negotiated before panel sees it?")

    def initial_of(self):
        return super().initial_of() | {
            "search": self.terms.search_agreed_by if self.terms.agreement_to_search else "",
            **{
                name: said(getattr(self.terms, name))
                for name in ("discuss_if_urgent", "agreement_above_rate", "negotiate_first")
            },
        }

    def layout(self):
        return [
            Field.radios("approval"),
            Field.radios("discuss_if_urgent", inline=True),
            Field.radios("search"),
            Field.radios("agreement_above_rate", inline=True),
            Field.radios("negotiate_first", inline=True),
        ]

    def facts(self):
        facts = super().facts()
        search = facts.pop("search")
        return facts | {"agreement_to_search": bool(search), "search_agreed_by": search or self.terms.search_agreed_by}


class WaiverForm(SectionForm):
    submit_text = "Add"
    what = forms.ChoiceField(label="What may a case go without?")
    role = forms.ChoiceField(
        label="Who may say so?",
        choices=[
            (role, role.label) for role in Role if role not in {Role.ADMINISTRATOR, Role.AUDITOR, Role.COMMISSIONER}
        ],
    )

    def offer(self):
        asked = [("search_agreement", "The agreement to search")] if self.terms.agreement_to_search else []
        asked.append(("notice", "The notice"))
        papers = dict.fromkeys((*self.terms.papers, *self.terms.papers_if_urgent))
        asked += [(kind, self.known.papers.get(kind, kind)) for kind in papers]
        asked += [
            (question.key, f"An answer to “{question.label}”") for question in self.terms.questions if question.must
        ]
        self.fields["what"].choices = asked

    def facts(self):
        waiver = terms.Waiver(self.cleaned_data["what"], self.cleaned_data["role"])
        return {"waivers": tuple(dict.fromkeys((*self.terms.waivers, waiver)))}


SPANS = [
    ("service_level", "The service level’s own"),
    ("working_hours", "Working hours"),
    ("elapsed_hours", "Hours by the clock on the wall"),
    ("working_days", "Working days"),
]
OTHER_SPANS = [span for span, _ in SPANS[1:]]


class ClocksForm(SectionForm):
    start_within_minutes = forms.IntegerField(
        label="Work starts within how many working minutes?",
        help_text="120 is two working hours",
        min_value=5,
        max_value=2400,
    )
    notice_working_days = forms.IntegerField(
        label="How many working days’ notice should a referral give?", min_value=0, max_value=60
    )
    papers_within_minutes = forms.IntegerField(
        label="How many working minutes has a referrer for missing papers?",
        help_text="480 is one working day of eight hours",
        min_value=30,
        max_value=6000,
    )

    def offer(self):
        for priority in self._priorities:
            self.fields[f"{priority}_span"] = forms.ChoiceField(
                label=f"{priority.capitalize()}: when is the answer due?",
                choices=SPANS,
                widget=forms.RadioSelect,
                help_text=f"The service level’s own is {in_words.SERVICE_LEVEL[priority]}.",
            )
            self.fields[f"{priority}_number"] = forms.DecimalField(label=f"How many, for {priority}?", required=False)
            self.fields[f"{priority}_at"] = TimeField(
                label="At what time of that day?",
                required=False,
                help_text="Only for working days; closing, if left out",
            )

    @property
    def _priorities(self):
        return [priority for priority in reversed(PRIORITIES) if priority in self.terms.priorities]

    def initial_of(self):
        known_already = super().initial_of()
        for priority in self._priorities:
            span, _, number = self.terms.response_rule(priority).partition(":")
            number, _, face = number.partition("@")
            known_already |= {
                f"{priority}_span": span,
                f"{priority}_number": number,
                f"{priority}_at": time.fromisoformat(face) if face else None,
            }
        return known_already

    def layout(self):
        return [
            Field.text("start_within_minutes", field_width=4),
            *(
                part
                for priority in self._priorities
                for part in (
                    Field.radios(f"{priority}_span", legend_size=Size.MEDIUM),
                    shown_for(
                        f"{priority}_span", " ".join(OTHER_SPANS), Field.text(f"{priority}_number", field_width=4)
                    ),
                    shown_for(f"{priority}_span", "working_days", Field.text(f"{priority}_at", field_width=5)),
                )
            ),
            Field.text("notice_working_days", field_width=4),
            Field.text("papers_within_minutes", field_width=4),
        ]

    def clean(self):
        answers = super().clean()
        self.rules = {}
        for priority in self._priorities:
            span, number = answers.get(f"{priority}_span"), answers.get(f"{priority}_number")
            if not span or span == "service_level":
                continue
            if number is None:
                if f"{priority}_number" not in self.errors:
                    self.add_error(f"{priority}_number", f"Enter how many for {priority}")
                continue
            face = answers.get(f"{priority}_at")
            rule = f"{span}:{_plain(number)}" + (f"@{face:%H:%M}" if face and span == "working_days" else "")
            if reason_not_a_rule(rule):
                most = "60 whole days" if span == "working_days" else "a number of hours that somebody could wait"
                self.add_error(f"{priority}_number", f"Enter more than 0 and at most {most} for {priority}")
            self.rules[priority] = rule
        return answers

    def facts(self):
        names = ("start_within_minutes", "notice_working_days", "papers_within_minutes")
        others = {p: rule for p, rule in self.terms.response_rules.items() if p not in self._priorities}
        return {name: self.cleaned_data[name] for name in names} | {"response_rules": others | self.rules}


class RoundsForm(SectionForm):
    ROUNDS = 6
    within_miles = forms.IntegerField(label="How many miles do we look?", min_value=1, max_value=200)
    reply_rule = forms.ChoiceField(
        label="How long have providers to reply?",
        widget=forms.RadioSelect,
        choices=[(rule, in_words.REPLY_RULES[rule].capitalize()) for rule in REPLY_RULES],
    )
    reply_rule_if_urgent = forms.ChoiceField(
        label="And when it is urgent?",
        widget=forms.RadioSelect,
        required=False,
        choices=[("", "The same")] + [(rule, in_words.REPLY_RULES[rule].capitalize()) for rule in REPLY_RULES],
    )

    def offer(self):
        for number in range(self.ROUNDS):
            self.fields[f"round_{number}"] = forms.ChoiceField(
                label=f"Round {number + 1}",
                required=False,
                choices=[("", "No more")]
                + [(each, words[:1].upper() + words[1:]) for each, words in in_words.ROUNDS.items()],
            )

    def initial_of(self):
        return super().initial_of() | {f"round_{n}": each for n, each in enumerate(self.terms.rounds)}

    def layout(self):
        rounds = [Field.select(f"round_{number}") for number in range(self.ROUNDS)]
        return [
            Fieldset(*rounds, legend="Who is asked, in which order?", legend_size=Size.MEDIUM),
            Field.radios("reply_rule"),
            Field.radios("reply_rule_if_urgent"),
            Field.text("within_miles", field_width=4),
        ]

    def facts(self):
        names = ("within_miles", "reply_rule", "reply_rule_if_urgent")
        rounds = [self.cleaned_data[f"round_{number}"] for number in range(self.ROUNDS)]
        return {name: self.cleaned_data[name] for name in names} | {"rounds": tuple(each for each in rounds if each)}


class SheetForm(SectionForm):
    sheet = some_of("What may providers read?", help_text="What is not here is not shown, whoever asks")
    sheet_needs_release = yes_no("Must a second person release it?")

    def offer(self):
        self.fields["sheet"].choices = [
            (name, in_words.SHEET[name][:1].upper() + in_words.SHEET[name][1:]) for name in SHEET
        ]

    def initial_of(self):
        return super().initial_of() | {"sheet_needs_release": said(self.terms.sheet_needs_release)}

    def layout(self):
        return [Field.checkboxes("sheet"), Field.radios("sheet_needs_release", inline=True)]

    def facts(self):
        return super().facts() | {"sheet": tuple(self.cleaned_data["sheet"])}


class GuidanceForm(SectionForm):
    guidance = forms.CharField(
        label="What is said on the task list",
        widget=forms.Textarea,
        required=False,
        help_text="One piece a line: what this referral does not cover, what to do first",
    )
    signposts = some_of("Which other help is worth thinking of?")

    def offer(self):
        self.fields["signposts"].choices = list(self.known.signposts.items())

    def initial_of(self):
        return super().initial_of() | {"guidance": "\n".join(self.terms.guidance)}

    def layout(self):
        return [Field.textarea("guidance", rows=8), *([Field.checkboxes("signposts")] if self.known.signposts else [])]

    def facts(self):
        return {"guidance": _lines(self.cleaned_data["guidance"]), "signposts": tuple(self.cleaned_data["signposts"])}


class MustForm(SectionForm):
    must = some_of("Which answers may not be left out?")
    no_names = yes_no("Are other people told of by relationship only?")

    def offer(self):
        self.fields["must"].choices = [
            (key, in_words.ANSWERS[key][:1].upper() + in_words.ANSWERS[key][1:]) for key in terms.ANSWERS
        ]

    def initial_of(self):
        return super().initial_of() | {"no_names": said(self.terms.no_names)}

    def layout(self):
        return [Field.checkboxes("must"), Field.radios("no_names", inline=True)]

    def facts(self):
        return super().facts() | {"must": tuple(self.cleaned_data["must"])}


class HintForm(SectionForm):
    answer = forms.ChoiceField(label="Beside which question?")
    hint = forms.CharField(label="Hint", required=False, max_length=200, help_text="Leave it empty for the usual hint")

    def offer(self):
        self.fields["answer"].choices = [
            (key, in_words.ANSWERS[key][:1].upper() + in_words.ANSWERS[key][1:]) for key in terms.ANSWERS
        ]

    def facts(self):
        hints = dict(self.terms.hints) | {self.cleaned_data["answer"]: self.cleaned_data["hint"].strip()}
        return {"hints": {answer: hint for answer, hint in hints.items() if hint}}


class AddPageForm(SectionForm):
    submit_text = "Add the page"
    which = forms.ChoiceField(label="Which page?", widget=forms.RadioSelect)
    label = forms.CharField(label="Its name, for one of your own", required=False, max_length=60)
    section = forms.CharField(
        label="Section of the task list, for one of your own",
        required=False,
        max_length=60,
        initial="What is needed",
        help_text="Such as About the person, What is needed, So that we can act",
    )

    def offer(self):
        free = [(key, in_words.PAGES[key]) for key in PAGES if key not in self.terms.pages and key != "timetable"]
        self.fields["which"].choices = [*free, ("own", "A page of your own")]

    def clean(self):
        answers = super().clean()
        if answers.get("which") == "own":
            self.key = key_of(answers.get("label", ""), {*self.terms.pages, *PAGES})
            if not answers.get("label"):
                self.add_error("label", "Enter the name of the page")
            elif not self.key:
                self.add_error("label", "Enter a name with letters in it")
            if not answers.get("section"):
                self.add_error("section", "Enter the section of the task list")
        return answers

    def facts(self):
        if self.cleaned_data["which"] != "own":
            self.key = self.cleaned_data["which"]
            return {"pages": self._with(self.key)}
        page = Page(self.key, self.cleaned_data["label"], self.cleaned_data["section"])
        return {"pages": self._with(self.key), "own_pages": (*self.terms.own_pages, page)}

    def _with(self, key):
        pages = self.terms.pages
        place = pages.index("when") if "when" in pages else len(pages)
        return (*pages[:place], key, *pages[place:])


class PageForm(SectionForm):
    label = forms.CharField(label="Name of the page", max_length=60)
    section = forms.CharField(label="Section of the task list", max_length=60)
    guidance = forms.CharField(
        label="Said at its top (optional)", widget=forms.Textarea, required=False, max_length=500
    )

    def __init__(self, *args, page, **kwargs):
        self.page = page
        super().__init__(*args, **kwargs)

    def initial_of(self):
        return {"label": self.page.label, "section": self.page.section, "guidance": self.page.guidance}

    def facts(self):
        changed = Page(self.page.key, **self.cleaned_data)
        return {"own_pages": tuple(changed if each.key == self.page.key else each for each in self.terms.own_pages)}


class QuestionForm(SectionForm):
    label = forms.CharField(label="The question", max_length=200)
    kind = forms.ChoiceField(
        label="How is it answered?", choices=[(kind, in_words.KINDS[kind].capitalize()) for kind in KINDS]
    )
    choices = forms.CharField(
        label="Answers to choose from",
        widget=forms.Textarea,
        required=False,
        help_text="One a line. Only where one or some of them are chosen",
    )
    hint = forms.CharField(label="Hint (optional)", required=False, max_length=200)
    must = yes_no("Must it be answered?")
    why = forms.CharField(label="Why we ask (optional)", required=False, max_length=200)
    none_is_an_answer = yes_no("Is “None” an answer?")
    most = forms.IntegerField(
        label="At most (optional)",
        required=False,
        min_value=1,
        max_value=10_000,
        help_text="Characters, answers or days, or the greatest number",
    )
    shown_when = some_of(
        "When is it asked?", help_text="None selected: always. Otherwise where an earlier question is answered so"
    )
    for_providers = yes_no("May providers read the answer?")
    no_names = yes_no("Should what looks like a name be pointed out?")

    def __init__(self, *args, page, question=None, **kwargs):
        self.page, self.question = page, question
        super().__init__(*args, **kwargs)

    def offer(self):
        self.fields["shown_when"].choices = [
            (f"{earlier.key}|{value}", f"“{earlier.label}”: {label}")
            for earlier in self._earlier()
            for value, label in choices_of(earlier)
        ]

    def _earlier(self):
        """Those asked before this one that are answered by choosing."""
        order = {key: place for place, key in enumerate(self.terms.pages)}
        here = order.get(self.page.key, 0)
        for question in self.terms.questions:
            if self.question and question.key == self.question.key:
                if question.page == self.page.key:
                    here -= 0.5  # those after it on its own page are later
                continue
            if question.kind in FOLLOWED and order.get(question.page, 0) <= here:
                yield question

    def initial_of(self):
        asked = self.question or Question("", "", self.page.key)
        known_already = {name: getattr(asked, name) for name in ("label", "kind", "hint", "why", "most")}
        for name in ("must", "none_is_an_answer", "for_providers", "no_names"):
            known_already[name] = said(getattr(asked, name))
        known_already["choices"] = "\n".join(label for _, label in asked.choices)
        known_already["shown_when"] = (
            [f"{asked.shown_when.question}|{answer}" for answer in asked.shown_when.answers] if asked.shown_when else []
        )
        return known_already

    def layout(self):
        return [
            "label",
            Field.select("kind"),
            Field.textarea("choices", rows=5),
            "hint",
            Field.radios("must", inline=True),
            "why",
            Field.radios("none_is_an_answer", inline=True),
            Field.text("most", field_width=5),
            *([Field.checkboxes("shown_when")] if self.fields["shown_when"].choices else []),
            Field.radios("for_providers", inline=True),
            Field.radios("no_names", inline=True),
        ]

    def clean(self):
        answers = super().clean()
        chooses = answers.get("kind") in {"one_of", "some_of"}
        if chooses and len(_lines(answers.get("choices", ""))) < 2:
            self.add_error("choices", "Enter at least two answers, one a line")
        if len({each.partition("|")[0] for each in answers.get("shown_when", [])}) > 1:
            self.add_error("shown_when", "Select answers of one earlier question only")
        if "label" in answers and not self.question:
            taken = {question.key for question in self.terms.questions} | set(terms.ANSWERS) | self.known.answered
            if not key_of(answers["label"], taken):
                self.add_error("label", "Enter a question with letters in it")
        return answers

    def facts(self):
        answers = self.cleaned_data
        taken = {question.key for question in self.terms.questions} | set(terms.ANSWERS) | self.known.answered
        waits = [each.partition("|")[::2] for each in answers["shown_when"]]
        question = Question(
            key=self.question.key if self.question else key_of(answers["label"], taken),
            label=answers["label"],
            page=self.page.key,
            kind=answers["kind"],
            hint=answers["hint"],
            why=answers["why"],
            choices=self._choices(answers) if answers["kind"] in {"one_of", "some_of"} else (),
            must=answers["must"],
            none_is_an_answer=answers["none_is_an_answer"],
            shown_when=ShownWhen(waits[0][0], tuple(value for _, value in waits)) if waits else None,
            for_providers=answers["for_providers"],
            no_names=answers["no_names"],
            most=answers["most"],
        )
        if self.question:
            return {"questions": tuple(question if e.key == question.key else e for e in self.terms.questions)}
        return {"questions": (*self.terms.questions, question)}

    def _choices(self, answers):
        """An answer whose words stay keeps its value, so that what was answered before is still understood."""
        before = {label: value for value, label in self.question.choices} if self.question else {}
        taken, choices = set(before.values()), []
        for label in dict.fromkeys(_lines(answers["choices"])):
            value = before.get(label) or key_of(label, taken) or f"answer_{len(choices) + 1}"
            taken.add(value)
            choices.append((value, label))
        return tuple(choices)


class ReasonForm(GovukForm):
    because = forms.CharField(
        label="Why?",
        widget=forms.Textarea,
        max_length=500,
        help_text="It stands in the history of the pathway",
        error_messages={"required": "Enter why"},
    )


class PublishForm(ReasonForm):
    submit_text = "Publish"


class WithdrawForm(ReasonForm):
    submit_text = "Withdraw the pathway"


class BringBackForm(ReasonForm):
    submit_text = "Bring this version back"


class NewPathwayForm(GovukForm):
    submit_text = "Begin the new pathway"
    name = forms.CharField(label="What is the new pathway called?", max_length=80)
    serves = forms.ChoiceField(label="Whom does it serve?", choices=SERVES, widget=forms.RadioSelect)


def key_of(words: str, taken) -> str:
    """A key nobody has: small letters, digits and underscores."""
    plain = slugify(words.replace("’", "")).replace("-", "_").lstrip("_0123456789")[:34]
    if not plain or plain not in taken:
        return plain
    return next(f"{plain}_{number}" for number in range(2, 1000) if f"{plain}_{number}" not in taken)


def _lines(words: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in words.splitlines() if line.strip())


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"
