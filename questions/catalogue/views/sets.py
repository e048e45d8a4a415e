"""Question sets: all that somebody sees, and one with its questions in order."""

from dataclasses import dataclass

from django.db.models import Count, F, FilteredRelation, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from questions.models import Question, QuestionSet

from ..answers import may_edit
from ..filters import Filter, FilterChoices, Viewer
from ..listing import COLUMNS, rows_of
from ..selection import Selection


@dataclass(frozen=True, slots=True)
class Standing:
    """A set, how many of its questions somebody sees, and how many of those they have mastered."""

    set: QuestionSet
    total: int
    mastered: int


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    sets = QuestionSet.objects.visible_to(request.user).select_related("owner")
    ordered = sets.order_by(F("owner__name").asc(nulls_first=True), "position", "pk")
    return render(request, "catalogue/sets.html", {"standings": standings(list(ordered), request.user)})


@require_safe
def detail(request: HttpRequest, name: str) -> HttpResponse:
    found = QuestionSet.objects.visible_to(request.user).named(name).select_related("owner").first()
    if found is None:
        raise Http404
    selection = selection_of(found, request.user)
    rows = rows_of(list(selection.listed().only(*COLUMNS)), selection)
    context = {
        "set": found,
        "rows": rows,
        "mastered": sum(row.mastered for row in rows),
        "next": next((row for row in rows if not row.mastered), None),
        "list": selection.chosen.address(),
        "edits": may_edit(request.user, found),
    }
    return render(request, "catalogue/set.html", context)


def standings(sets: list[QuestionSet], user: Viewer) -> list[Standing]:
    """One query, however many sets."""
    mine = FilteredRelation("progress", condition=Q(progress__user=user.pk))
    listed = Question.objects.listed_for(user).filter(set_entries__set__in=sets).annotate(mine=mine).order_by()
    counted = listed.values_list("set_entries__set").annotate(Count("pk"), Count("mine__mastered_at"))
    numbers = {pk: (total, mastered) for pk, total, mastered in counted}
    return [Standing(each, *numbers.get(each.pk, (0, 0))) for each in sets]


def selection_of(found: QuestionSet, user: Viewer) -> Selection:
    """The set as a filter of the list, whose addresses its questions carry."""
    filter_choices = FilterChoices(sets={found.name: (found.pk, found.title, found.description)})
    return Selection(user, Filter(set=found.name), filter_choices)
