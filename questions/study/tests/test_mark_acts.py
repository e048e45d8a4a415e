"""Every mark is an act, wherever it is made, and Undo takes none back that something builds on."""

import pytest

from questions.catalogue.tests.test_question_list import text
from questions.models import Act, Progress
from questions.study.tests.test_session_pages import begin, fields
from questions.tests import factories

REFUSED = "You did something else with this question since. Undo that first."


@pytest.fixture
def asked(db):
    return factories.question()


@pytest.mark.parametrize("act", ["mastered", "starred"])
def test_a_session_does_not_undo_a_mark_that_was_made_again_on_the_list(as_, asked, act):
    client = as_("member")
    path = begin(client)
    page = client.get(path)
    page = client.post(f"{path}{act}/", fields(page) | {act: "1"}, follow=True)
    for value in ("0", "1"):
        client.post(f"/questions/{asked.pk}/{act}/", {act: value})
    before = Progress.objects.values("mastered_at", "starred").get()
    undone = client.post(f"{path}undo/", fields(page), follow=True)
    assert REFUSED in text(undone)
    assert Progress.objects.values("mastered_at", "starred").get() == before


def test_marks_of_the_list_are_acts_of_no_session(as_, cast, asked):
    client = as_("member")
    sent = [("mastered", "1"), ("starred", "1"), ("starred", "1"), ("mastered", "0"), ("mastered", "0")]
    for act, value in sent:
        client.post(f"/questions/{asked.pk}/{act}/", {act: value})
    acts = Act.objects.order_by("pk")
    assert list(acts.values_list("user", "question", "kind", "session")) == [
        (cast["member"].pk, asked.pk, kind, None) for kind in ("master", "star", "unmaster")
    ]
    assert acts[0].before == {"mastered_at": None}
    assert acts[2].before == {"mastered_at": acts[0].at.isoformat()}
