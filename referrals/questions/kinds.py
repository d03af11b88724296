"""How each kind of question is asked, read and said again. What a kind reads is plain JSON."""

from datetime import date

from django import forms

from brokerage.design.forms import DateInputField, Field
from referrals.pathways.questions import Question
from referrals.questions.days import in_words, read_day
from referrals.questions.rows_of_days import MOST_ROWS, USUAL_ROWS, RowsOfDaysField, as_typed

NONE_TYPED = frozenset({"none", "n/a", "na", "n.a.", "nil", "not applicable", "none.", "not app"})
YES_NO = (("yes", "Yes"), ("no", "No"))


class Kind:
    """One box. `fields` by their suffix to the question's name, "" for the first."""

    takes_none = True
    verb = "Enter"
    is_free_text = False

    def fields(self, question: Question) -> dict[str, forms.Field]:
        raise NotImplementedError

    def parts(self, question: Question, name: str) -> list:
        return [name]

    def initial(self, value) -> dict:
        return {"": value}

    def read(self, answers: dict):
        """JSON, or None where it was left blank. Raises ValueError with a sentence where only part was said."""
        return answers[""] or None

    def texts(self, answers: dict) -> list[str]:
        """What in it somebody wrote freely, for the names rule."""
        return [answers[""]] if self.is_free_text and answers.get("") else []

    def words(self, question: Question, value) -> str:
        return str(value)


class Line(Kind):
    is_free_text = True

    def fields(self, question):
        return {"": forms.CharField(max_length=question.most or 200, required=False)}


class Words(Kind):
    is_free_text = True
    usual_most = 2000

    def fields(self, question):
        most = question.most or self.usual_most
        return {"": forms.CharField(max_length=most, required=False, widget=forms.Textarea)}

    def parts(self, question, name):
        return [Field.textarea(name, rows=3, max_characters=question.most or self.usual_most, threshold=75)]


class OneOf(Kind):
    takes_none = False
    verb = "Select"

    def choices(self, question):
        return question.choices

    def fields(self, question):
        field = forms.ChoiceField(choices=self.choices(question), required=False, widget=forms.RadioSelect)
        return {"": field}

    def words(self, question, value):
        return dict(self.choices(question)).get(value, str(value))


class YesNo(OneOf):
    def choices(self, question):
        return YES_NO

    def parts(self, question, name):
        return [Field.radios(name, inline=True)]


class SomeOf(Kind):
    verb = "Select"

    def fields(self, question):
        widget = forms.CheckboxSelectMultiple
        return {"": forms.MultipleChoiceField(choices=question.choices, required=False, widget=widget)}

    def read(self, answers):
        return list(answers[""] or []) or None

    def words(self, question, value):
        labels = dict(question.choices)
        return ", ".join(labels.get(each, str(each)) for each in value)


class Number(Kind):
    def fields(self, question):
        return {"": forms.IntegerField(min_value=0, max_value=question.most or 100_000, required=False)}

    def parts(self, question, name):
        return [Field.text(name, field_width=4, inputmode="numeric")]

    def read(self, answers):
        return answers[""]

    def words(self, question, value):
        return f"{value:,}"


class Day(Kind):
    def fields(self, question):
        return {"": DateInputField(required=False)}

    def initial(self, value):
        return {"": date.fromisoformat(value)}

    def read(self, answers):
        return answers[""].isoformat() if answers[""] else None

    def words(self, question, value):
        day = date.fromisoformat(value)
        return in_words(day, day)


class Days(Kind):
    def fields(self, question):
        return {"": RowsOfDaysField(rows=min(question.most or USUAL_ROWS, MOST_ROWS), required=False)}

    def initial(self, value):
        return {"": as_typed(spans_of(value))}

    def read(self, answers):
        spans = [
            {"name": name, "from": first.isoformat(), "to": last.isoformat()} for name, first, last in answers[""] or []
        ]
        return spans or None

    def texts(self, answers):
        return [name for name, _, _ in answers.get("") or [] if name]

    def words(self, question, value):
        spans = [(name, in_words(first, last)) for name, first, last in spans_of(value)]
        return "\n".join(f"{name}: {days}" if name else days for name, days in spans)


class SomebodyToContact(Kind):
    def fields(self, question):
        return {
            "": forms.CharField(label="Name", max_length=120, required=False),
            "_relationship": forms.CharField(label="Who they are to the person", max_length=60, required=False),
            "_phone": forms.CharField(label="Phone", max_length=30, required=False),
        }

    def initial(self, value):
        return {"": value["name"], "_relationship": value["relationship"], "_phone": value["phone"]}

    def read(self, answers):
        if not any(answers.values()):
            return None
        if not answers[""]:
            raise ValueError("Enter the name as well")
        if not answers["_relationship"]:
            raise ValueError("Enter who they are to the person as well")
        return {"name": answers[""], "relationship": answers["_relationship"], "phone": answers["_phone"]}

    def words(self, question, value):
        return "\n".join(filter(None, (f"{value['name']}, {value['relationship']}", value["phone"])))


KINDS: dict[str, Kind] = {
    "line": Line(),
    "words": Words(),
    "yes_no": YesNo(),
    "one_of": OneOf(),
    "some_of": SomeOf(),
    "number": Number(),
    "date": Day(),
    "dates": Days(),
    "person": SomebodyToContact(),
}


def kind_of(question: Question) -> Kind:
    return KINDS[question.kind]


def spans_of(value) -> list[tuple[str, date, date]]:
    """(name, first, last) of what is kept of several days."""
    return [(span["name"], read_day(span["from"]), read_day(span["to"])) for span in value or []]


def offers_none(question: Question) -> bool:
    """Whether “None” may be ticked beside it: where it has to be answered and “none” is an answer (LEI-13)."""
    return question.must and question.none_is_an_answer and kind_of(question).takes_none


def means_none(question: Question, value) -> bool:
    """ "N/A" typed is “None” as well."""
    typed = value if isinstance(value, str) else ""
    return offers_none(question) and typed.strip().lower() in NONE_TYPED


def please(question: Question) -> str:
    """What to do about a question that was left blank, naming it."""
    kind, label = kind_of(question), question.label.strip()
    asked = f"an answer to “{label}”" if label.endswith("?") else f"“{label}”"
    none = ", or tick “None”" if offers_none(question) else ""
    return f"{kind.verb} {asked}{none}"
