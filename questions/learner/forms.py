"""Forms on the pages of learners."""

from datetime import date, timedelta
from typing import Any

from django import forms

from questions.models import Flag, InterviewPlan, Progress, Reminder, StudySettings
from questions.models.plan import MOST_NEW, MOST_REVIEWS, time_zones
from questions.scheduling.days import LATEST_START

MOST_AHEAD = timedelta(days=730)
Choices = list[tuple[str, str | list[tuple[str, str]]]]


class NoteForm(forms.ModelForm):
    class Meta:
        model = Progress
        fields = ("note",)
        widgets = {"note": forms.Textarea({"rows": 4, "id": "note-text"})}
        labels = {"note": "Private note"}


class PlanForm(forms.ModelForm):
    """`choices` are filters as addresses of the list have them, in words; `today` is the learner's."""

    query = forms.ChoiceField(label="Questions", required=False)

    class Meta:
        model = InterviewPlan
        fields = ("day", "query", "minutes")
        widgets = {"day": forms.DateInput({"type": "date"}, format="%Y-%m-%d")}

    def __init__(self, *args: Any, choices: Choices, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today, self.last = today, today + MOST_AHEAD
        self.fields["query"].choices = choices  # type: ignore[attr-defined]
        self.fields["day"].widget.attrs |= {"min": today.isoformat(), "max": self.last.isoformat()}

    def clean_day(self) -> date:
        day = self.cleaned_data["day"]
        if day < self.today:
            raise forms.ValidationError("This day is over. Choose today or a day to come.")
        if day > self.last:
            raise forms.ValidationError("A plan looks two years ahead at most.")
        return day


class FlagForm(forms.ModelForm):
    kind = forms.ChoiceField(choices=Flag.Kind, widget=forms.RadioSelect, label="What is the problem?")

    class Meta:
        model = Flag
        fields = ("kind", "text")
        widgets = {"text": forms.Textarea({"rows": 5})}
        labels = {"text": "In your words"}
        help_texts = {"text": "Say what should be there instead, and how you know."}


HOURS = [(hour, f"{hour:02}:00") for hour in range(24)]
# Places, without abbreviations and aliases of old.
ZONES = [name for name in time_zones() if "/" in name and not name.startswith(("Etc/", "SystemV/"))]


class SettingsForm(forms.ModelForm):
    class Meta:
        model = StudySettings
        fields = ("new_per_day", "reviews_per_day", "retention", "buttons", "timer", "fuzz", "time_zone", "day_start")
        widgets = {
            "new_per_day": forms.NumberInput({"max": MOST_NEW}),
            "reviews_per_day": forms.NumberInput({"max": MOST_REVIEWS}),
            "buttons": forms.RadioSelect,
            "retention": forms.NumberInput({"step": "0.01", "min": "0.7", "max": "0.97"}),
            "day_start": forms.Select(choices=HOURS[: LATEST_START + 1]),
        }
        help_texts = {
            "new_per_day": "How many questions that you have never studied are added each day.",
            "reviews_per_day": "More wait for the next day. Questions that are new today do not count.",
            "time_zone": "Your days and due dates follow it. Check that it is yours.",
            "day_start": "Studying past midnight still belongs to the evening.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = self.instance.time_zone
        names = ["UTC", *([] if mine in {"UTC", *ZONES} else [mine]), *ZONES]
        self.fields["time_zone"].widget = forms.Select(choices=[(name, name.replace("_", " ")) for name in names])


class ReminderForm(forms.ModelForm):
    class Meta:
        model = Reminder
        fields = ("hour",)
        widgets = {"hour": forms.Select(choices=HOURS)}
        labels = {"hour": "Not before"}


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
