"""What a learner knows of the questions of a plan."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef

from accounts.models import User
from questions.models import InterviewPlan, Progress
from questions.models.progress import MEMORY
from questions.models.visibility import QuestionQuerySet
from questions.scheduling import planning
from questions.scheduling.fsrs import DAY, Memory

# What of a row of Progress makes knowledge.
KNOWN = ("question", "mastered_at", "buried_until", *MEMORY)


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What a learner knows of some questions: how many those are, the memories of the studied ones, which are mastered,
    studied or not, and until when some are buried."""

    questions: int
    memories: dict[int, Memory]
    mastered: frozenset[int]
    buried: dict[int, datetime]

    @classmethod
    def of(cls, questions: int, known: Iterable[tuple[Any, ...]]) -> "Knowledge":
        """`known`: rows of Progress with the columns of KNOWN."""
        rows = list(known)
        return cls(
            questions=questions,
            memories={pk: memory for pk, _, _, *columns in rows if (memory := Memory(*columns)).last_review},
            mastered=frozenset(pk for pk, mastered, *_ in rows if mastered),
            buried={pk: buried for pk, _, buried, *_ in rows if buried},
        )

    @property
    def new(self) -> int:
        """Never studied, though perhaps mastered."""
        return self.questions - len(self.memories)

    def material(self, plan: InterviewPlan, now: datetime, before: datetime | None = None) -> planning.Material:
        """What sessions may ask: nothing mastered. Today's, `before` being the beginning of today, may ask nothing that
        was studied since or is buried."""
        out = self.mastered
        if before:
            out |= {question for question, until in self.buried.items() if until > now}
        known = [
            planning.Item(question, memory.stability, memory.difficulty, (now - last) / DAY, seen=last >= plan.since)
            for question, memory in self.memories.items()
            if question not in out
            and (last := memory.last_review)
            and (before is None or last < before)
            and memory.stability
            and memory.difficulty
        ]
        return planning.Material(known, self.questions - len(self.memories.keys() | out))


def knowledge(user: User, candidates: QuestionQuerySet) -> Knowledge:
    """In two queries. Mastered ones belong to it, for the interviewer asks them as well."""
    # A look at each question begun, not a list of all candidates.
    among = Exists(candidates.order_by().filter(pk=OuterRef("question")))
    rows = Progress.objects.begun_or_buried().filter(among, user=user)
    return Knowledge.of(candidates.order_by().count(), rows.values_list(*KNOWN))


def unbegun(user: User, candidates: QuestionQuerySet, count: int, now: datetime) -> list[int]:
    """The first so many of those that are new and not buried."""
    mine = Progress.objects.filter(user=user, question=OuterRef("pk"))
    fresh = candidates.exclude(Exists(mine.begun() | mine.out_of_play(now))).order_by("pk")
    return list(fresh.values_list("pk", flat=True)[:count])
