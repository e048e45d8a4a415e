"""The browser's fixtures themselves."""

import pytest
from django.contrib.auth.models import Group

from accounts.models import CURATORS


@pytest.mark.parametrize("_again", [1, 2])
def test_migrated_rows_survive_every_browser_test(page, _again):
    page.goto("/healthz")
    assert page.inner_text("body").strip() == "ok"
    assert Group.objects.get(name=CURATORS).permissions.exists()


def test_signs_in_one_of_the_cast(page, sign_in):
    sign_in(page, "member")
    page.goto("/")
    assert page.get_by_role("navigation", name="Account").get_by_text("member").is_visible()


def test_knows_the_console_and_the_violations_of_the_policy(page, console):
    page.goto("/")
    page.evaluate("document.body.setAttribute('style', 'color: red')")
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<b style=\"color: red\">red</b>')")
    page.wait_for_function("document.querySelector('b')")
    assert "CSP style-src-attr inline" in console[-1]
    console.clear()
