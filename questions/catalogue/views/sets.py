"""Question sets: all that somebody sees, and one with its questions in order."""

from dataclasses import dataclass

from django.db.models import Count, F, FilteredRelation, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from questions.models import Question, QuestionSet
from questions.models.visibility import Viewer

from ..answers import may_edit
from ..choices import FilterChoices, set_choice
from ..filters import Filter
from ..listing import COLUMNS
from ..rows import rows_of
from ..selection import Selection


@dataclass(frozen=True, slots=True)
class SetStanding:
    """How many of a set's questions somebody sees, and how many of those they have mastered."""

    set: QuestionSet
    total: int
    mastered: int


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    sets = QuestionSet.objects.visible_to(request.user).select_related("owner")
    ordered = sets.order_by(F("owner__name").asc(nulls_first=True), "position", "pk")
    standings = standings_of(list(ordered), request.user)
    return render(request, "catalogue/sets.html", {"standings": standings})


@require_safe
def detail(request: HttpRequest, name: str) -> HttpResponse:
    sets = QuestionSet.objects.visible_to(request.user).named(name)
    found = sets.select_related("owner").first()
    if found is None:
        raise Http404
    selection = selection_of(found, request.user)
    rows = rows_of(list(selection.listed().only(*COLUMNS)), selection)
    unmastered = (row for row in rows if not row.mastered)
    context = {
        "set": found,
        "rows": rows,
        "mastered": sum(row.mastered for row in rows),
        "next": next(unmastered, None),
        "list": selection.chosen.address(),
        "edits": may_edit(request.user, found),
    }
    return render(request, "catalogue/set.html", context)


def standings_of(sets: list[QuestionSet], user: Viewer) -> list[SetStanding]:
    """One query, however many sets."""
    mine = FilteredRelation("progress", condition=Q(progress__user=user.pk))
    listed = Question.objects.listed_for(user).filter(set_entries__set__in=sets)
    by_set = listed.annotate(mine=mine).order_by().values_list("set_entries__set")
    numbers = {}
    for pk, total, mastered in by_set.annotate(Count("pk"), Count("mine__mastered_at")):
        numbers[pk] = (total, mastered)
    return [SetStanding(row, *numbers.get(row.pk, (0, 0))) for row in sets]


def selection_of(found: QuestionSet, user: Viewer) -> Selection:
    """The set as a filter of the list, whose addresses its questions carry."""
    filter_choices = FilterChoices(sets={found.name: set_choice(found)})
    return Selection(user, Filter(set=found.name), filter_choices)
