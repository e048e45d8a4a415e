"""Question sets in a real browser: studying one, with JavaScript and without, and every page as axe sees it."""

import pytest
from django.utils import timezone

from questions.tests import factories

PHONE = {"width": 360, "height": 740}


@pytest.fixture
def week(cast):
    """Three questions, of which the member has mastered the first."""
    members = factories.questions(3, tags=["sql"], difficulty=2, applies_to="Python 3.13")
    table = "| Day | Subject |\n|---|---|\n| 1 | Locks |"
    made = factories.question_set("week", members[::-1], title="A week", description=f"**Three** questions.\n\n{table}")
    factories.progress(cast["member"], members[2], mastered_at=timezone.now())
    return made


@pytest.mark.parametrize("javascript", [True, False])
def test_a_set_is_studied_from_beginning_to_end(new_page, sign_in, cast, week, javascript):
    page = new_page(javascript=javascript)
    sign_in(page, "member")
    page.goto("/")
    page.click("nav >> text=Sets")
    bar = page.get_by_role("progressbar", name="Mastered of A week")
    assert (bar.get_attribute("value"), bar.get_attribute("max")) == ("1", "3")
    page.click("h2 >> text=A week")
    page.click("text=Continue")
    assert page.locator("h1").inner_text() == "Question 02"
    page.click("a[rel=next]")
    page.wait_for_url("**/?set=week")
    assert page.locator("h1").inner_text() == "Question 01"
    assert page.locator("a[rel=next]").count() == 0
    for question in week.questions.filter(progress=None):
        factories.progress(cast["member"], question, mastered_at=timezone.now())
    page.goto("/sets/week/")
    assert page.get_by_role("progressbar", name="Mastered").get_attribute("value") == "3"
    assert page.locator("ol .state").all_inner_texts() == ["Mastered"] * 3
    page.click("text=Go through it again")
    assert page.locator("h1").inner_text() == "Question 03"


def test_the_keyboard_moves_between_the_questions_of_a_set(page, week):
    page.goto("/sets/week/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/?set=week")
    assert page.locator("h1").inner_text() == "Question 02"


@pytest.mark.parametrize("name", ["visitor", "member", "curator"])
def test_pages_are_accessible_and_fit_a_phone(new_page, sign_in, cast, team, week, axe, name):
    factories.question_set("bare", [], title="Nothing_but_a_title_as_long_as_this_one_" * 3)
    ours = factories.question_set("week", [factories.question(owner=team)], title="Ours", owner=team)
    page = new_page(viewport=PHONE)
    if name != "visitor":
        sign_in(page, name)
    paths = ["/sets/", "/sets/week/"]
    paths += {"visitor": [], "member": ["/sets/bare/", ours.get_absolute_url()], "curator": ["/sets/bare/"]}[name]
    for path in paths:
        assert page.goto(path).status == 200
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"], path
        axe(page)


def test_having_no_sets_is_accessible(page, sign_in, cast, axe):
    for name in ("visitor", "member", "curator"):
        if name != "visitor":
            sign_in(page, name)
        page.goto("/sets/")
        page.locator("h2 >> text=There are no question sets yet").wait_for()
        axe(page)
