"""The loader against small JSON documents: what is new, what follows, what stays."""

import io
import json

import pytest

from questions.catalogue import search
from questions.exports import items as exports
from questions.loading.options import LoadOptions
from questions.loading.run import load
from questions.models import (
    Answer,
    Catalogue,
    KeyPoint,
    Load,
    Origin,
    Progress,
    Question,
    SearchDoc,
    Source,
    TaggedQuestion,
)
from questions.readers.items import ReadError

pytestmark = pytest.mark.django_db

WREN = {
    "id": "wren",
    "title": "Where does a wren nest?",
    "answer": "In moss.",
    "tags": ["Birds"],
    "key_points": ["Moss", "Low"],
}
OWL = {"id": "owl", "title": "When does an owl hunt?", "answer": "At dusk.", "difficulty": "easy"}
CROW = {"id": "crow", "title": "What do crows count?", "answer": "Up to four."}


def run(*questions, file="birds.json", dry_run=False, **options):
    stream = io.BytesIO(json.dumps({"questions": questions}).encode())
    return load([(file, stream)], options=LoadOptions(**options), dry_run=dry_run).documents[0]


def sums(report):
    return {
        name: getattr(report, name)
        for name in ("new", "changed", "unchanged", "kept", "missing")
        if getattr(report, name)
    }


def get(key):
    return Question.objects.get(key=key)


def everything():
    models = (Question, Answer, KeyPoint, Origin, Source, TaggedQuestion, SearchDoc)
    return {model: list(model.objects.order_by("pk").values_list()) for model in models}


def test_first_load_makes_drafts_with_all_their_parts():
    assert sums(run(WREN, OWL)) == {"new": 2}
    wren = get("wren")
    assert (wren.status, wren.title, wren.shown_answer.answer) == ("draft", "Where does a wren nest?", "In moss.")
    assert [tag.name for tag in wren.tags.all()] == ["Birds"]
    assert [point.text for point in wren.key_points.all()] == ["Moss", "Low"]
    assert get("owl").difficulty == Question.Difficulty.EASY
    origin = wren.origins.get()
    assert (origin.source.title, origin.number, origin.key, origin.source.public) == ("birds.json", 1, "wren", False)
    assert wren.shown_answer.origin == origin
    assert Load.objects.get().tally == [
        {"file": "birds.json", "source": "birds.json", "skipped": False, "new": 2, "changed": 0, "unchanged": 0,
         "kept": 0, "missing": 0, "warnings": 0}
    ]  # fmt: skip


def test_same_bytes_are_skipped_and_other_options_are_not():
    run(WREN, OWL)
    before = everything()
    again = run(WREN, OWL)
    assert (again.skipped, sums(again)) == (True, {"unchanged": 2})
    assert everything() == before
    tagged = run(WREN, OWL, tags=("wing",))
    assert (tagged.skipped, sums(tagged)) == (False, {"changed": 2})
    assert [tag.name for tag in get("owl").tags.all()] == ["wing"]


@pytest.mark.parametrize(
    ("status", "publish", "first"),
    [("", False, "draft"), ("", True, "published"), ("published", False, "published"), ("draft", True, "published"),
     ("retired", True, "retired")],
)  # fmt: skip
def test_first_status(status, publish, first):
    run(WREN | ({"status": status} if status else {}), publish=publish)
    assert get("wren").status == first


def test_publish_never_publishes_what_a_curator_unpublished():
    run(WREN, publish=True)
    Question.objects.update(status="draft")
    run(WREN, OWL, publish=True)
    assert (get("wren").status, get("owl").status) == ("draft", "published")


def test_untouched_fields_follow_the_document():
    run(WREN, OWL)
    wren = get("wren")
    first_change = wren.answer_changed_at
    moss = wren.key_points.get(text="Moss")
    report = run(
        WREN
        | {"answer": "In moss and ivy.", "tags": ["birds", "nests"], "key_points": ["Low", "Moss, mostly", "Warm"]},
        OWL,
    )
    assert sums(report) == {"changed": 1, "unchanged": 1}
    assert report.entries[0].fields == ("answer", "key_points", "tags")
    wren = get("wren")
    assert wren.shown_answer.answer == "In moss and ivy."
    assert wren.answer_changed_at > first_change
    assert [(point.pk == moss.pk, point.text) for point in wren.key_points.all()] == [
        (False, "Low"), (True, "Moss, mostly"), (False, "Warm")
    ]  # fmt: skip
    assert sorted(tag.name for tag in wren.tags.all()) == ["Birds", "nests"]
    assert list(search.filtered(Question.objects.all(), "ivy")) == [wren]


def test_an_overwritten_row_keeps_its_versions_and_a_new_one_has_none():
    run(WREN, OWL)
    run(WREN | {"answer": "In ivy."}, OWL)
    assert [row.answer for row in get("wren").shown_answer.history.order_by("history_id")] == ["In moss.", "In ivy."]
    assert get("wren").history.count() == 0
    assert get("owl").shown_answer.history.count() == 0


def test_an_edited_field_stays_and_the_incoming_item_waits():
    run(WREN)
    Answer.objects.update(answer="Curated.")
    report = run(WREN | {"answer": "In ivy.", "difficulty": "hard"})
    assert sums(report) == {"kept": 1}
    assert report.entries[0].fields == ("answer",)
    wren = get("wren")
    assert (wren.shown_answer.answer, wren.difficulty) == ("Curated.", Question.Difficulty.HARD)
    origin = wren.origins.get()
    assert (origin.item["answer"], origin.incoming["answer"]) == ("In moss.", "In ivy.")


def test_nothing_waits_any_more_once_the_document_agrees():
    run(WREN)
    Answer.objects.update(answer="Curated.")
    run(WREN | {"answer": "In ivy."})
    assert sums(run(WREN | {"answer": "Curated."})) == {"unchanged": 1}
    assert Origin.objects.get().incoming is None


def test_an_edit_that_the_document_does_not_touch_is_no_conflict():
    run(WREN)
    Answer.objects.update(answer="Curated.")
    assert sums(run(WREN, OWL)) == {"new": 1, "unchanged": 1}
    assert get("wren").shown_answer.answer == "Curated."
    assert get("wren").origins.get().incoming is None


def test_a_missing_item_is_reported_and_retired_only_on_request(cast):
    run(WREN, OWL, publish=True)
    Progress.objects.create(user=cast["member"], question=get("owl"), note="mine")
    assert sums(run(WREN)) == {"unchanged": 1, "missing": 1}
    assert get("owl").status == "published"
    assert get("owl").origins.get().missing_since is not None
    run(WREN, retire_missing=True)
    assert get("owl").status == "retired"
    assert Progress.objects.get().note == "mine"
    assert sums(run(WREN, OWL)) == {"unchanged": 2}
    assert get("owl").origins.get().missing_since is None


def test_a_renamed_item_keeps_its_question():
    without_id = [{key: value for key, value in item.items() if key != "id"} for item in (WREN, OWL, CROW)]
    run(*without_id)
    pks = list(Question.objects.order_by("pk").values_list("pk", flat=True))
    without_id[1] = without_id[1] | {"title": "When does the owl go hunting?"}
    report = run(*without_id)
    assert [(entry.state, entry.fields) for entry in report.entries] == [("renamed", ("title",))]
    assert list(Question.objects.order_by("pk").values_list("pk", flat=True)) == pks
    assert Question.objects.get(pk=pks[1]).title == "When does the owl go hunting?"


def test_titles_that_repeat_are_told_apart_and_exact_doubles_loaded_once():
    items = [
        {"title": "What is a wing?", "answer": "A limb."},
        {"title": "What is a wing?", "answer": "A part of a house."},
    ]
    report = run(*items, items[0])
    assert sums(report) == {"new": 2}
    assert [notice.text for notice in report.notices] == [
        "“What is a wing?” stands in the document twice, word for word; it is loaded once."
    ]
    assert sums(run(*items, OWL)) == {"unchanged": 2, "new": 1}


def test_an_id_used_twice_is_refused_and_nothing_is_stored():
    with pytest.raises(ReadError, match="the id 'wren' is already used"):
        run(OWL, WREN, CROW, WREN | {"title": "Another"})
    assert not Question.objects.exists()
    assert not Load.objects.exists()


def test_a_question_like_one_that_stands_is_pointed_out():
    run(WREN)
    report = run({"title": "Where does the wren nest?", "answer": "Low."}, file="more.json")
    assert report.entries[0].repeats == "Where does a wren nest?"
    assert Origin.objects.get(source__title="more.json").warnings == "May repeat: Where does a wren nest?"


def test_dry_run_tells_the_same_and_stores_nothing():
    run(WREN, OWL)
    Answer.objects.filter(question__key="owl").update(answer="Curated.")
    before, version = everything(), Catalogue.current()
    changed = (WREN | {"title": "Where do wrens nest?"}, OWL | {"answer": "At night."}, CROW)
    planned = run(*changed, dry_run=True)
    assert (everything(), Catalogue.current(), Load.objects.count()) == (before, version, 1)
    done = run(*changed)
    assert sums(planned) == sums(done) == {"changed": 1, "kept": 1, "new": 1}
    assert [(e.state, e.title, e.fields) for e in planned.entries] == [
        (e.state, e.title, e.fields) for e in done.entries
    ]


def test_a_document_of_the_run_that_cannot_be_read_undoes_the_others():
    good = io.BytesIO(json.dumps({"questions": [WREN]}).encode())
    with pytest.raises(ReadError):
        load([("birds.json", good), ("bad.json", io.BytesIO(b"\x00\x01"))], options=LoadOptions())
    assert not Question.objects.exists()


def test_a_question_met_by_its_id_is_not_doubled():
    made = Question.objects.create(key="wren", title="Where does a wren nest?", difficulty=3)
    Answer.objects.create(question=made, answer="Mine.", accepted=True)
    report = run(WREN | {"title": "Where does a wren nest?"})
    assert (sums(report), report.entries[0].fields) == ({"kept": 1}, ("difficulty", "answer", "key_points", "tags"))
    assert Question.objects.count() == 1


def test_a_team_has_its_own_catalogue(team):
    run(WREN)
    run(WREN, owner=team)
    assert list(Question.objects.order_by("pk").values_list("key", "owner")) == [("wren", None), ("wren", team.pk)]


def test_index_equals_a_rebuild_after_loads():
    run(WREN, OWL)
    run(WREN | {"answer": "In ivy."}, CROW)
    kept = list(SearchDoc.objects.order_by("pk").values_list())
    search.rebuild()
    assert list(SearchDoc.objects.order_by("pk").values_list()) == kept


FULL = WREN | {
    "body": "Pick one:\n\n- moss\n- ivy", "wordings": ["Where do wrens live?"], "short": "Moss.", "difficulty": "hard",
    "follow_ups": "- **And owls?** Barns.", "mistakes": "- **In trees.** Rarely.", "status": "published", "applies_to": "Wren 2",
    "verified_on": "2026-01-02", "links": [{"title": "Moss [x]", "url": "https://wren.example/a(b)"}],
    "sources": [{"title": "Notes", "file": "n.txt", "number": 3, "url": "https://notes.example/"},
                {"title": "Talk", "file": "", "number": None, "url": ""}],
    "answers": [{"short": "", "answer": "Said in the talk.", "source": {"title": "Talk", "file": "", "number": None, "url": ""}},
                {"short": "S", "answer": "A curator's.", "source": None}],
}  # fmt: skip


@pytest.mark.parametrize("format", ["json", "markdown"])
def test_an_export_loads_back_byte_for_byte(format):
    run(FULL, OWL | {"status": "retired"}, CROW)
    run({"title": "What is a wing?", "answer": "A limb."}, file="other.json")
    first = "".join(exports.write(Question.objects.all(), format))
    assert "Said in the talk." in first
    Question.objects.all().delete()
    Source.objects.all().delete()
    load([(f"export.{format}", io.BytesIO(first.encode()))], options=LoadOptions())
    assert "".join(exports.write(Question.objects.all(), format)) == first
    again = load([(f"renamed.{format}", io.BytesIO(first.encode()))], options=LoadOptions()).documents[0]
    assert sums(again) == {"unchanged": 4}
