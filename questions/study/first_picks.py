"""What a session sets out to ask, settled when it begins."""

from questions.catalogue.lookups import tags_of
from questions.catalogue.selection import SessionScope
from questions.interview.knowledge import fresh_questions
from questions.interview.today import questions_of_today
from questions.learner.context import LearnerContext
from questions.models import Progress, StudySession
from questions.models.visibility import QuestionQuerySet
from questions.scheduling.fsrs import Memory, recall
from questions.scheduling.mixing import mixed, shuffled

from .options import LONGEST

Mode = StudySession.Mode
WEAK = 20
# So many new ones come on top where a session goes beyond the day's limits.
MORE = 10


def new_ones_left(learner: LearnerContext) -> int:
    """How many new questions the learner's day still has."""
    return max(min(learner.settings.new_per_day, LONGEST) - learner.studied_today.new, 0)


def new_ones(learner: LearnerContext, session: StudySession, scope: SessionScope) -> list[int]:
    """What the learner has not begun, within the day's limit or by MORE beyond it."""
    count = new_ones_left(learner)
    if session.more:
        count = min(count + MORE, LONGEST)
    if not count:
        return []
    fresh = fresh_questions(learner, scope)
    if not session.shuffled:
        return _in_order(scope, fresh, count)
    # From a random place on, so that no large catalogue is sorted for ten questions.
    some = _from_somewhere(fresh, session.pk, count * 5)
    return _mixed(shuffled(some, session.pk)[:count])


def _from_somewhere(fresh: QuestionQuerySet, seed: int, count: int) -> list[int]:
    pks = fresh.order_by("pk").values_list("pk", flat=True)
    newest = fresh.order_by("-pk").values_list("pk", flat=True).first() or 0
    start = shuffled(range(0, newest + 1, max(1, newest // 1000)), seed)[0]
    found = list(pks.filter(pk__gte=start)[:count])
    return found + list(pks.filter(pk__lt=start)[: count - len(found)])


def weak_ones(learner: LearnerContext, session: StudySession, scope: SessionScope) -> list[int]:
    """Those the learner would recall worst now."""
    rows = Progress.objects.filter(user=learner.user, last_review__isnull=False)
    rows = rows.in_play(learner.now).filter(scope.contains("question"))
    parameters = learner.settings.values
    recalls = []
    for question, stability, last in rows.values_list("question", "stability", "last_review"):
        memory = Memory(stability=stability, last_review=last)
        recalls.append((recall(memory, learner.now, parameters), question))
    worst = sorted(recalls)[: weak_limit(session.limit)]
    return _mixed([question for _, question in worst])


def weak_limit(limit: int | None) -> int:
    """How many weak ones a session asks at most."""
    return min(limit or WEAK, LONGEST)


def crammed_ones(learner: LearnerContext, session: StudySession, scope: SessionScope) -> list[int]:
    """All of them, begun or not, up to LONGEST."""
    if not session.shuffled:
        return _in_order(scope, scope.questions(), LONGEST)[: session.limit]
    first = scope.questions().order_by("pk").values_list("pk", flat=True)[:LONGEST]
    return shuffled(first, session.pk)[: session.limit]


def asked_ones(learner: LearnerContext, session: StudySession, scope: SessionScope) -> list[int]:
    """By the interview plan."""
    return questions_of_today(learner, scope)[:LONGEST]


PICKS = {
    Mode.DUE: new_ones,
    Mode.WEAK: weak_ones,
    Mode.CRAM: crammed_ones,
    Mode.INTERVIEW: asked_ones,
}


def first_picks(learner: LearnerContext, session: StudySession, scope: SessionScope) -> list[int]:
    return PICKS[Mode(session.mode)](learner, session, scope)


def _in_order(scope: SessionScope, questions: QuestionQuerySet, count: int) -> list[int]:
    """That of the set which the filter names; else the first ones, mixed by tag."""
    if scope.chosen.set:
        ordered = questions.order_by("set_entries__position", "pk")
        return list(ordered.values_list("pk", flat=True)[:count])
    return _mixed(list(questions.order_by("pk").values_list("pk", flat=True)[:count]))


def _mixed(questions: list[int]) -> list[int]:
    return mixed(questions, tags_of(questions))
