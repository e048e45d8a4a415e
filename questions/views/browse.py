"""Finding and reading questions."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from questions.models import Question


def index(request: HttpRequest) -> HttpResponse:
    return render(request, "home.html")


def detail(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, "home.html", {"question": get_object_or_404(Question.objects.visible_to(request.user), pk=pk)})
