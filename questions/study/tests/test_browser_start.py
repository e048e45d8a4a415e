"""Studying in a real browser: whole flows, with JavaScript and without."""

import re

import pytest
from django.core.cache import caches
from django.urls import reverse
from playwright.sync_api import expect

from prep.tests.cast import PASSWORD
from questions.models import Progress
from questions.tests import factories

CODE = """Hold it briefly:

```python
with lock:
    total += 1  # nobody else is here
```

| Held | Waiting |
|------|---------|
| one  | many    |
"""


@pytest.fixture
def library(new_page):
    """Twenty-five questions; made after the database has been cleared for the browser."""
    caches["local"].clear()
    made = factories.questions(23, tags=["sql"], difficulty=1)
    lock = factories.question(
        "What does a lock protect?",
        tags=["locks"],
        difficulty=3,
        answer=CODE,
        short="Shared state.",
        points=["Say what is shared", "Hold it briefly"],
        mistakes="- **A lock is free.** Waiting costs time.",
        follow_ups="- **What is a deadlock?** Two wait for each other.",
        links="[Manual](https://example.org/manual)",
        body="```python\ntotal = 0\n```",
        applies_to="Python 3.13",
    )
    return [*made, lock, factories.question("When does a thread wait?", tags=["locks"], difficulty=2)]


def row(page, title):
    return page.locator(".row").filter(has=page.get_by_role("link", name=title))


def pressed(button):
    return expect(button).to_have_attribute("aria-pressed", "true")


def test_reveal_mark_and_star_in_the_list(page, sign_in, cast, library):
    sign_in(page, "member")
    page.goto("/questions/?tag=locks")
    one = row(page, "What does a lock protect?")
    expect(page.get_by_text("Shared state.")).to_have_count(0)
    one.get_by_role("button", name="Reveal answer").click()
    answer = one.get_by_role("region", name="Answer")
    expect(answer).to_be_focused()
    expect(answer).to_contain_text("Shared state.")
    one.get_by_role("button", name="Mark as mastered").click()
    expect(one.get_by_role("button", name="Mastered")).to_be_focused()
    pressed(one.get_by_role("button", name="Mastered"))
    expect(answer).to_be_visible()
    expect(page.get_by_text("1 of 2 mastered")).to_be_visible()
    assert page.get_by_role("progressbar", name="Mastered").evaluate("bar => [bar.value, bar.max]") == [1, 2]
    expect(page.get_by_role("link", name="Mastered 1")).to_be_visible()
    expect(page.get_by_role("link", name="New 1")).to_be_visible()
    one.get_by_role("button", name="Star").click()
    pressed(one.get_by_role("button", name="Star"))
    expect(page.get_by_role("link", name="Starred 1")).to_be_visible()
    one.get_by_role("button", name="Hide answer").click()
    expect(page.get_by_text("Shared state.")).to_have_count(0)
    one.get_by_role("button", name="Mastered").click()
    expect(page.get_by_text("0 of 2 mastered")).to_be_visible()
    mine = Progress.objects.get(user=cast["member"])
    assert (mine.question, mine.mastered, mine.starred) == (library[-2], False, True)


def test_quick_marks_are_all_kept(page, sign_in, cast, library):
    sign_in(page, "member")
    page.goto("/questions/?difficulty=easy")
    buttons = page.get_by_role("button", name="Mark as mastered").all()[:5]
    for button in reversed(buttons):
        button.click()
    expect(page.get_by_role("button", name="Mastered", exact=True)).to_have_count(5)
    page.reload()
    expect(page.get_by_text("5 of 23 mastered")).to_be_visible()
    assert Progress.objects.filter(user=cast["member"]).mastered().count() == 5


def test_search_filter_and_back(page, library):
    page.goto("/questions/")
    expect(page.locator(".row")).to_have_count(20)
    search = page.get_by_role("searchbox", name="Search questions")
    search.press_sequentially("thread")
    expect(page.locator(".row")).to_have_count(1)
    expect(search).to_be_focused()
    expect(page).to_have_url(re.compile(r"/questions/\?q=thread$"))
    expect(page.get_by_text("1 question", exact=True)).to_be_visible()
    page.get_by_role("link", name="locks 1").click()
    expect(page).to_have_url(re.compile(r"/questions/\?q=thread&tag=locks$"))
    expect(page.locator(".row")).to_have_count(1)
    page.go_back()
    expect(page).to_have_url(re.compile(r"/questions/\?q=thread$"))
    page.go_back()
    expect(page.locator(".row")).to_have_count(20)
    expect(page).to_have_url(re.compile(r"/questions/$"))
    expect(page.get_by_role("searchbox")).to_have_value("")


def test_load_more_keeps_the_place(page, sign_in, library):
    sign_in(page, "member")
    page.goto("/questions/")
    row(page, "Question 02").get_by_role("button", name="Reveal answer").click()
    page.get_by_role("link", name="Load more").click()
    expect(page.locator(".row")).to_have_count(25)
    expect(page.get_by_role("link", name="Question 21")).to_be_focused()
    expect(row(page, "Question 02").get_by_role("region", name="Answer")).to_be_visible()
    expect(page.get_by_role("link", name="Load more")).to_have_count(0)
    row(page, "Question 23").get_by_role("button", name="Mark as mastered").click()
    expect(page.get_by_text("1 of 25 mastered")).to_be_visible()


def test_the_page_of_a_question(page, sign_in, cast, library):
    sign_in(page, "member")
    lock = library[-2]
    page.goto(f"/questions/{lock.pk}/?tag=locks")
    expect(page.get_by_role("heading", level=1)).to_have_text("What does a lock protect?")
    expect(page.get_by_text("a good one makes 2 key points")).to_be_visible()
    expect(page.get_by_text("Shared state.")).to_have_count(0)
    page.get_by_role("button", name="Reveal answer").click()
    answer = page.get_by_role("region", name="Answer")
    expect(answer).to_be_focused()
    expect(answer).to_contain_text("Say what is shared")
    follow_up = page.get_by_text("Two wait for each other.")
    expect(follow_up).to_be_hidden()
    page.get_by_text("What is a deadlock?").click()
    expect(follow_up).to_be_visible()
    page.get_by_role("button", name="Mark as mastered").click()
    pressed(page.get_by_role("button", name="Mastered"))
    page.get_by_label("Private note").fill("Ask about reentrant ones.")
    page.get_by_role("button", name="Save note").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    page.reload()
    expect(page.get_by_label("Private note")).to_have_value("Ask about reentrant ones.")
    pressed(page.get_by_role("button", name="Mastered"))
    page.get_by_role("link", name="Next").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("When does a thread wait?")
    page.get_by_role("link", name="Back to the selection").click()
    expect(page.locator(".row")).to_have_count(2)
    assert Progress.objects.get(user=cast["member"]).note == "Ask about reentrant ones."


def test_code_is_copied(page, library):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"/questions/{library[-2].pk}/answer/")
    answer = page.get_by_role("region", name="Answer")
    answer.locator(".code").hover()
    answer.get_by_role("button", name="Copy").click()
    expect(answer.get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == "with lock:\n    total += 1  # nobody else is here\n"


def test_by_keyboard_alone(page, sign_in, cast, library):
    sign_in(page, "member")
    page.goto("/questions/?tag=locks")
    keys = page.keyboard
    keys.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    keys.type("jms?")
    expect(page.get_by_role("searchbox")).to_have_value("jms?")
    expect(page.get_by_text("No question matches")).to_be_visible()
    page.goto("/questions/?tag=locks")
    keys.press("j")
    expect(page.get_by_role("link", name="What does a lock protect?")).to_be_focused()
    keys.press("j")
    keys.press("k")
    keys.press("s")
    pressed(row(page, "What does a lock protect?").get_by_role("button", name="Star"))
    keys.press("r")
    expect(page.get_by_role("region", name="Answer")).to_be_focused()
    keys.press("k")
    keys.press("j")
    keys.press("k")
    keys.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("What does a lock protect?")
    expect(page.get_by_role("button", name="Copy")).to_be_attached()  # the scripts are there
    keys.press("Space")
    expect(page.get_by_role("region", name="Answer")).to_be_focused()
    keys.press("m")
    pressed(page.get_by_role("button", name="Mastered"))
    keys.press("n")
    expect(page.get_by_label("Private note")).to_be_focused()
    keys.type("m]")
    keys.press("Escape")
    keys.press("]")
    expect(page.get_by_role("heading", level=1)).to_have_text("When does a thread wait?")
    page.wait_for_load_state()
    keys.press("[")
    expect(page.get_by_role("heading", level=1)).to_have_text("What does a lock protect?")
    page.wait_for_load_state()
    keys.press("?")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    keys.press("m")
    keys.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    mine = Progress.objects.get(user=cast["member"])
    assert (mine.mastered, mine.starred) == (True, True)


def test_a_visitor_signs_in_and_is_back_at_the_question(page, cast, library):
    page.goto("/questions/?tag=locks")
    row(page, "What does a lock protect?").get_by_role("button", name="Mark as mastered").click()
    page.get_by_label("Username or email").or_(page.locator("[name=login]")).first.fill("member")
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page).to_have_url(re.compile(rf"/questions/{library[-2].pk}/\?tag=locks$"))
    page.get_by_role("button", name="Mark as mastered").click()
    pressed(page.get_by_role("button", name="Mastered"))


def test_a_lost_session_leads_to_signing_in(page, sign_in, library):
    sign_in(page, "member")
    page.goto("/questions/")
    page.context.clear_cookies(name="sessionid")
    row(page, "Question 01").get_by_role("button", name="Mark as mastered").click()
    expect(page).to_have_url(re.compile(r"/accounts/login/\?next=/questions/\d+/$"))


def test_what_fails_says_so(page, sign_in, library, console):
    sign_in(page, "member")
    page.goto("/questions/?tag=locks")
    page.route("**/mastered/", lambda route: route.fulfill(status=500, body="no"))
    row(page, "What does a lock protect?").get_by_role("button", name="Mark as mastered").click()
    expect(page.get_by_role("status").filter(has_text="That did not work.")).to_be_visible()
    console.clear()


def test_without_javascript(new_page, sign_in, cast, library):
    page = new_page(javascript=False)
    sign_in(page, "member")
    page.goto("/questions/")
    page.get_by_role("searchbox", name="Search questions").fill("lock")
    page.get_by_role("button", name="Search").click()
    expect(page.locator(".row")).to_have_count(1)
    page.get_by_role("button", name="Mark as mastered").click()
    expect(page).to_have_url(re.compile(rf"/questions/\?q=lock#q{library[-2].pk}$"))
    pressed(page.get_by_role("button", name="Mastered"))
    expect(page.get_by_text("1 of 1 mastered")).to_be_visible()
    page.get_by_role("button", name="Star").click()
    pressed(page.get_by_role("button", name="Star"))
    page.get_by_role("button", name="Reveal answer").click()
    expect(page).to_have_url(re.compile(rf"/questions/{library[-2].pk}/answer/\?q=lock$"))
    expect(page.get_by_role("region", name="Answer")).to_contain_text("Shared state.")
    page.get_by_label("Private note").fill("Kept.")
    page.get_by_role("button", name="Save note").click()
    expect(page.get_by_text("Note saved.")).to_be_visible()
    expect(page.get_by_label("Private note")).to_have_value("Kept.")
    page.get_by_role("link", name="Back to the selection").click()
    page.get_by_role("link", name="Questions", exact=True).first.click()
    page.get_by_role("link", name="Load more").click()
    expect(page.locator(".row")).to_have_count(5)
    page.goto("/")
    page.get_by_role("link", name="Study", exact=True).last.click()
    expect(page.get_by_role("button", name="Start", exact=True)).to_be_visible()
    page.goto(reverse("questions:detail", args=[library[0].pk]))
    page.get_by_role("button", name="Reveal answer").click()
    page.get_by_role("button", name="Hide answer").click()
    expect(page.get_by_role("button", name="Reveal answer")).to_be_visible()


@pytest.mark.parametrize("width", [360, 1200])
@pytest.mark.parametrize("name", ["visitor", "member"])
def test_every_page_is_accessible_and_fits(new_page, sign_in, axe, console, library, name, width):
    page = new_page(viewport={"width": width, "height": 800})
    if name != "visitor":
        sign_in(page, name)
    lock = reverse("questions:detail", args=[library[-2].pk])
    for path in (
        "/",
        "/questions/",
        "/questions/?q=zebra&tag=sql",
        "/questions/?page=9",
        lock,
        f"{lock}answer/",
        "/nowhere/",
    ):
        page.goto(path)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    page.goto("/questions/?tag=locks")
    row(page, "What does a lock protect?").get_by_role("button", name="Reveal answer").click()
    expect(page.get_by_role("region", name="Answer")).to_be_focused()
    if name == "member":
        row(page, "What does a lock protect?").get_by_role("button", name="Mark as mastered").click()
        pressed(page.get_by_role("button", name="Mastered", exact=True))
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("button", name="Keyboard shortcuts").click()
    axe(page)
    console[:] = [line for line in console if "/nowhere/" not in line]
