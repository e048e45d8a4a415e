"""List the questions that should be checked again."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from questions.catalogue import freshness
from questions.models import Question


class Command(BaseCommand):
    help = (
        "Lists the published questions that are stale: verified longer ago than STALE_AFTER_DAYS, "
        "never verified although they say what they apply to, or for an older version of a product "
        "than the library names elsewhere. Exits 1 if there are any."
    )

    def handle(self, **_: Any) -> None:
        today = timezone.localdate()
        newest = freshness.newest_versions()
        questions = Question.objects.select_related("owner").order_by("owner__slug", "key")
        found = freshness.stale(questions, today)
        for question in found:
            team = f" (team {question.owner.slug})" if question.owner else ""
            reasons = "; ".join(freshness.reasons(question, today, newest))
            self.stdout.write(f"{question.key}{team}: {reasons}")
        published = Question.objects.filter(status=Question.Status.PUBLISHED).count()
        self.stdout.write(f"{len(found)} of {published} published questions are stale")
        if found:
            raise SystemExit(1)
