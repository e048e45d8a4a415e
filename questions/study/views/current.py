"""What the pages of one session have in common: whose it is, and which questions it is about."""

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

from accounts.models import User
from questions.catalogue import lookups
from questions.catalogue.filters import Filter, whole
from questions.catalogue.listing import everything_listed
from questions.catalogue.selection import Selection, SessionScope, everything, listed_filter
from questions.learner.context import LearnerContext, learner_context
from questions.learner.requests import user_of
from questions.models import Question, StudySession

from ..options import SessionOptions, options_of, study_address

Mode = StudySession.Mode
View = Callable[..., HttpResponse]


def with_session(view: View) -> View:
    """With the session of the address. Who has not signed in does so and comes back to the
    session, never to an address that only takes forms."""

    @wraps(view)
    def guarded(request: HttpRequest, pk: int, **named: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, session_or_404(user_of(request), pk), **named)
        return redirect_to_login(reverse("study:session", args=[pk]))

    return guarded


def session_or_404(user: User, pk: int) -> "CurrentSession":
    if pk >= 2**63:
        raise Http404
    learner = learner_context(user, session=pk)
    if learner.session is None:
        raise Http404
    return CurrentSession(learner, learner.session)


@dataclass(frozen=True)
class CurrentSession:
    """A session in the hands of its learner."""

    learner: LearnerContext
    session: StudySession

    @property
    def user(self) -> User:
        return self.learner.user

    @property
    def path(self) -> str:
        return reverse("study:session", args=[self.session.pk])

    def reveal_path(self, question: int, fields: Mapping[str, str]) -> str:
        """Where the answer is.

        `fields` has the number of the review to be, and when the question was shown.
        """
        path = reverse("study:reveal", args=[self.session.pk, question])
        query = urlencode(self.valid(fields))
        return f"{path}?{query}" if query else path

    @staticmethod
    def valid(fields: Mapping[str, str]) -> dict[str, str]:
        """What of these fields makes sense."""
        number, shown = fields.get("number", ""), fields.get("shown", "")
        kept = {}
        if whole(number):
            kept["number"] = number
        if moment(shown):
            kept["shown"] = shown
        return kept

    @cached_property
    def options(self) -> SessionOptions:
        return options_of(self.session)

    @cached_property
    def selection(self) -> Selection:
        """Without a filter, nothing needs to be looked up."""
        if not self.session.query:
            return everything(self.user)
        known = everything_listed(self.learner).selection
        return replace(known, chosen=listed_filter(QueryDict(self.session.query), known))

    @property
    def scope(self) -> SessionScope:
        return self.selection.scope

    @property
    def again(self) -> str:
        """Where another one like it starts: an address that can be shared."""
        chosen = self.selection.chosen
        if self.session.mode == Mode.INTERVIEW:
            chosen = Filter()
        return study_address(chosen, self.options)

    @property
    def crams(self) -> bool:
        return self.session.mode == Mode.CRAM

    def question_page(self, question: int | None) -> lookups.QuestionPage | None:
        """What the learner sees and knows of a question; None where they may open none."""
        with suppress(Question.DoesNotExist):
            return lookups.question_page(self.user, question) if question else None
        return None

    def question(self, question: int | None) -> Question | None:
        """What an answer needs of it; None where the learner may open none."""
        with suppress(Question.DoesNotExist):
            return lookups.visible_question(self.user, question) if question else None
        return None


def moment(value: str) -> datetime | None:
    """As a page carries it: seconds since 1970."""
    try:
        return datetime.fromtimestamp(float(value), UTC)
    except (ValueError, OverflowError, OSError):
        return None
