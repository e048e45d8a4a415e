"""The question list and page, as a curator uses them."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from prep.tests.pages import html_of
from questions.catalogue import search
from questions.models import Answer, Catalogue, KeyPoint, Origin, Question, SearchDoc, Source

LIST = "/admin/questions/question/"


@pytest.fixture
def source(db):
    return Source.objects.create(title="Queue notes")


@pytest.fixture
def question(source):
    question = Question.objects.create(key="job-order", title="How is the next job chosen?", status="published")
    origin = Origin.objects.create(source=source, question=question, key="job order", number=1, title=question.title)
    Answer.objects.create(question=question, origin=origin, short="By priority.", answer="Lowest first.", accepted=True)
    KeyPoint.objects.create(question=question, text="Lowest number first", position=1)
    question.tags.add("queues")
    search.refresh([question.pk])
    return question


def posted(question, **changes):
    """What the browser would send for an unchanged page, with CRLF line ends, and some changes."""
    data = {
        "title": question.title, "body": question.body, "status": question.status, "difficulty": "", "tags": "queues",
        "mistakes": "", "follow_ups": "", "links": question.links, "wordings": question.wordings, "applies_to": "",
        "verified_on": "", "key": question.key,
    }  # fmt: skip
    for prefix, rows in (
        ("answers", list(question.answers.all())),
        ("key_points", list(question.key_points.all())),
        ("origins", list(question.origins.all())),
    ):
        data |= {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": len(rows)}
        data |= {f"{prefix}-{at}-id": row.pk for at, row in enumerate(rows)}
    for at, answer in enumerate(question.answers.all()):
        data |= {f"answers-{at}-short": answer.short, f"answers-{at}-answer": answer.answer.replace("\n", "\r\n")}
        data |= {f"answers-{at}-accepted": "on"} if answer.accepted else {}
    for at, point in enumerate(question.key_points.all()):
        data |= {f"key_points-{at}-text": point.text, f"key_points-{at}-position": point.position}
    return data | changes


def save(client, question, **changes):
    response = client.post(f"{LIST}{question.pk}/change/", posted(question, **changes))
    if response.status_code == 200:
        context = response.context
        raise AssertionError([context["errors"], *[form.errors for form in context["inline_admin_formsets"]]])
    question = Question.objects.get(pk=question.pk)
    assert response.status_code == 302
    return question


def make_row(number, source):
    question = Question.objects.create(key=f"row-{number}", title=f"Row {number}?")
    question.tags.add("queues", f"tag {number}")
    Origin.objects.create(source=source, question=question, key=str(number))
    Answer.objects.create(question=question, short="Yes.")
    return question


def test_the_list_takes_the_same_queries_for_any_number_of_rows(as_, source):
    client = as_("curator")
    make_row(1, source)
    client.get(LIST)
    with CaptureQueriesContext(connection) as one:
        client.get(LIST)
    for number in range(2, 6):
        make_row(number, source)
    with CaptureQueriesContext(connection) as five:
        client.get(LIST)
    assert len(five) == len(one)


def test_columns_show_tags_sources_and_number_of_answers(as_, question):
    page = as_("curator").get(LIST).content.decode()
    assert '<td class="field-tagged_with">queues</td>' in page
    assert '<td class="field-sources">Queue notes</td>' in page
    assert '<td class="field-answer_count">1</td>' in page


def found(client, query):
    return [row.title for row in client.get(LIST, query).context["cl"].result_list]


def test_filters(as_, question, source):
    other = make_row(1, source)
    several = make_row(2, source)
    Answer.objects.create(question=several, answer="Or no.")
    other.origins.update(warnings="Line 3: a flattened table", incoming={"title": "Row one?"})
    several.origins.update(missing_since=timezone.now())
    bare = Question.objects.create(key="bare", title="Bare?", difficulty=3)
    client = as_("curator")
    assert found(client, {"tag": "tag-1"}) == ["Row 1?"]
    assert found(client, {"source": source.pk}) == [question.title, "Row 1?", "Row 2?"]
    assert found(client, {"answers": "none"}) == [bare.title]
    assert found(client, {"answers": "one"}) == [question.title, "Row 1?"]
    assert found(client, {"answers": "several"}) == ["Row 2?"]
    assert found(client, {"attention": "yes"}) == ["Row 1?"]
    assert found(client, {"changed": "yes"}) == ["Row 1?"]
    assert found(client, {"changed": "no"}) == [bare.title, question.title, "Row 2?"]
    assert found(client, {"missing": "yes"}) == ["Row 2?"]
    assert found(client, {"status__exact": "published"}) == [question.title]
    assert found(client, {"difficulty__exact": "3"}) == [bare.title]


@pytest.fixture
def of_all_ages(question, team):
    """Published questions verified now, long ago, never and for an older version; a draft, and one of a team."""
    today = timezone.localdate()
    for name, fields in {
        "New?": {"verified_on": today, "applies_to": "Wren 2.4"},
        "Old?": {"verified_on": today - timezone.timedelta(days=366)},
        "Never?": {"applies_to": "every bird"},
        "Behind?": {"verified_on": today, "applies_to": "Wren 2.3"},
        "Draft?": {"verified_on": date(2020, 1, 2), "status": "draft"},
        "Team?": {"verified_on": date(2020, 1, 2), "owner": team},
    }.items():
        Question.objects.create(title=name, key=name.strip("?").lower(), **{"status": "published", **fields})


def test_filter_by_freshness(as_, question, of_all_ages):
    client = as_("curator")
    assert found(client, {"freshness": "stale"}) == ["Behind?", "Never?", "Old?"]
    assert found(client, {"freshness": "fresh"}) == [question.title, "New?"]
    assert found(client, {"freshness": "fresh", "tag": "queues"}) == [question.title]
    assert found(client, {"freshness": "stale", "status__exact": "draft"}) == []
    assert len(found(client, {"freshness": "rotten"})) == 6
    assert found(as_("administrator"), {"freshness": "stale"}) == ["Behind?", "Never?", "Old?", "Team?"]


def test_the_filter_takes_two_queries_more(as_, of_all_ages):
    client = as_("curator")
    client.get(LIST)
    with CaptureQueriesContext(connection) as plain:
        client.get(LIST)
    with CaptureQueriesContext(connection) as filtered:
        client.get(LIST, {"freshness": "stale"})
    assert len(filtered) == len(plain) + 2


def test_columns_show_when_it_was_verified(as_, of_all_ages):
    page = as_("curator").get(LIST, {"status__exact": "draft"}).content.decode()
    assert '<td class="field-verified">2020-01-02</td>' in page


def test_the_first_page_counts_what_is_stale(as_, of_all_ages):
    page = html_of(as_("curator").get("/admin/"))
    assert f'<a href="{LIST}?freshness=stale"> <strong>3</strong> stale: to be verified again </a>' in page


def test_search_reads_the_shown_answer(as_, question, source):
    make_row(1, source)
    assert found(as_("curator"), {"q": "lowest"}) == [question.title]


def test_an_unchanged_page_changes_nothing(as_, question):
    answer = question.answers.get()
    Answer.objects.filter(pk=answer.pk).update(answer="Lowest first.\n\n    indented")
    before = question.history.count(), Answer.history.count()
    saved = save(as_("curator"), question)
    assert (question.history.count(), Answer.history.count()) == before
    assert saved.answer_changed_at == question.answer_changed_at
    assert saved.answers.get().answer == "Lowest first.\n\n    indented"


def test_a_new_text_of_the_accepted_answer_counts_as_changed(as_, question):
    version = Catalogue.current()
    saved = save(as_("curator"), question, **{"answers-0-answer": "\r\nThe oldest of the lowest.\r\nAlways.\r\n"})
    assert saved.answers.get().answer == "The oldest of the lowest.\nAlways."
    assert saved.answer_changed_at > question.answer_changed_at
    assert SearchDoc.objects.get(pk=question.pk).answer == "By priority. The oldest of the lowest.\nAlways."
    assert Catalogue.current() > version


def test_a_new_title_is_found_and_leaves_the_answer_as_it_was(as_, question):
    saved = save(as_("curator"), question, title="Which  job comes next?", tags="queues, Ordering")
    assert saved.title == "Which job comes next?"
    assert saved.answer_changed_at == question.answer_changed_at
    assert SearchDoc.objects.get(pk=question.pk).title == "Which job comes next?"
    assert sorted(tag.name for tag in saved.tags.all()) == ["Ordering", "queues"]


def test_choosing_an_answer_takes_the_choice_from_the_other(as_, question):
    Answer.objects.create(question=question, answer="By age.")
    saved = save(as_("curator"), question, **{"answers-1-accepted": "on"})
    assert list(saved.answers.values_list("answer", "accepted")) == [("By age.", True), ("Lowest first.", False)]
    assert saved.answer_changed_at > question.answer_changed_at


def test_choosing_two_answers_is_refused(as_, question):
    Answer.objects.create(question=question, answer="By age.")
    Answer.objects.create(question=question, answer="By name.")
    data = posted(question, **{"answers-1-accepted": "on", "answers-2-accepted": "on"})
    page = as_("curator").post(f"{LIST}{question.pk}/change/", data)
    assert "Accept one answer only: learners see it first." in page.content.decode()
    assert question.shown_answer.answer == "Lowest first."


def test_a_new_answer_belongs_to_its_author(as_, question, cast):
    changes = {"answers-TOTAL_FORMS": 2, "answers-1-short": "By hand.", "answers-1-answer": ""}
    save(as_("curator"), question, **changes)
    answer = question.answers.get(short="By hand.")
    assert (answer.author, answer.owner, answer.accepted) == (cast["curator"], None, False)


def test_a_new_answer_may_be_accepted_at_once(as_, question):
    changes = {"answers-TOTAL_FORMS": 2, "answers-1-short": "By hand.", "answers-1-accepted": "on"}
    saved = save(as_("curator"), question, **changes)
    assert saved.shown_answer.short == "By hand."
    assert saved.answers.filter(accepted=True).count() == 1


def test_an_empty_answer_is_refused(as_, question):
    data = posted(question, **{"answers-0-short": " ", "answers-0-answer": "\r\n"})
    page = as_("curator").post(f"{LIST}{question.pk}/change/", data).content.decode()
    assert "Write a short answer, a full answer, or both." in page


def test_key_points_are_put_in_order_by_number(as_, question):
    KeyPoint.objects.create(question=question, text="Names starvation", position=2)
    changes = {
        "key_points-0-position": 5,
        "key_points-TOTAL_FORMS": 3,
        "key_points-2-text": "New",
        "key_points-2-position": "",
    }
    saved = save(as_("curator"), question, **changes)
    assert list(saved.key_points.values_list("text", "position")) == [
        ("Names starvation", 2), ("Lowest number first", 5), ("New", 6)
    ]  # fmt: skip


@pytest.mark.parametrize("links, message", [
    ("https://wren.example", "Line 1 is no link. Write it as [Title](https://address): https://wren.example"),
    ("[A](https://a.example)\n[B](ftp://b.example)", "Line 2 is no link."),
])  # fmt: skip
def test_a_wrong_link_says_how_to_mend_it(as_, question, links, message):
    page = as_("curator").post(f"{LIST}{question.pk}/change/", posted(question, links=links))
    assert message in page.content.decode()


def test_lines_are_tidied(as_, question):
    changes = {
        "wordings": " Why did mine wait?\r\n\r\nWhy did  mine wait?\r\nWhat runs next? ",
        "links": "[Order](https://wren.example/order_(a))\r\n",
    }
    saved = save(as_("curator"), question, **changes)
    assert saved.wordings == "Why did mine wait?\nWhat runs next?"
    assert saved.links == "[Order](https://wren.example/order_(a))"


def test_warnings_are_marked_as_checked(as_, question):
    question.origins.update(warnings="Line 3: a flattened table")
    assert "Line 3: a flattened table" in as_("curator").get(f"{LIST}{question.pk}/change/").content.decode()
    save(as_("curator"), question, **{"origins-0-checked": "on"})
    assert question.origins.get().warnings == ""


def test_a_new_question_gets_a_key_of_its_title(as_, question):
    client = as_("curator")
    empty = {
        f"{prefix}-{name}_FORMS": 0 for prefix in ("answers", "key_points", "origins") for name in ("TOTAL", "INITIAL")
    }
    data = {"title": "Job order", "status": "draft", "tags": "", **empty}
    assert client.post(f"{LIST}add/", data).status_code == 302
    made = Question.objects.get(title="Job order")
    assert (made.key, made.owner) == ("job-order-2", None)
    assert SearchDoc.objects.get(pk=made.pk).title == "Job order"


def test_a_taken_key_is_refused(as_, question, source):
    make_row(1, source)
    page = as_("curator").post(f"{LIST}{question.pk}/change/", posted(question, key="row-1"))
    assert "Another question has this id." in page.content.decode()


def test_preview_is_what_learners_see(as_, question):
    address = reverse("admin:questions_question_preview")
    response = as_("curator").post(address, {"text": "**so** <script>x</script>", "kind": "short"})
    assert (
        html_of(response) == '<div class="prose short"><p><strong>so</strong> &lt;script&gt;x&lt;/script&gt;</p></div>'
    )
    assert as_("curator").get(address).status_code == 405
    assert as_("member").post(address, {"text": "x"}).status_code == 302
