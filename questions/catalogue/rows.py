"""The words on a row of a list, as `templates/catalogue/rows.html` shows them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from questions.models import Progress, Question, TaggedQuestion
from questions.models.visibility import Viewer

from .selection import Selection


@dataclass(slots=True)
class QuestionRow:
    """A question as the list shows it to one learner.

    `pk` is a text, since a template takes pains to write a number.
    """

    pk: str
    title: str
    href: str = ""
    meta: list[str] = field(default_factory=list)
    mastered: bool = False
    starred: bool = False
    changed: bool = False

    def mark(self, progress: Progress, question: Question) -> None:
        """With what the learner's progress says."""
        self.mastered, self.starred = progress.mastered, progress.starred
        self.changed = progress.changed_since_mastered(question)


def rows_of(questions: Sequence[Question], selection: Selection) -> list[QuestionRow]:
    """Two queries, however many questions."""
    query = selection.chosen.query()
    tags = tag_names(questions)
    progress = progress_of(selection.user, questions)
    rows = []
    for question in questions:
        row = row_of(question, query)
        row.meta = [*tags[question.pk], *details(question)]
        if question.pk in progress:
            row.mark(progress[question.pk], question)
        rows.append(row)
    return rows


def row_of(question: Question, query: str = "") -> QuestionRow:
    address = question.get_absolute_url()
    href = f"{address}?{query}" if query else address
    return QuestionRow(str(question.pk), question.title, href)


def details(question: Question) -> list[str]:
    """What stands beside the tags; the status where it is not published."""
    is_published = question.status == Question.Status.PUBLISHED
    status = "" if is_published else question.get_status_display()
    return [*filter(None, (status, question.get_difficulty_display(), question.applies_to))]


def tag_names(questions: Sequence[Question]) -> defaultdict[int, list[str]]:
    names = defaultdict(list)
    tagged = TaggedQuestion.objects.filter(content_object__in=questions).order_by("tag__name")
    for pk, name in tagged.values_list("content_object", "tag__name"):
        names[pk].append(name)
    return names


def progress_of(user: Viewer, questions: Sequence[Question]) -> dict[int, Progress]:
    """By question; a visitor has none."""
    if not user.is_authenticated:
        return {}
    mine = Progress.objects.filter(user=user, question__in=questions)
    return {row.question_id: row for row in mine.only("question", "mastered_at", "starred")}
