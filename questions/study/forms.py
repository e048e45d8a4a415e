"""The form of the reminders page."""

from django import forms

from questions.learner.forms import HOURS
from questions.models import Reminder


class ReminderForm(forms.ModelForm):
    class Meta:
        model = Reminder
        fields = ("hour",)
        widgets = {"hour": forms.Select(choices=HOURS)}
        labels = {"hour": "Not before"}
