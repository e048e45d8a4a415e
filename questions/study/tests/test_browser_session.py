"""A session in a real browser: by keyboard alone, without JavaScript, and as axe sees it."""

import re
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.utils import timezone
from playwright.sync_api import expect

from questions.models import Act, Answer, Flag, Progress, Review, StudySession, StudySettings
from questions.scheduling.fsrs import NEW
from questions.tests import factories

PHONE = {"width": 360, "height": 740}
SESSION = re.compile(r"/study/\d+/$")
TITLES = ("What is a lock?", "What is a join?", "What is a queue?")
LONG = "A_name_that_is_as_long_as_a_line_and_then_some_more_" * 2


@pytest.fixture
def library(new_page, cast):
    """Three questions, new to the member; made after the database has been cleared for the browser."""
    caches["local"].clear()
    StudySettings.objects.create(user=cast["member"], fuzz=False)
    points = ["One thing", "Another thing"]
    return [
        factories.question(title, tags=[tag], answer=f"So says {tag}.\n\n```\n{LONG}\n```", points=points, difficulty=2)
        for title, tag in zip(TITLES, ("locks", "sql", "queues"), strict=True)
    ]


@pytest.fixture
def learner(cast):
    return cast["member"]


def begin(page, sign_in, address="/study/"):
    sign_in(page, "member")
    page.goto(address)
    page.locator("#choices").get_by_role("button", name="Start", exact=True).click()
    page.wait_for_url(SESSION)


def asks(page, title):
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def reveal(page):
    page.keyboard.press("Space")
    expect(page.get_by_role("region", name="Answer")).to_be_focused()


def graded(page, key, title):
    """Reveals, grades with a key, and is at the next heading."""
    reveal(page)
    page.keyboard.press(key)
    asks(page, title)
    expect(page.get_by_role("heading", level=1)).to_be_focused()


def tab_to(page, name):
    for _ in range(20):
        page.keyboard.press("Tab")
        label = "document.activeElement.closest('label') || document.activeElement"
        if page.evaluate(f"({label}).textContent.trim()") == name:
            return
    raise AssertionError(name)


def test_a_whole_session_by_keyboard_alone(page, sign_in, library, learner):
    sign_in(page, "member")
    page.goto("/study/")
    tab_to(page, "Start")
    page.keyboard.press("Enter")
    page.wait_for_url(SESSION)
    asks(page, TITLES[0])
    assert "So says" not in page.content()
    reveal(page)
    expect(page.get_by_role("region", name="Answer")).to_contain_text("So says locks.")
    tab_to(page, "One thing")
    page.keyboard.press("Space")
    expect(page.locator("#suggestion")).to_have_text("Suggested: Hard")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.locator("#suggestion")).to_have_text("Suggested: Good")
    assert page.locator(".grades .best").get_attribute("aria-label") == "Good"
    page.keyboard.press("3")
    asks(page, TITLES[1])
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    assert page.title() == f"{TITLES[1]} · Prep"
    assert page.locator(".run").inner_text().split("\n")[-1].startswith("2 of 3")
    first = Review.objects.get()
    assert (first.rating, len(first.points), first.question_id if hasattr(first, "question_id") else None) == (
        3,
        2,
        None,
    )
    graded(page, "4", TITLES[2])
    page.keyboard.press("n")
    expect(page.get_by_label("Private note")).to_be_focused()
    page.keyboard.type("1 to remember")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#note [role=status]")).to_have_text("Saved.")
    page.keyboard.press("s")
    expect(page.get_by_role("button", name="Star")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("heading", level=1).focus()
    reveal(page)
    page.keyboard.press("1")
    # What was forgotten comes back at once, since nothing else is left.
    expect(page.locator("#session .answer")).to_be_hidden()
    asks(page, TITLES[2])
    page.keyboard.press("m")
    asks(page, TITLES[0])
    expect(page.locator(".run")).to_contain_text("3 of 3")
    page.keyboard.press("m")
    asks(page, "That was the session")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    assert page.locator(".sums dd").all_inner_texts()[:2] == ["2", "1"]
    third = Progress.objects.get(user=learner, question=library[2])
    assert (third.note, third.starred, third.mastered) == ("1 to remember", True, True)
    assert list(Review.objects.order_by("pk").values_list("rating", flat=True)) == [3, 4, 1]


@pytest.mark.parametrize("javascript", [True, False])
def test_by_mouse_with_and_without_javascript(new_page, sign_in, library, learner, javascript):
    page = new_page(javascript=javascript)
    begin(page, sign_in)
    for title, grade in zip(TITLES, ("Good", "Easy", "Easy"), strict=True):
        asks(page, title)
        page.get_by_label("Your answer").fill(f"I think it is {grade}")
        page.get_by_role("button", name="Reveal answer").click()
        expect(page.get_by_role("region", name="Answer")).to_contain_text("So says")
        expect(page.get_by_label("Your answer")).to_have_value(f"I think it is {grade}")
        page.get_by_label("Another thing").check()
        page.get_by_role("button", name=grade, exact=True).click()
    # The first comes back in ten minutes, and nothing else is left.
    asks(page, TITLES[0])
    page.get_by_role("button", name="End the session").click()
    asks(page, "You recalled everything")
    reviews = Review.objects.order_by("pk")
    assert [(row.rating, len(row.points)) for row in reviews] == [(3, 1), (4, 1), (4, 1)]
    assert Progress.objects.filter(user=learner).count() == 3
    page.get_by_role("button", name="Undo").click()
    asks(page, TITLES[2])
    assert Review.objects.standing().count() == 2


@pytest.mark.parametrize("javascript", [True, False])
def test_the_ticks_are_a_button_only_where_no_script_marks_the_best_one(new_page, sign_in, library, javascript):
    page = new_page(javascript=javascript)
    begin(page, sign_in)
    page.get_by_role("button", name="Reveal answer").click()
    page.get_by_label("Another thing").check()
    button = page.get_by_role("button", name="Grade as ticked")
    if javascript:
        expect(page.locator("#suggestion")).to_have_text("Suggested: Hard")
        expect(button).to_be_hidden()
        return
    button.click()
    asks(page, TITLES[1])
    assert list(Review.objects.values_list("rating", flat=True)) == [2]


@pytest.mark.parametrize("javascript", [True, False])
def test_a_note_is_written_beside_the_question(new_page, sign_in, library, learner, javascript):
    page = new_page(javascript=javascript)
    begin(page, sign_in)
    page.get_by_role("link", name="Write a note").click()
    page.get_by_label("Private note").fill("Ask about reentrant ones.")
    page.get_by_role("button", name="Save note").click()
    if javascript:
        expect(page.locator("#note [role=status]")).to_have_text("Saved.")
    asks(page, TITLES[0])
    assert Progress.objects.get(user=learner).note == "Ask about reentrant ones."
    page.reload()
    expect(page.get_by_role("link", name="Your note")).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize("act", ["Skip", "Bury until tomorrow", "Mark as mastered", "Star", "Again"])
def test_undo_after_each_act(new_page, sign_in, library, learner, act, javascript):
    page = new_page(javascript=javascript)
    begin(page, sign_in)
    if act == "Again":
        page.get_by_role("button", name="Reveal answer").click()
    page.get_by_role("button", name=act, exact=True).click()
    asks(page, TITLES[0] if act == "Star" else TITLES[1])
    if act == "Star" and javascript:
        expect(page.get_by_role("button", name="Star")).to_be_focused()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("button", name="Undo")).to_be_hidden()
    asks(page, TITLES[0])
    expect(page.get_by_role("button", name="Star")).to_have_attribute("aria-pressed", "false")
    row = Progress.objects.filter(user=learner).first()
    assert row is None or (row.memory, row.mastered, row.starred, row.buried_until) == (NEW, False, False, None)
    assert not Act.objects.standing().exists()


def test_a_note_is_kept_when_one_goes_on(page, sign_in, library, learner):
    begin(page, sign_in)
    page.keyboard.press("n")
    expect(page.get_by_label("Private note")).to_be_focused()
    page.keyboard.type("Half a thought")
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    page.keyboard.press("k")
    asks(page, TITLES[1])
    page.keyboard.press("u")
    asks(page, TITLES[0])
    page.keyboard.press("n")
    expect(page.get_by_label("Private note")).to_have_value("Half a thought")
    assert Progress.objects.get(user=learner).note == "Half a thought"


@pytest.mark.parametrize("viewport", [PHONE, {"width": 1200, "height": 900}])
def test_a_problem_is_flagged_without_leaving_the_question(new_page, sign_in, library, learner, axe, console, viewport):
    page = new_page(viewport=viewport)
    begin(page, sign_in)
    page.get_by_label("Your answer").fill("My own words")
    page.get_by_role("button", name="Reveal answer").click()
    page.get_by_label("Another thing").check()
    page.get_by_role("link", name="Flag a problem").click()
    expect(page.locator(".flagging [name=kind]").first).to_be_focused()
    axe(page)
    page.keyboard.press("Space")
    page.locator(".flagging textarea").fill("   ")
    page.get_by_role("button", name="Send the flag").click()
    expect(page.locator(".flagging textarea")).to_be_focused()
    expect(page.locator(".flagging")).to_contain_text("required")
    # Chromium tells of every answer above 400.
    console.clear()
    page.locator(".flagging textarea").fill("It is otherwise")
    page.get_by_role("button", name="Send the flag").click()
    expect(page.locator(".flagged")).to_be_focused()
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") == viewport["width"]
    expect(page.get_by_label("Your answer")).to_have_value("My own words")
    expect(page.get_by_label("Another thing")).to_be_checked()
    flag = Flag.objects.get()
    assert (flag.user, flag.kind, flag.text) == (learner, "wrong", "It is otherwise")
    page.keyboard.press("3")
    asks(page, TITLES[1])
    expect(page.locator(".flagged")).to_have_count(0)


def test_what_was_said_of_the_last_act_goes_with_the_next(page, sign_in, library):
    begin(page, sign_in)
    other = page.context.new_page()
    other.goto(page.url)
    for each in (page, other):
        each.get_by_role("button", name="Reveal answer").click()
        each.get_by_role("button", name="Easy").click()
        asks(each, TITLES[1])
    expect(other.get_by_text("graded already")).to_be_visible()
    other.get_by_role("button", name="Reveal answer").click()
    expect(other.get_by_role("region", name="Answer")).to_be_visible()
    expect(other.get_by_text("graded already")).to_have_count(0)


def test_key_points_come_before_a_long_answer(page, sign_in, library):
    Answer.objects.update(short="It protects what is shared.", answer="Word after word. " * 400)
    begin(page, sign_in)
    reveal(page)
    order = page.evaluate("""() => [".short", ".ticks", ".sheet > p"].map(
        each => document.querySelector(each).getBoundingClientRect().top)""")
    assert order == sorted(order)
    # The grades are in sight however long the answer is.
    expect(page.get_by_role("button", name="Again")).to_be_in_viewport()


def test_keys_for_the_other_acts(page, sign_in, library):
    begin(page, sign_in)
    page.keyboard.press("k")
    asks(page, TITLES[1])
    page.keyboard.press("b")
    asks(page, TITLES[2])
    page.keyboard.press("u")
    asks(page, TITLES[1])
    page.keyboard.press("u")
    asks(page, TITLES[0])
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("Bury until tomorrow")
    page.keyboard.press("1")
    page.keyboard.press("Escape")
    page.keyboard.press("1")
    asks(page, TITLES[0])
    page.get_by_label("Your answer").focus()
    page.keyboard.type("ukbms 1234")
    expect(page.get_by_label("Your answer")).to_have_value("ukbms 1234")
    assert not Act.objects.standing().exists()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_double_click_grades_once(new_page, sign_in, library, javascript):
    page = new_page(javascript=javascript)
    begin(page, sign_in)
    page.get_by_role("button", name="Reveal answer").click()
    page.get_by_role("button", name="Easy").dblclick()
    asks(page, TITLES[1])
    assert list(Review.objects.values_list("rating", flat=True)) == [4]


def test_two_tabs_grade_once(page, sign_in, library):
    begin(page, sign_in)
    other = page.context.new_page()
    other.goto(page.url)
    for each in (page, other):
        each.get_by_role("button", name="Reveal answer").click()
    page.get_by_role("button", name="Easy").click()
    asks(page, TITLES[1])
    other.get_by_role("button", name="Again").click()
    expect(other.get_by_role("status").filter(has_text="graded already")).to_be_visible()
    asks(other, TITLES[1])
    assert list(Review.objects.values_list("rating", flat=True)) == [4]


def test_a_session_is_resumed_on_another_device(new_page, sign_in, library):
    page = new_page()
    begin(page, sign_in)
    graded(page, "4", TITLES[1])
    phone = new_page(javascript=False, viewport=PHONE)
    sign_in(phone, "member")
    phone.goto("/study/")
    phone.get_by_role("link", name="Resume").click()
    asks(phone, TITLES[1])
    expect(phone.locator(".run")).to_contain_text("2 of 3")


def test_choosing_changes_what_waits_and_the_address(page, sign_in, library, learner):
    sign_in(page, "member")
    page.goto("/study/")
    page.get_by_text("Choose what and how").click()
    page.get_by_label("Tag").select_option("sql")
    expect(page.locator("#choices h2")).to_have_text("1 new today")
    page.get_by_label("Cram").check()
    expect(page.locator("#about")).to_have_text("sql, cram")
    page.wait_for_url("**/study/?tag=sql&cram=1")
    page.reload()
    expect(page.get_by_label("Cram")).to_be_checked()
    page.get_by_role("button", name="Start with these").click()
    page.wait_for_url(SESSION)
    asks(page, TITLES[1])
    assert StudySession.objects.get().mode == "cram"


def test_what_is_written_stays_on_the_page(page, sign_in, library):
    sent = []
    page.on("request", lambda request: sent.append(request.url + (request.post_data or "")))
    begin(page, sign_in)
    page.get_by_label("Your answer").fill("zebra crossing")
    page.get_by_role("button", name="Reveal answer").click()
    page.get_by_role("button", name="Good").click()
    asks(page, TITLES[1])
    assert not [each for each in sent if "zebra" in each]
    assert any("/grade/" in each for each in sent)
    expect(page.get_by_label("Your answer")).to_have_value("")


@pytest.mark.parametrize("viewport", [PHONE, {"width": 1200, "height": 900}])
def test_pages_are_accessible_and_fit(new_page, sign_in, library, learner, axe, viewport):
    page = new_page(viewport=viewport)

    def fits():
        assert page.evaluate("document.documentElement.scrollWidth") == viewport["width"]
        axe(page)

    sign_in(page, "member")
    factories.question_set("week", library, title=LONG)
    page.goto("/study/?tag=sql&cram=1")
    fits()
    page.goto("/study/settings/")
    fits()
    begin(page, sign_in)
    fits()
    reveal(page)
    page.get_by_label("Another thing").check()
    page.get_by_role("link", name="Write a note").click()
    expect(page.get_by_label("Private note")).to_be_focused()
    fits()
    page.get_by_role("button", name="Again").click()
    asks(page, TITLES[1])
    page.get_by_role("button", name="End the session").click()
    asks(page, "That was the session")
    fits()
    page.goto("/study/")
    fits()
    Progress.objects.update(due=timezone.now() + timedelta(days=3), mastered_at=timezone.now())
    page.goto("/study/?progress=mastered")
    fits()
