"""Documents that come again, edited in every clumsy way: each item finds its own question, and no other."""

import io
import json

import pytest

from questions.catalogue import search
from questions.curation import tags
from questions.loading.options import LoadOptions
from questions.loading.run import load
from questions.models import Answer, Origin, Question, SearchDoc, Source, Tag
from questions.readers.items import ReadError

pytestmark = pytest.mark.django_db

BIRDS = {
    "Where does a wren nest?": "In moss, low above the ground, under roots.",
    "When does an owl hunt?": "At dusk and before dawn, when mice are about.",
    "What do crows count?": "Up to four eggs, and people with guns.",
    "Why do cranes dance?": "Pairs find one another by it each spring.",
}


def markdown(questions, source=""):
    head = f"---\nsource: {source}\n---\n" if source else ""
    return head + "\n".join(f"## {title}\n\n{answer}\n" for title, answer in questions.items())


def run(content, file="birds.md", **options):
    text = content if isinstance(content, str) else json.dumps(content)
    return load([(file, io.BytesIO(text.encode()))], options=LoadOptions(**options)).documents[0]


def sums(report):
    names = ("new", "changed", "unchanged", "kept", "missing")
    return {name: getattr(report, name) for name in names if getattr(report, name)}


def stand():
    """Question's number -> its title and accepted answer."""
    answers = Answer.objects.filter(accepted=True).select_related("question").order_by("question")
    return {answer.question_id: (answer.question.title, answer.answer) for answer in answers}


def reordered(*titles):
    return {title: BIRDS[title] for title in titles}


WREN, OWL, CROW, CRANE = BIRDS


@pytest.mark.parametrize("order", [(OWL, WREN, CROW, CRANE), (CRANE, CROW, OWL, WREN)])
def test_another_order_changes_nothing_but_numbers(order):
    run(markdown(BIRDS))
    before = stand()
    assert sums(run(markdown(reordered(*order)))) == {"unchanged": 4}
    assert stand() == before
    assert list(Origin.objects.order_by("number").values_list("title", flat=True)) == list(order)


def test_a_question_put_in_between_moves_nobody():
    run(markdown(BIRDS))
    before = stand()
    new = {WREN: BIRDS[WREN], "How far does a swift fly?": "Ten months without landing.", **BIRDS}
    assert sums(run(markdown(new))) == {"new": 1, "unchanged": 4}
    assert {pk: texts for pk, texts in stand().items() if pk in before} == before


@pytest.mark.parametrize(
    ("title", "answer", "renamed"),
    [
        ("At what time does an owl go hunting?", BIRDS[OWL], True),
        ("Which hours suit it?", BIRDS[OWL], True),
        ("When does the owl hunt?", "At dusk and before dawn, mostly, when mice are about and run.", True),
        ("When does an eel hunt?", "Never by day; in rivers it waits below stones.", False),
        ("Which hours suit it?", "Never by day; in rivers it waits below stones.", False),
    ],
)
def test_renamed_is_what_still_says_the_same(title, answer, renamed):
    run(markdown(BIRDS))
    owl = Question.objects.get(title=OWL).pk
    changed = {title if old == OWL else old: answer if old == OWL else text for old, text in BIRDS.items()}
    expected = {"changed": 1, "unchanged": 3} if renamed else {"new": 1, "unchanged": 3, "missing": 1}
    assert sums(run(markdown(changed))) == expected
    assert stand()[owl] == ((title, answer) if renamed else (OWL, BIRDS[OWL]))
    assert sums(run(markdown(changed) + "\n")) == {"unchanged": 4, **({} if renamed else {"missing": 1})}


def test_items_with_the_same_title_may_change_places():
    first = {"title": "What is a wing?", "answer": "A limb with feathers that a bird flies by."}
    second = {"title": "What is a wing?", "answer": "A part of a house beside the middle one."}
    third = {"title": "What is a WING?!", "answer": "One side of a party that disagrees with another."}
    run({"questions": [first, second, third]}, "wings.json")
    before = stand()
    assert len(before) == 3
    assert sums(run({"questions": [third, second, first]}, "wings.json")) == {"unchanged": 3}
    assert stand() == before
    longer = second | {"answer": second["answer"] + " Or so."}
    assert sums(run({"questions": [longer, first, third]}, "wings.json")) == {"changed": 1, "unchanged": 2}
    assert sorted(stand()) == sorted(before)


def test_titles_that_only_marks_tell_apart_are_two_questions():
    run(markdown({"What is C++?": "A language of classes and templates.", "What is C#?": "A language of one company."}))
    before = stand()
    changed = {"What is C#?": "A language of one company, open now.", "What is C++?": before[min(before)][1]}
    assert sums(run(markdown(changed))) == {"changed": 1, "unchanged": 1}
    assert [stand()[pk][0] for pk in before] == ["What is C++?", "What is C#?"]


def test_the_same_title_in_two_files_of_a_source_is_two_questions():
    one = markdown({"Overview": "Birds of the garden and the park."}, "Notes")
    two = markdown({"Overview": "How to clean a cage, step by step."}, "Notes")
    report = load([("a.md", io.BytesIO(one.encode())), ("b.md", io.BytesIO(two.encode()))], options=LoadOptions())
    assert [document.new for document in report.documents] == [1, 1]
    before = stand()
    assert sums(run(two.replace("step by step", "one step at a time"), "b.md")) == {"changed": 1}
    assert sums(run(one + "\nAnd of the lake.\n", "a.md")) == {"changed": 1}
    assert {pk: answer.split()[0] for pk, (_, answer) in stand().items()} == {
        pk: answer.split()[0] for pk, (_, answer) in before.items()
    }


def test_a_file_of_a_source_may_be_renamed():
    run(markdown(BIRDS, "Notes"), "old.md")
    assert sums(run(markdown(BIRDS, "Notes") + "\n", "new.md")) == {"unchanged": 4}
    assert set(Origin.objects.values_list("file", flat=True)) == {"new.md"}


def test_an_id_used_in_two_files_of_a_source_is_refused():
    files = [("a.md", "## Wren?\n\n- id: w\n\nMoss.\n"), ("b.md", "\n## Owl?\n\n- id: w\n\nDusk.\n")]
    streams = [(file, io.BytesIO(f"---\nsource: Notes\n---\n{text}".encode())) for file, text in files]
    with pytest.raises(ReadError, match=r"b.md:5: the id 'w' is already used in a.md:4\."):
        load(streams, options=LoadOptions())
    assert not Question.objects.exists()


def test_an_id_that_another_source_gave_to_another_question_takes_nothing_from_it():
    run({"questions": [{"id": "q1", "title": WREN, "answer": BIRDS[WREN]}]}, "a.json")
    report = run({"questions": [{"id": "q1", "title": OWL, "answer": BIRDS[OWL]}]}, "b.json")
    assert sums(report) == {"new": 1}
    assert [notice.text for notice in report.notices] == [
        f"the id 'q1' is that of another question, “{WREN}”; this one gets an id of its own."
    ]
    assert [title for title, _ in stand().values()] == [WREN, OWL]
    assert sums(run({"questions": [{"id": "q1", "title": OWL, "answer": "At night."}]}, "b.json")) == {"changed": 1}


def test_an_id_may_be_a_title_of_another_item():
    items = [{"title": "Wren"}, {"id": "wren", "title": "What is a wren?"}, {"id": "Wren", "title": "Wren or owl?"}]
    assert sums(run({"questions": items}, "w.json")) == {"new": 3}
    assert Question.objects.get(title="What is a wren?").key == "wren"
    assert sums(run({"questions": items[::-1]}, "w.json")) == {"unchanged": 3}


def test_ids_given_later_name_the_questions_that_stand():
    run(markdown(BIRDS))
    before = stand()
    lines = markdown(BIRDS).splitlines(keepends=True)
    given = "".join(f"{line}\n- id: bird-{at}\n" if line.startswith("##") else line for at, line in enumerate(lines))
    assert sums(run(given)) == {"unchanged": 4}
    assert stand() == before
    assert not Origin.objects.filter(key__startswith="=").exists()


def test_an_item_and_its_export_side_by_side_in_one_document_are_refused():
    run(markdown(reordered(WREN)))
    key = Question.objects.get().key
    with pytest.raises(ReadError, match=r"birds.md:5: the id .* is that of .*, which stands in line 1 without it\."):
        run(f"{markdown(reordered(WREN))}\n## Wrens, how do they nest?\n\n- id: {key}\n\nSomewhere.\n")


def test_ids_made_of_titles_are_free_whatever_is_there():
    for at in range(3):
        report = run(markdown({"日本?": "A country."}), source="Notes")
        assert sums(report) == {"new": 1}
        Source.objects.all().delete()
        assert Question.objects.count() == at + 1
    assert len(set(Question.objects.values_list("key", flat=True))) == 3


def test_a_status_that_comes_later_is_followed_unless_a_curator_decided():
    run({"questions": [{"id": "w", "title": WREN}]}, "a.json")
    assert sums(run({"questions": [{"id": "w", "title": WREN, "status": "published"}]}, "a.json")) == {"changed": 1}
    Question.objects.update(status="draft")
    run({"questions": [{"id": "w", "title": WREN, "difficulty": "hard", "status": "published"}]}, "a.json")
    assert Question.objects.get().status == "draft"
    run({"questions": [{"id": "w", "title": WREN, "difficulty": "hard"}]}, "a.json")
    assert Question.objects.get().status == "draft"


def test_ends_of_lines_are_no_edit():
    run(markdown({WREN: "In moss.\n\nOr in ivy."}))
    Answer.objects.update(answer="In moss.\r\n\r\nOr in ivy.\r\n")
    assert sums(run(markdown({WREN: "In moss.\n\nOr in reeds."}))) == {"changed": 1}


def test_a_curated_tag_stays_when_the_document_comes_again():
    item = {"id": "w", "title": WREN, "answer": "Moss.", "tags": ["nests", "birds"]}
    run({"questions": [item]}, "a.json")
    Tag.objects.filter(name="birds").update(name="wild birds")
    tags.merge_tags(Tag.objects.get(name="nests"), into=Tag.objects.create(name="homes"))
    assert sums(run({"questions": [item | {"answer": "Ivy."}]}, "a.json")) == {"changed": 1}
    assert sorted(tag.name for tag in Question.objects.get().tags.all()) == ["homes", "wild birds"]
    report = run({"questions": [item | {"tags": ["nests"]}]}, "a.json")
    assert (sums(report), report.entries[0].fields) == ({"kept": 1}, ("tags",))


def test_a_warning_of_a_repetition_outlives_a_change():
    run(markdown(reordered(WREN)), "a.md")
    run(markdown({WREN: "Low, in ivy."}), "b.md")
    run(markdown({WREN: "Low, in ivy or moss."}), "b.md")
    assert Origin.objects.get(file="b.md").warnings == f"May repeat: {WREN}"


def test_a_document_that_came_back_is_loaded_although_its_bytes_were_known():
    both = {
        "questions": [
            {"id": "w", "title": WREN, "sources": [{"title": "A"}]},
            {"id": "o", "title": OWL, "sources": [{"title": "B"}]},
        ]
    }
    one = {"questions": both["questions"][:1]}
    run(both, "mixed.json")
    assert sums(run(one, "mixed.json")) == {"unchanged": 1, "missing": 1}
    assert Origin.objects.get(key="o").missing_since is not None
    again = run(both, "mixed.json")
    assert (again.skipped, sums(again)) == (False, {"unchanged": 2})
    assert Origin.objects.get(key="o").missing_since is None
    assert run(both, "mixed.json").skipped


def test_another_format_is_another_run():
    text = "1. What is a wren?\n\nA bird.\n\n## What is an owl?\n\nAnother.\n"
    streams = [("birds.txt", io.BytesIO(text.encode())), ("birds.txt", io.BytesIO(text.encode()))]
    load(streams[:1], options=LoadOptions(), format="markdown")
    assert not load(streams[1:], options=LoadOptions(), format="article").documents[0].skipped


def test_what_another_document_still_has_is_not_retired():
    run(markdown(reordered(WREN, OWL)), "a.md", publish=True)
    wren = Question.objects.get(title=WREN)
    other = Source.objects.create(title="b.md")
    Origin.objects.create(source=other, question=wren, key="x", item={"title": WREN}, title=WREN)
    run(markdown(reordered(CROW)), "a.md", retire_missing=True)
    assert dict(Question.objects.values_list("title", "status")) == {
        WREN: "published",
        OWL: "retired",
        CROW: "draft",
    }


def test_further_sources_that_come_later_are_named():
    item = {"id": "w", "title": WREN, "answer": "Moss.", "sources": [{"title": "A", "number": 3}]}
    run({"questions": [item]}, "a.json")
    item["sources"].append({"title": "B", "number": 12, "url": "https://b.example/"})
    run({"questions": [item, {"title": "w 12", "answer": "No.", "sources": [{"title": "B", "number": 1}]}]}, "a.json")
    places = Origin.objects.order_by("source__title", "number").values_list(
        "source__title", "number", "question__title"
    )
    assert list(places) == [("A", 3, WREN), ("B", 1, "w 12"), ("B", 12, WREN)]
    item["answer"] = "Ivy."
    assert sums(run({"questions": [item]}, "a.json")) == {"changed": 1, "missing": 1}
    assert Origin.objects.count() == 3


def test_other_answers_follow_one_by_one_and_none_is_lost():
    others = [{"answer": "A curator's."}, {"answer": "Another one's."}, {"answer": "B's.", "source": {"title": "B"}}]
    item = {"id": "w", "title": WREN, "answer": "Moss.", "answers": others}
    run({"questions": [item]}, "a.json")
    pks = {answer.answer: answer.pk for answer in Answer.objects.all()}
    changed = [others[1], {"answer": "A curator's, longer."}, others[2], {"answer": "A third."}]
    assert sums(run({"questions": [item | {"answers": changed}]}, "a.json")) == {"changed": 1}
    found = {answer.answer: answer.pk for answer in Answer.objects.all()}
    assert {text: pks.get(text) for text in ("Moss.", "Another one's.", "B's.")} == {
        text: found[text] for text in ("Moss.", "Another one's.", "B's.")
    }
    assert found["A curator's, longer."] == pks["A curator's."]
    assert len(found) == 5


def test_the_index_follows_every_kind_of_reload():
    run(markdown(BIRDS), publish=True)
    run(
        markdown({"Where do wrens nest?": BIRDS[WREN], OWL: "At midnight.", "Who sings?": "Larks."}),
        retire_missing=True,
    )
    kept = list(SearchDoc.objects.order_by("pk").values_list())
    search.rebuild()
    assert list(SearchDoc.objects.order_by("pk").values_list()) == kept
