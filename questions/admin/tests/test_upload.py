"""Loading a document in the browser."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from prep.tests.pages import html_of
from questions.admin.upload import LIMIT
from questions.models import Load, PendingUpload, Question, Source
from questions.readers.formats import FORMATS

PAGE = "/admin/questions/load/upload/"
TEXT = "## What is a queue?\n\n### Answer\nA line of jobs.\n\n## What is a stack?\n\n### Answer\nA pile of jobs.\n"


def upload(client, **data):
    return client.post(PAGE, {"source": "Lines", "format": "", "tags": "", **data})


def document(content=TEXT, name="lines.md"):
    return SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)


def confirm(client, response):
    return client.post(
        re.search(r'action="(/admin/questions/load/upload/\d+/)"', response.content.decode())[1], follow=True
    )


def test_the_page_takes_the_formats_from_the_registry(as_):
    page = as_("curator").get(PAGE).content.decode()
    assert "<p>Copied articles, Markdown and JSON are read." in page
    accepted = re.search(r'type="file"[^>]* accept="([^"]+)"', page)[1]
    assert accepted == ".json,.markdown,.md,.text,.txt"
    for name, format in FORMATS.items():
        assert f'<option value="{name}">{format.label}</option>' in page


def test_what_would_be_loaded_is_shown_and_nothing_stored(as_):
    response = upload(as_("curator"), document=document())
    page = html_of(response)
    assert response.status_code == 200
    assert "2 new, 0 changed, 0 unchanged, 0 kept as edited here, 0 missing from the document." in page
    assert "<td>What is a queue?</td>" in page
    assert (Question.objects.count(), Load.objects.count(), PendingUpload.objects.count()) == (0, 0, 1)


def test_confirming_loads_it(as_, cast):
    client = as_("curator")
    response = upload(client, text=TEXT, tags="Jobs", publish="on", public="on")
    done = confirm(client, response)
    assert [str(message) for message in done.context["messages"]] == ["Loaded Lines: 2 new."]
    question = Question.objects.get(title="What is a queue?")
    assert (question.status, question.shown_answer.answer, list(question.tags.names())) == (
        "published", "A line of jobs.", ["Jobs"]
    )  # fmt: skip
    assert Source.objects.get().public
    assert Load.objects.get().user == cast["curator"]
    assert not PendingUpload.objects.exists()


def test_loading_it_again_shows_what_changed(as_):
    client = as_("curator")
    confirm(client, upload(client, document=document()))
    same = upload(client, document=document()).content.decode()
    assert "nothing would change" in same
    changed = upload(client, document=document(TEXT.replace("A pile", "A heap"))).content.decode()
    assert "0 new, 1 changed, 1 unchanged" in changed
    assert "<td>answer</td>" in changed


@pytest.mark.parametrize("data, message", [
    ({}, "Choose a file or paste text."),
    ({"text": "## A?\nB", "document": document()}, "Choose a file or paste text, not both."),
    ({"document": document("\0\1\2" * 50, "lines.bin")}, "lines.bin"),
    ({"text": "Nothing to see."}, "Pasted text"),
    ({"document": document(TEXT), "tags": "x" * 101}, "has more than 100 characters."),
])  # fmt: skip
def test_what_cannot_be_read_is_said_beside_the_field(as_, data, message):
    response = upload(as_("curator"), **data)
    assert response.status_code == 422
    assert message in "".join(re.findall(r'<ul class="errorlist.*?</ul>', response.content.decode(), re.S))
    assert not PendingUpload.objects.exists()


def test_too_large_a_document_is_refused_unread(as_):
    client = as_("curator")
    response = client.generic(
        "POST", PAGE, b"", content_type="multipart/form-data; boundary=x", CONTENT_LENGTH=str(LIMIT * 2)
    )
    assert response.status_code == 413
    assert "The document is larger than 10 MiB." in response.content.decode()


def test_a_document_just_too_large_is_refused(as_):
    response = upload(as_("curator"), document=document(b"x" * (LIMIT + 1)))
    assert response.status_code == 422
    assert "The document is larger than 10 MiB." in response.content.decode()


def test_the_token_of_the_form_is_checked(cast):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(cast["curator"])
    assert upload(client, text=TEXT).status_code == 403
    assert client.get(PAGE).status_code == 200


def test_a_pending_document_is_its_curators_alone_and_forgotten_after_a_day(as_, cast):
    response = upload(as_("curator"), document=document())
    assert confirm(as_("administrator"), response).status_code == 404
    PendingUpload.objects.update(at=timezone.now() - timedelta(days=2))
    upload(as_("administrator"), document=document())
    assert [pending.user for pending in PendingUpload.objects.all()] == [cast["administrator"]]
    assert as_("curator").get(PAGE + "1/").status_code == 302
