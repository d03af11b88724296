"""The form of one page of declared questions."""

from crispy_forms_gds.layout import HTML, Div
from django import forms
from django.utils.html import format_html

from brokerage.design.forms import Field, GovukForm, shown_for
from brokerage.design.messages import speak_plainly
from referrals.questions.answers import Answers, Said
from referrals.questions.kinds import kind_of, means_none, offers_none, please
from referrals.questions.library import NOT_ABOUT_PEOPLE
from referrals.questions.reasons import PROVIDER_REASONS, says_only_that_it_works

NOT_BOTH = "Enter the answer to “{label}”, or tick “None”: not both"
IMPACT_WANTED = (
    "Say what a change of provider would do to {person}. That a provider knows them and it works well is no reason: "
    "another provider can get to know them too"
)


class QuestionsForm(GovukForm):
    """Asks `questions`. Whether one is asked at all may follow from an answer of this page or of an earlier one.

    After `is_valid`, `said` is {key: Said | None} of those asked; None where it was left blank.

    Args:
        earlier: everything answered so far, this page's answers included.
        is_partial: blanks are let through, because the page is left for later.
    """

    submit_text = "Save and continue"

    def __init__(self, *args, questions, earlier: Answers, person="the person", is_partial=False, **kwargs):
        self.earlier, self.person, self.is_partial = earlier, person, is_partial
        self.here = {question.key for question in questions}
        self.questions = [question for question in questions if self._may_be_asked(question)]
        self.said: dict[str, Said | None] = {}
        super().__init__(*args, **kwargs)
        for question in self.questions:
            self._add(question)

    def layout(self):
        return [self._block(question) for question in self.questions]

    def clean(self):
        answers = super().clean()
        for question in self.questions:
            if self._is_asked(question):
                self.said[question.key] = self._read(question, answers)
        return answers

    def free_texts(self, *, everywhere) -> dict[str, list[str]]:
        """{field: texts} that somebody wrote freely, for the names rule; of every question, or of those that say so."""
        texts = {}
        for question in self.questions:
            is_about_people = question.key not in NOT_ABOUT_PEOPLE and (everywhere or question.no_names)
            if is_about_people and self._is_asked(question):
                texts[name_of(question)] = kind_of(question).texts(self._answers(question, self.cleaned_data))
        return texts

    # -- which are asked

    def _may_be_asked(self, question) -> bool:
        """Now, or as soon as something on this page is answered so."""
        follows = question.shown_when
        if follows is None or self.earlier.is_asked(question):
            return True
        return follows.question in self.here

    def _is_asked(self, question) -> bool:
        follows = question.shown_when
        if follows is None:
            return True
        before = next((each for each in self.questions if each.key == follows.question), None)
        if before is None:
            return self.earlier.is_asked(question)
        said = self.said.get(before.key)
        given = [] if said is None or said.is_none else said.value if isinstance(said.value, list) else [said.value]
        return self._is_asked(before) and bool(set(given) & set(follows.answers))

    # -- reading

    def _read(self, question, answers) -> Said | None:
        name = name_of(question)
        ticked = answers.get(f"{name}_none")
        suffixes = kind_of(question).fields(question)
        if any(f"{name}{suffix}" in self.errors for suffix in suffixes):
            return None
        try:
            value = kind_of(question).read(self._answers(question, answers))
        except ValueError as partly:
            self.add_error(name, str(partly))
            return None
        if means_none(question, value):
            return Said(is_none=True)
        if ticked and value is not None:
            self.add_error(name, NOT_BOTH.format(label=question.label))
            return None
        if ticked:
            return Said(is_none=True)
        if value is None:
            if question.must and not self.is_partial:
                self.add_error(name, please(question))
            return None
        return self._checked(question, value)

    def _checked(self, question, value):
        if question.most and isinstance(value, list) and len(value) > question.most:
            self.add_error(name_of(question), f"Select or enter {question.most} at most")
            return None
        if question.key in PROVIDER_REASONS and says_only_that_it_works(value):  # LEI-09
            self.add_error(name_of(question), IMPACT_WANTED.format(person=self.person))
            return None
        return Said(value=value)

    def _answers(self, question, answers) -> dict:
        name = name_of(question)
        return {suffix: answers.get(f"{name}{suffix}") for suffix in kind_of(question).fields(question)}

    # -- asking

    def _add(self, question):
        name, kind = name_of(question), kind_of(question)
        before = self.earlier.said.get(question.key)
        given = kind.initial(before.value) if before and not before.is_none else {}
        for suffix, field in kind.fields(question).items():
            if not suffix and len(kind.fields(question)) == 1:
                field.label = question.label if question.must else f"{question.label} (optional)"
                field.help_text = _beside(question)
            speak_plainly(field)
            field.initial = given.get(suffix)
            self.fields[f"{name}{suffix}"] = field
        if offers_none(question):
            self.fields[f"{name}_none"] = forms.BooleanField(
                label=format_html('None<span class="govuk-visually-hidden">: {}</span>', question.label),
                required=False,
                initial=bool(before and before.is_none),
            )

    def _block(self, question):
        name, kind = name_of(question), kind_of(question)
        parts = kind.parts(question, name)
        if len(kind.fields(question)) > 1:
            heading = format_html('<h2 class="govuk-heading-s govuk-!-margin-bottom-2">{}</h2>', question.label)
            hint = _beside(question)
            parts = [
                HTML(_literal(heading)),
                *([HTML(_literal(format_html('<p class="govuk-hint">{}</p>', hint)))] if hint else []),
                *(f"{name}{suffix}" for suffix in kind.fields(question)),
            ]
        if offers_none(question):
            parts = [Div(*parts, Field.checkbox(f"{name}_none", small=True), css_class="app-or-none")]
        follows = question.shown_when
        before = follows and next((each for each in self.questions if each.key == follows.question), None)
        if before is None:
            return Div(*parts)
        said = HTML(
            _literal(format_html('<p class="govuk-body-s app-follow-up__when">{}</p>', _when(question, before)))
        )
        return shown_for(name_of(before), " ".join(follows.answers), said, *parts)


def name_of(question) -> str:
    return f"q_{question.key}"


def _beside(question) -> str:
    return " ".join(filter(None, (question.hint and _ended(question.hint), question.why and _ended(question.why))))


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith((".", "?", "!")) else f"{sentence}."


def _when(question, before) -> str:
    labels = [kind_of(before).words(before, each if before.kind != "some_of" else [each]) for each in
              question.shown_when.answers]  # fmt: skip
    return f"Only if you answered “{'” or “'.join(labels)}” to “{before.label}”."


def _literal(html: str) -> str:
    """Crispy's HTML is a template: what somebody declared is no template."""
    return "{% verbatim app_declared %}" + html.replace("{% endverbatim", "") + "{% endverbatim app_declared %}"
