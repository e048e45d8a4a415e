"""Curating in a real browser: preview, dragging, upload, and every page of ours without a violation."""

import pytest

from questions.catalogue import search
from questions.curation.editing import editing
from questions.loading.records import record, to_item
from questions.models import Answer, KeyPoint, Origin, Question, Source

LIST = "/admin/questions/question/"


@pytest.fixture
def question(db):
    source = Source.objects.create(title="Queue notes", url="https://notes.example/q")
    question = Question.objects.create(
        key="job-order", title="How does a queue choose the next job?", status="published", difficulty=2,
        mistakes="- **Higher means more urgent.** It is the reverse.", links="[Order](https://wren.example/order)",
    )  # fmt: skip
    origin = Origin.objects.create(source=source, question=question, key="job order", number=1, title=question.title)
    Answer.objects.create(
        question=question, origin=origin, short="Lowest **number** first.", accepted=True,
        answer="A heap ordered by `(priority, arrival)`:\n\n```python\nqueue = Queue()\n```",
    )  # fmt: skip
    for at, text in enumerate(["Lowest number first", "Arrival decides among equals"], start=1):
        KeyPoint.objects.create(question=question, text=text, position=at)
    question.tags.add("queues", "ordering")
    item = record(to_item(question))
    origin.item = item
    origin.incoming = item | {"short": "Lowest number first, then the oldest.", "body": "Equal numbers may occur."}
    origin.warnings = "Line 12: a table was flattened"
    origin.save()
    with editing([question.pk]):
        answer = question.answers.get()
        answer.short = "The lowest **number** first."
        answer.save()
    search.refresh([question.pk])
    return question


def preview_of(page, name):
    return page.locator(f".markdown-editor:has([name='{name}']) .markdown-preview")


def test_the_preview_follows_the_text_in_the_learners_look(page, sign_in, question):
    sign_in(page, "curator")
    page.goto(f"{LIST}{question.pk}/change/")
    preview = preview_of(page, "answers-0-answer")
    preview.locator("pre code").wait_for()
    page.fill("[name='answers-0-answer']", "Now a *list*:\n\n- one\n- two")
    preview.locator("li >> text=two").wait_for()
    assert preview.locator("em").inner_text() == "list"
    border = preview_of(page, "answers-0-short").locator(".short").evaluate("e => getComputedStyle(e).borderLeftWidth")
    assert border == "3px"


def test_a_new_answer_has_a_preview_too(page, sign_in, question):
    sign_in(page, "curator")
    page.goto(f"{LIST}{question.pk}/change/")
    page.click("#answers-group .add-row a")
    page.fill("[name='answers-1-short']", "By **age**.")
    preview_of(page, "answers-1-short").locator("strong >> text=age").wait_for()


def test_tags_are_suggested_after_the_last_comma(page, sign_in, question):
    sign_in(page, "curator")
    page.goto(f"{LIST}add/")
    page.fill("[name=tags]", "queues, o")
    options = page.locator("datalist option")
    assert [option.get_attribute("value") for option in options.all()] == ["queues, ordering"]


def test_key_points_are_dragged(page, sign_in, question):
    sign_in(page, "curator")
    page.goto(f"{LIST}{question.pk}/change/")
    rows = page.locator("#key_points-group tr.has_original")
    rows.nth(1).locator("td.original p").drag_to(rows.nth(0).locator("td.original p"))
    page.click("[name=_continue]")
    page.wait_for_load_state()
    assert list(question.key_points.values_list("text", flat=True)) == [
        "Arrival decides among equals", "Lowest number first"
    ]  # fmt: skip


@pytest.mark.parametrize("javascript", [True, False])
def test_a_document_is_uploaded_looked_at_and_loaded(new_page, sign_in, javascript):
    page = new_page(javascript=javascript)
    sign_in(page, "curator")
    page.goto("/admin/questions/load/upload/")
    content = b"## What is a queue?\n\n### Answer\nA line of jobs.\n"
    page.set_input_files("[name=document]", {"name": "lines.md", "mimeType": "text/markdown", "buffer": content})
    page.click("text=Show what would be loaded")
    page.locator("td >> text=What is a queue?").wait_for()
    page.click("[value='Load it']")
    assert page.locator(".messagelist").inner_text() == "Loaded lines.md: 1 new."
    assert Question.objects.get().title == "What is a queue?"


def test_too_large_a_file_is_said_before_it_is_sent(page, sign_in):
    sign_in(page, "curator")
    page.goto("/admin/questions/load/upload/")
    large = {"name": "large.md", "mimeType": "text/markdown", "buffer": b"x" * (10 * 1024 * 1024 + 1)}
    page.set_input_files("[name=document]", large)
    message = page.locator("[name=document]").evaluate("input => input.validationMessage")
    assert message == "The document is larger than 10 MiB."


def test_curating_without_javascript(plain_page, sign_in, question):
    page = plain_page
    sign_in(page, "curator")
    page.goto(f"{LIST}{question.pk}/change/")
    page.fill("[name='answers-0-short']", "The oldest first.")
    page.fill("[name='key_points-0-position']", "3")
    page.fill("[name=tags]", "queues, jobs")
    page.click("[name=_save]")
    assert "was changed successfully" in page.locator(".messagelist").inner_text()
    assert question.shown_answer.short == "The oldest first."
    assert [point.position for point in question.key_points.all()] == [2, 3]
    assert sorted(question.tags.names()) == ["jobs", "queues"]


PAGES = [
    "/admin/",
    LIST,
    f"{LIST}{{pk}}/change/",
    f"{LIST}{{pk}}/history/",
    f"{LIST}{{pk}}/history/answer/{{version}}/",
    "/admin/questions/origin/?state=waiting",
    "/admin/questions/origin/{origin}/compare/",
    "/admin/questions/tag/",
    "/admin/questions/tag/{tag}/merge/",
    "/admin/questions/source/",
    "/admin/questions/load/",
    "/admin/questions/load/upload/",
    "/admin/questions/questionset/add/",
]


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_accessible(page, sign_in, question, axe, console, path):
    sign_in(page, "curator")
    rows = {"pk": question, "origin": question.origins.get(), "tag": question.tags.first()}
    rows["version"] = Answer.history.earliest("history_id")
    page.goto(path.format(**{name: row.pk for name, row in rows.items()}))
    page.wait_for_load_state("networkidle")
    assert console == []
    axe(page)
    # To read style sheets that import others, as the admin's do, axe itself writes an inline one.
    console.clear()
