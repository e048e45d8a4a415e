"""The way of an answer to the learner who asked for it, in a real browser."""

import pytest

from questions.models import Flag
from questions.tests import factories

PHONE = {"width": 360, "height": 740}


@pytest.fixture
def flags(cast):
    made = []
    for at, question in enumerate(factories.questions(3)):
        flag = Flag.objects.put(user=cast["member"], question=question, kind="typo", text="Look here.")
        if at:
            flag.close("Thank you. It is mended.", by=cast["curator"])
        made.append(flag)
    return made


@pytest.mark.parametrize("javascript", [True, False])
def test_answers_are_told_found_and_read(new_page, sign_in, flags, javascript):
    page = new_page(javascript=javascript)
    sign_in(page, "member")
    page.goto("/")
    assert "Curators answered 2 of your flags." in page.locator("main").inner_text()
    page.click("text=Read the answers")
    assert page.locator("h1").inner_text() == "Your flags"
    assert page.locator(".badge").count() == 2
    page.get_by_role("button", name="Mark as read").click()
    assert page.get_by_role("status").inner_text() == "Marked as read."
    assert page.locator(".badge").count() == page.get_by_role("button", name="Mark as read").count() == 0
    page.click("text=Change or withdraw it")
    page.get_by_role("button", name="Withdraw it").click()
    assert page.locator("h1").inner_text() == "Your flags"
    assert page.locator(".flag").count() == 2
    page.goto("/")
    assert "answered" not in page.locator("main").inner_text()
    page.goto(flags[1].question.get_absolute_url())
    page.click("text=All your flags")
    assert page.locator("h1").inner_text() == "Your flags"


@pytest.mark.parametrize("path", ["/questions/flags/", "/questions/flags/?page=9", "/"])
@pytest.mark.parametrize("viewport", [PHONE, {"width": 1200, "height": 900}])
def test_it_is_accessible_and_fits(new_page, sign_in, flags, axe, path, viewport):
    page = new_page(viewport=viewport)
    sign_in(page, "member")
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") == viewport["width"]
    axe(page)
