"""The form of the interview plan."""

from datetime import date, timedelta
from typing import Any

from django import forms

from questions.models import InterviewPlan

MOST_AHEAD = timedelta(days=730)


Choices = list[tuple[str, str | list[tuple[str, str]]]]


class PlanForm(forms.ModelForm):
    """`choices` are filters as addresses have them, in words; `today` is the learner's."""

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
