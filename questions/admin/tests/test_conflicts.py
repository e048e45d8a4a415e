"""A document changed what a curator had edited."""

from io import BytesIO

import pytest

from questions.curation.conflicts import conflicts, resolve
from questions.loading.options import LoadOptions
from questions.loading.run import load
from questions.models import Answer, Origin, Question, SearchDoc

FIRST = """## How many retries?
- tags: queues

### Short answer
Three.

### Answer
Three, a minute apart.

### Key points
- Three
- A minute apart
"""


def load_text(text):
    return load([("retries.md", BytesIO(text.encode()))], options=LoadOptions(source="Retries", publish=True))


@pytest.fixture
def origin(db):
    """A curator edited title, short answer and a key point; then the document changed both answers and the points."""
    load_text(FIRST)
    question = Question.objects.get()
    question.title = "How often is a job tried again?"
    question.save()
    answer = question.answers.get()
    answer.short = "Up to three times."
    answer.save()
    question.key_points.filter(text="Three").update(text="Three at most")
    load_text(FIRST.replace("Three.", "Five.").replace("Three, a", "Five, a").replace("- Three", "- Five"))
    return Origin.objects.get()


def test_only_what_both_sides_changed_waits(origin):
    assert [(each.name, each.current, each.incoming) for each in conflicts(origin)] == [
        ("short", "Up to three times.", "Five."),
        ("key_points", "Three at most\nA minute apart", "Five\nA minute apart"),
    ]  # fmt: skip
    assert Answer.objects.get().answer == "Five, a minute apart."


def test_taking_one_field_and_keeping_the_other(origin, cast):
    resolve(origin, take={"short"}, user=cast["curator"])
    question = Question.objects.get()
    answer = question.answers.get()
    assert (question.title, answer.short) == ("How often is a job tried again?", "Five.")
    assert [point.text for point in question.key_points.all()] == ["Three at most", "A minute apart"]
    assert Answer.history.latest("history_id").history_user == cast["curator"]
    assert SearchDoc.objects.get().answer == "Five. Five, a minute apart."
    origin.refresh_from_db()
    assert (origin.incoming, origin.item["short"]) == (None, "Five.")


def test_a_kept_field_stays_kept_when_the_same_document_is_loaded_again(origin, cast):
    resolve(origin, take=set(), user=cast["curator"])
    text = FIRST.replace("Three.", "Five.").replace("Three, a", "Five, a").replace("- Three", "- Five")
    report = load_text(text + "\n")
    assert report.total("kept") == 0
    assert Answer.objects.get().short == "Up to three times."


def test_the_page_shows_both_sides_and_takes_what_was_chosen(as_, origin):
    client = as_("curator")
    address = f"/admin/questions/origin/{origin.pk}/compare/"
    page = client.get(address).content.decode()
    assert "Up to three times." in page
    assert "<ins>Five" in page
    response = client.post(address, {"field-short": "keep", "field-key_points": "take"}, follow=True)
    assert [str(message) for message in response.context["messages"]] == ["Reviewed: took key_points from Retries."]
    assert [point.text for point in Question.objects.get().key_points.all()] == ["Five", "A minute apart"]
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("choice, short", [("take", "Five."), ("keep", "Up to three times.")])
def test_all_at_once(as_, origin, choice, short):
    data = {"all": choice, "field-short": "keep", "field-key_points": "keep"}
    as_("curator").post(f"/admin/questions/origin/{origin.pk}/compare/", data)
    assert Answer.objects.get().short == short
    assert Origin.objects.get().incoming is None


def test_the_list_of_all_that_wait(as_, origin):
    client = as_("curator")
    rows = client.get("/admin/questions/origin/?state=waiting").context["cl"].result_list
    assert list(rows) == [origin]
    data = {"action": "keep_all", "_selected_action": [origin.pk]}
    response = client.post("/admin/questions/origin/", data, follow=True)
    assert [str(message) for message in response.context["messages"]] == ["Reviewed 1 item; nothing was changed."]
    assert Origin.objects.get().incoming is None
    assert Answer.objects.get().short == "Up to three times."


def test_warnings_are_marked_as_checked_in_the_list(as_, origin):
    Origin.objects.update(warnings="Line 3: a flattened table")
    data = {"action": "mark_checked", "_selected_action": [origin.pk]}
    response = as_("curator").post("/admin/questions/origin/", data, follow=True)
    assert Origin.objects.get().warnings == ""
    assert [str(message) for message in response.context["messages"]] == ["The warnings of 1 item are checked."]
