"""Forms on the pages of learners."""

from typing import Any

from django import forms

from questions.models import StudySettings
from questions.models.plan import MOST_NEW, MOST_REVIEWS, time_zones
from questions.scheduling.days import LATEST_START

HOURS = [(hour, f"{hour:02}:00") for hour in range(24)]
# Abbreviations and aliases of old, which no form offers.
ALIASES = ("Etc/", "SystemV/")
ZONES = [name for name in time_zones() if "/" in name and not name.startswith(ALIASES)]


class SettingsForm(forms.ModelForm):
    class Meta:
        model = StudySettings
        fields = (
            "new_per_day",
            "reviews_per_day",
            "retention",
            "buttons",
            "timer",
            "fuzz",
            "time_zone",
            "day_start",
        )
        widgets = {
            "new_per_day": forms.NumberInput({"max": MOST_NEW}),
            "reviews_per_day": forms.NumberInput({"max": MOST_REVIEWS}),
            "buttons": forms.RadioSelect,
            "retention": forms.NumberInput({"step": "0.01", "min": "0.7", "max": "0.97"}),
            "day_start": forms.Select(choices=HOURS[: LATEST_START + 1]),
        }
        help_texts = {
            "new_per_day": "How many questions that you have never studied are added each day.",
            "reviews_per_day": ("More wait for the next day. Questions that are new today do not count."),
            "time_zone": "Your days and due dates follow it. Check that it is yours.",
            "day_start": "Studying past midnight still belongs to the evening.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = self.instance.time_zone
        names = ["UTC", *ZONES] if own in {"UTC", *ZONES} else ["UTC", own, *ZONES]
        choices = [(name, name.replace("_", " ")) for name in names]
        self.fields["time_zone"].widget = forms.Select(choices=choices)


class DeleteForm(forms.Form):
    """Nobody deletes an account by a slip."""

    username = forms.CharField(label="Your username", widget=forms.TextInput({"autocomplete": "off"}))

    def __init__(self, *args: Any, expected: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.expected = expected

    def clean_username(self) -> str:
        if self.cleaned_data["username"] != self.expected:
            raise forms.ValidationError("That is not your username.")
        return self.expected
