from django import forms

from brokerage.design.forms import Choice, Field, GovukForm


class GiveForm(GovukForm):
    submit_text = "Give out"
    broker = forms.ChoiceField(
        label="Who works on them?", widget=forms.RadioSelect, error_messages={"required": "Select a broker"}
    )
    because = forms.CharField(label="Anything they should know (optional)", required=False, max_length=500)

    def __init__(self, *args, loads, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["broker"].choices = [
            Choice(str(each.broker.pk), each.broker.full_name, hint=each.in_words) for each in loads
        ]
        self.brokers = {str(each.broker.pk): each.broker for each in loads}

    def layout(self):
        return [Field.radios("broker", small=True), "because"]

    def clean_broker(self):
        return self.brokers[self.cleaned_data["broker"]]
