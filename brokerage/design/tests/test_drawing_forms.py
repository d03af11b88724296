"""How a question is drawn: labelled, described, and with nobody's words taken for markup."""

import pytest
from crispy_forms.utils import render_crispy_form
from crispy_forms_gds.layout import ConditionalQuestion, ConditionalRadios
from django import forms

from brokerage.design.forms import Choice, DateInputField, Field, Fieldset, GovukForm


def drawn(form):
    form.is_valid()
    return " ".join(render_crispy_form(form).split())


def test_a_name_in_a_label_or_a_hint_is_words_and_not_markup():
    class Named(GovukForm):
        choice = forms.ChoiceField(
            label="What does <b>Jo</b> prefer?",
            help_text="Ask <i>Jo</i>",
            widget=forms.RadioSelect,
            choices=[Choice("a", "The <u>Elms</u>", hint="<s>Near</s>")],
        )

        def layout(self):
            return [Fieldset("choice", legend="<em>Choice</em>")]

    html = drawn(Named())

    assert not [tag for tag in ("<b>", "<i>", "<u>", "<s>", "<em>") if tag in html]


def test_a_counted_answer_needs_no_hint():
    class Counted(GovukForm):
        why = forms.CharField(label="Why", widget=forms.Textarea)

        def layout(self):
            return [Field.textarea("why", max_characters=200)]

    html = drawn(Counted({}))

    assert 'aria-describedby="id_why_1_error id_why-info"' in html
    assert 'data-maxlength="200"' in html
    assert html.count('id="id_why-info"') == 1


def test_what_was_ticked_and_chosen_stays_so():
    class Chosen(GovukForm):
        needs = forms.MultipleChoiceField(
            widget=forms.CheckboxSelectMultiple, choices=[(1, "Dementia"), (2, "Moving"), (11, "Speech")]
        )
        pace = forms.ChoiceField(widget=forms.RadioSelect, choices=[("1", "Slow"), ("2", "Fast")])

    html = drawn(Chosen({"needs": ["11"], "pace": "2"}))

    assert 'value="11" checked' in html
    assert 'value="2" checked' in html
    assert html.count("checked") == 2


def test_every_box_of_a_wrong_date_is_marked():
    class Dated(GovukForm):
        start = DateInputField(label="Start date")

    html = drawn(Dated({"start_0": "31", "start_1": "2", "start_2": "2027"}))

    assert html.count("govuk-input--error") == 3
    assert 'value="31"' in html
    assert 'aria-describedby="id_start_1_error"' in html


def test_drawing_a_form_twice_draws_the_same():
    class Plain(GovukForm):
        name = forms.CharField(help_text="In full")
        start = DateInputField(label="Start date")

    form = Plain({})

    assert drawn(form) == drawn(form)


def test_a_question_inside_an_answer_is_tied_to_it():
    class Conditional(GovukForm):
        how = forms.ChoiceField(label="How?", widget=forms.RadioSelect, choices=[("phone", "Phone"), ("post", "Post")])
        number = forms.CharField(label="Number", required=False)

        def layout(self):
            return [ConditionalRadios("how", ConditionalQuestion("Phone", "number"), ConditionalQuestion("Post"))]

    html = drawn(Conditional())

    assert 'data-aria-controls="conditional_how_0"' in html
    assert 'id="conditional_how_0"' in html
    assert html.count("data-aria-controls") == 1


def test_a_question_misspelt_in_a_layout_is_a_fault():
    class Misspelt(GovukForm):
        name = forms.CharField()

        def layout(self):
            return [Field.text("nome")]

    with pytest.raises(Exception, match="nome"):
        drawn(Misspelt())


def test_a_hidden_answer_goes_along_though_no_layout_names_it():
    class Hidden(GovukForm):
        name = forms.CharField()
        enquiry = forms.CharField(widget=forms.HiddenInput, initial="E000012")

        def layout(self):
            return ["name"]

    assert drawn(Hidden()).count('value="E000012"') == 1
