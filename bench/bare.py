"""The yardstick: a Django application of one file that signs people in, lists rows and writes one.

What a request costs here is what the framework costs. Run by bench/pages.py, which names the database in BARE_DB.
"""

import os
from typing import Any

import django
from django.conf import settings

LIST = """<!doctype html><title>Items</title><table>{% for item in items %}
<tr><td>{{ item.pk }}<td><a href="/item/{{ item.pk }}/">{{ item.question }}</a><td>{{ item.topic }}<td>{{ item.level }}
<td>{% if item.level > 1 %}<b>hard</b>{% else %}<i>easy</i>{% endif %}</tr>{% endfor %}</table>"""
MARK = '<div id="q{{ pk }}" class="done" data-state="{{ state }}"><span>Mastered</span>' + "<i>x</i>" * 26 + "</div>"
LOGIN = '<form method="post">{% csrf_token %}{{ form }}<button>Sign in</button></form>'
TEMPLATES = {"list.html": LIST, "mark.html": MARK, "registration/login.html": LOGIN}

settings.configure(
    SECRET_KEY="only-for-measuring",
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF="bare",
    USE_TZ=True,
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    LOGIN_REDIRECT_URL="/list/",
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions"],
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": os.environ["BARE_DB"],
            "CONN_MAX_AGE": 600,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            },
        }
    },
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
    ],
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {
                "context_processors": [
                    "django.template.context_processors.request",
                    "django.contrib.auth.context_processors.auth",
                ],
                "loaders": [
                    ("django.template.loaders.cached.Loader", [("django.template.loaders.locmem.Loader", TEMPLATES)])
                ],
            },
        }
    ],
)
django.setup()

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.contrib.auth.views import LoginView
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.db import connection, models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_POST


class Item(models.Model):
    question = models.TextField()
    answer = models.TextField()
    topic = models.CharField(max_length=40, db_index=True)
    level = models.SmallIntegerField()

    class Meta:
        app_label = "bare"


class Mark(models.Model):
    user = models.ForeignKey(User, models.CASCADE)
    item = models.ForeignKey(Item, models.CASCADE)
    state = models.SmallIntegerField()

    class Meta:
        app_label = "bare"
        constraints = [models.UniqueConstraint(fields=["user", "item"], name="one_mark")]


@login_required
def items(request: HttpRequest) -> HttpResponse:
    rows = Item.objects.filter(topic="python").defer("answer").order_by("pk")[:25]
    return render(request, "list.html", {"items": rows})


@login_required
@require_POST
def mark(request: HttpRequest, pk: int) -> HttpResponse:
    row = Mark(user_id=request.user.pk, item_id=pk, state=int(request.POST["state"]))
    Mark.objects.bulk_create([row], update_conflicts=True, unique_fields=["user", "item"], update_fields=["state"])
    return render(request, "mark.html", {"pk": pk, "state": row.state})


urlpatterns: list[Any] = [
    path("list/", items),
    path("mark/<int:pk>/", mark),
    path("accounts/login/", LoginView.as_view()),
]
application = get_wsgi_application()


def fill(count: int) -> None:
    call_command("migrate", verbosity=0)
    with connection.schema_editor() as editor:
        editor.create_model(Item)
        editor.create_model(Mark)
    Item.objects.bulk_create(
        Item(question=f"What is case {at} of {at % 20}, and why does it matter?" * 2, answer="Because. " * 60,
             topic="python" if at % 20 == 0 else f"topic {at % 20}", level=at % 3)
        for at in range(count)
    )  # fmt: skip
    User.objects.create_user("bench", password="bench")


if __name__ == "__main__":
    fill(10_000)
