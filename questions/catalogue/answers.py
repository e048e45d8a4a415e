"""The answers on a page, and what their writers have to know of them."""

from collections.abc import Collection, Iterable
from typing import Any

from questions.models import Answer, Origin, Question, QuestionSet
from questions.models.visibility import Viewer

# Which answer of a question, its short and its full text.
ShownText = tuple[int, str, str]


def may_edit(user: Viewer, row: Question | QuestionSet) -> bool:
    """Whether the admin lets this user change a question or a set."""
    if not user.is_authenticated:
        return False
    return user.is_superuser or (user.is_curator and row.owner_id is None)


def answers(question: Question, user: Viewer) -> dict[str, Any]:
    """What a reader gets of a question once its answer is revealed, for the template.

    `others` pairs each further answer with its origin, None where a curator wrote it.
    """
    visible = list(Answer.objects.visible_to(user).filter(question=question).best_first())
    rows = Origin.objects.visible_to(user).filter(question=question)
    origins = list(rows.select_related("source"))
    return {
        "answer": visible[0] if visible else None,
        "others": with_origins(visible[1:], origins),
        "points": question.key_points.all(),
        "sources": origins,
    }


def with_origins(
    answers: Iterable[Answer],
    origins: Iterable[Origin],
) -> list[tuple[Answer, Origin | None]]:
    by_id = {origin.pk: origin for origin in origins}
    return [(answer, by_id.get(answer.origin_id or 0)) for answer in answers]


def shown_texts(questions: Collection[int]) -> dict[int, ShownText]:
    """Question -> what its owner's readers get as its answer; without those that have none."""
    shown = Answer.objects.shown().filter(question__in=questions)
    texts = shown.values_list("question", "pk", "short", "answer")
    return {question: (pk, short, answer) for question, pk, short, answer in texts}


def changed_since(before: dict[int, ShownText], questions: Collection[int]) -> list[int]:
    """Those of which readers get another answer now, or another text."""
    now = shown_texts(questions)
    return [question for question in questions if before.get(question) != now.get(question)]
