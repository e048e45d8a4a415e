"""What the pages of one session have in common: whose it is, what it is about, and what they show."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property, wraps
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from questions.catalogue import lookups
from questions.catalogue.choices import filter_choices_of
from questions.catalogue.filters import whole
from questions.catalogue.pool import Pool
from questions.catalogue.selection import Selection, everything, listed_filter
from questions.learner.requests import learner
from questions.models import Question, StudySession, StudySettings

from ..options import Options, options_of, study_path
from ..sessions import open_session

Mode = StudySession.Mode
View = Callable[..., HttpResponse]


def learners_only(view: View) -> View:
    """Everybody else signs in and comes back to the session, never to an address that only takes forms."""

    @wraps(view)
    def guarded(request: HttpRequest, pk: int, **named: Any) -> HttpResponse:
        if request.user.is_authenticated:
            current = sitting_or_404(learner(request), pk)
            return view(request, current, **named)
        return redirect_to_login(reverse("study:session", args=[pk]))

    return guarded


def sitting_or_404(user: User, pk: int) -> "CurrentSession":
    session = open_session(user, pk) if pk < 2**63 else None
    if session is None:
        raise Http404
    return CurrentSession(session, timezone.now())


@dataclass
class CurrentSession:
    """A session in the hands of its learner."""

    session: StudySession
    now: datetime

    @property
    def user(self) -> User:
        """With the settings and the plan."""
        return self.session.user

    @property
    def path(self) -> str:
        return reverse("study:session", args=[self.session.pk])

    def reveal_path(self, question: int, shown: Mapping[str, str]) -> str:
        """Where the answer is. `shown` has the number of the review to be, and when the question was shown."""
        kept = self.kept(shown)
        path = reverse("study:reveal", args=[self.session.pk, question])
        return f"{path}?{urlencode(kept)}" if kept else path

    @staticmethod
    def kept(shown: Mapping[str, str]) -> dict[str, str]:
        """What of it makes sense."""
        number, seen = shown.get("number", ""), shown.get("shown", "")
        return ({"number": number} if whole(number) else {}) | ({"shown": seen} if moment(seen) else {})

    @property
    def settings(self) -> StudySettings:
        return StudySettings.of(self.user)

    @cached_property
    def options(self) -> Options:
        return options_of(self.session)

    @cached_property
    def selection(self) -> Selection:
        """Without a filter, nothing needs to be looked up."""
        if not self.session.query:
            return everything(self.user)
        known = replace(
            everything(self.user),
            filter_choices=filter_choices_of(self.user, vars(self.session)["catalogue"] or 0),
        )
        return replace(known, chosen=listed_filter(QueryDict(self.session.query), known))

    @property
    def pool(self) -> Pool:
        return self.selection.pool

    @property
    def again(self) -> str:
        """Where another one like it starts: an address that can be shared."""
        chosen = [] if self.session.mode == Mode.INTERVIEW else self.selection.chosen.pairs()
        query = urlencode([*chosen, *self.options.pairs()])
        return f"{study_path()}{'?' if query else ''}{query}"

    @property
    def crams(self) -> bool:
        return self.session.mode == Mode.CRAM

    def opened(self, question: int | None) -> lookups.QuestionPage | None:
        """What the learner sees and knows of a question; None where there is none that they may open."""
        with suppress(Question.DoesNotExist):
            return lookups.question_page(self.user, question) if question else None
        return None

    def question(self, value: str) -> Question | None:
        """The one that a form names, where there is one that the learner may open."""
        with suppress(Question.DoesNotExist):
            return lookups.visible_question(self.user, whole(value) or 0)
        return None


def moment(value: str) -> datetime | None:
    """As a page carries it: seconds since 1970."""
    try:
        return datetime.fromtimestamp(float(value), UTC)
    except (ValueError, OverflowError, OSError):
        return None
