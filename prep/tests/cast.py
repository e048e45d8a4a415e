"""The fixed cast: a pytest plugin that every test module may use."""

import atexit
import os
import shutil
import tempfile

# What a run writes, its database included, goes when the run ends.
tempfile.tempdir = tempfile.mkdtemp(prefix="prep-tests-")
atexit.register(shutil.rmtree, tempfile.tempdir, ignore_errors=True)
os.environ.setdefault("SECRET_KEY", "only-for-tests-only-for-tests")
# Playwright's own loop runs in the tests' thread; Django takes it for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

import pytest
from django.test import Client

CAST = ("visitor", "outsider", "member", "team_curator", "team_owner", "curator", "administrator")
PASSWORD = "correct horse battery"


DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup", "live_server"}


def pytest_collection_modifyitems(items):
    """What asks for no database gives the same result on every one."""
    for item in items:
        if not DATABASE_FIXTURES & {*item.fixturenames} and not item.get_closest_marker("django_db"):
            item.add_marker("pure")


@pytest.fixture(autouse=True)
def fast_settings(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def team(db):
    from accounts.models import Team

    return Team.objects.create(name="Wren team", slug="wren")


@pytest.fixture
def cast(team):
    """Name -> user: everybody of CAST but the visitor, who has no account."""
    from accounts.models import Membership, User

    people = {name: User.objects.create_user(name, f"{name}@example.org", PASSWORD) for name in CAST[1:-2]}
    people["curator"] = User.objects.create_user("curator", "curator@example.org", PASSWORD, is_curator=True)
    people["administrator"] = User.objects.create_superuser("administrator", "administrator@example.org", PASSWORD)
    for name, role in (("member", "member"), ("team_curator", "curator"), ("team_owner", "owner")):
        Membership.objects.create(team=team, user=people[name], role=role)
    return people


@pytest.fixture
def as_(cast):
    """as_("curator") is a test client signed in as that one; as_("visitor") is nobody's."""

    def sign_in(name: str) -> Client:
        client = Client()
        if name != "visitor":
            client.force_login(cast[name])
        return client

    return sign_in
