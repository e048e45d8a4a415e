"""Rate limits, counted in the database and so by all processes together."""

import os
import subprocess
import sys

import pytest
from django.conf import settings as project
from django.core.cache import cache
from django.db import connection
from django.test import Client
from pytest_django.asserts import assertContains, assertRedirects

from prep.tests.cast import PASSWORD

LOGIN = "/accounts/login/"
TOO_MANY = "Too many failed login attempts. Try again later."
# What another process of the same site does with a sign-in.
ELSEWHERE = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "prep.settings"
import django
django.setup()
from django.test import Client
answer = Client(headers={"host": "localhost"}).post("/accounts/login/", {"login": "member", "password": "%s"})
print(answer.status_code, "Too many failed login attempts" in answer.content.decode())
"""


def database_url():
    """The address of this run's test database."""
    if connection.vendor == "sqlite":
        return f"sqlite:///{connection.settings_dict['NAME']}"
    base = os.environ["DATABASE_URL"]
    path, question, options = base.partition("?")
    return f"{path.rpartition('/')[0]}/{connection.settings_dict['NAME']}{question}{options}"


def test_the_cache_is_the_database_by_default():
    assert project.CACHES["default"]["BACKEND"] == "django.core.cache.backends.db.DatabaseCache"


@pytest.mark.django_db
def test_after_five_wrong_passwords_even_the_right_one_waits(client, cast):
    for _ in range(5):
        assertContains(client.post(LOGIN, {"login": "member", "password": "wrong"}), "not correct")
    assertContains(client.post(LOGIN, {"login": "member", "password": PASSWORD}), TOO_MANY)
    assertRedirects(client.post(LOGIN, {"login": "outsider", "password": PASSWORD}), "/")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM prep_cache WHERE cache_key LIKE '%%login_failed%%'")
        assert cursor.fetchone()[0] > 0


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_attempts_are_counted_over_processes(cast):
    client = Client(headers={"host": "localhost"})
    cache.clear()
    for _ in range(5):
        client.post(LOGIN, {"login": "member", "password": "wrong"})
    environment = {**os.environ, "DATABASE_URL": database_url(), "DEBUG": "1"}
    process = subprocess.run(
        [sys.executable, "-c", ELSEWHERE % PASSWORD],
        env=environment, cwd=project.BASE_DIR, capture_output=True, text=True, check=True,
    )  # fmt: skip
    cache.clear()
    assert process.stdout == "200 True\n"


@pytest.mark.django_db
def test_sign_up_is_limited_and_says_so_in_our_look(client, settings):
    settings.SIGNUP = "open"
    answers = [client.post("/accounts/signup/", {}).status_code for _ in range(21)]
    assert answers == [200] * 20 + [429]
    assertContains(client.post("/accounts/signup/", {}), "Too many attempts", status_code=429)


@pytest.mark.django_db
def test_the_admin_signs_in_through_the_same_limited_page(client, cast):
    target = "/accounts/login/?next=/admin/"
    assertRedirects(client.get("/admin/"), "/admin/login/?next=/admin/", target_status_code=302)
    assertRedirects(client.get("/admin/login/?next=/admin/"), target)
    password = {"username": "administrator", "password": PASSWORD}
    response = client.post("/admin/login/?next=/admin/", password)
    assert response["Location"].startswith("/accounts/login/")
    assert "_auth_user_id" not in client.session
