import io
import json

import pytest
from django.db import connection

from accounts.models import Team
from questions.catalogue import search
from questions.curation import tags
from questions.curation.bulk_edits import change_all, tag_all, untag_all
from questions.curation.conflicts import resolve
from questions.curation.editing import accept, editing, restore
from questions.loading.options import LoadOptions
from questions.loading.run import load
from questions.models import Answer, Catalogue, Question, SearchDoc, Tag

pytestmark = pytest.mark.django_db


def question(key, title, *, answer="", **fields):
    made = Question.objects.create(key=key, title=title, status="published", **fields)
    Answer.objects.create(question=made, answer=answer, accepted=True)
    search.refresh([made.pk])
    return made


def found(query):
    """Keys as filtered and as ranked: the same ones, whatever the order."""
    by_filter = set(search.filtered(Question.objects.all(), query).values_list("key", flat=True))
    assert {q.key for q in search.ranked(Question.objects.all(), query)} == by_filter
    return by_filter


@pytest.fixture
def birds():
    question("wren", "How does a wren nest?", answer="In **moss**, under _eaves_.")
    question("owl", "When do owls hunt?", wordings="At what time does an owl fly out?", body="`barn` owl")
    question("crane", "Why do cranes dance?", answer="Nesting pairs dance; café")


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("wren", {"wren"}),
        ("WRENS", {"wren"}),
        ("nest", {"wren", "crane"}),
        ("nest danc", {"crane"}),
        ("fly out", {"owl"}),
        ("barn", {"owl"}),
        ("moss", {"wren"}),
        ("eav", {"wren"}),
        ("penguin", set()),
        ("", {"wren", "owl", "crane"}),
        ('"*" NEAR( -- ; \' ) & | !', set()),
        ("!!! ???", {"wren", "owl", "crane"}),
        ("x" * 5000, set()),
    ],
)
def test_query_finds_exactly(birds, query, keys):
    assert found(query) == keys


def test_title_ranks_above_answer(birds):
    question("moss", "What is moss?")
    assert [q.key for q in search.ranked(Question.objects.all(), "moss")] == ["moss", "wren"]


def test_refresh_follows_changes_and_equals_rebuild(birds):
    wren = Question.objects.get(key="wren")
    wren.title = "How does a kestrel hover?"
    wren.save()
    wren.answers.update(answer="Against the wind.")
    search.refresh([wren.pk])
    assert found("moss") == set()
    assert found("kestrel wind") == {"wren"}
    kept = list(SearchDoc.objects.order_by("pk").values_list())
    search.rebuild()
    assert list(SearchDoc.objects.order_by("pk").values_list()) == kept
    wren.delete()
    assert found("kestrel") == set()


def test_only_the_owners_accepted_answer_is_indexed(team):
    made = question("wren", "A question", answer="public words")
    Answer.objects.create(question=made, answer="secretword of the team", owner=team, accepted=True)
    Answer.objects.create(question=made, answer="otherword")
    search.refresh([made.pk])
    assert found("secretword") == set()
    assert found("otherword") == set()
    assert found("public") == {"wren"}


def in_step():
    """Whether the index is what a rebuild makes it, the database's own included."""
    kept = list(SearchDoc.objects.order_by("pk").values_list())
    search.rebuild()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO questions_fts(questions_fts, rank) VALUES ('integrity-check', 1)")
    return kept == list(SearchDoc.objects.order_by("pk").values_list())


def document(**fields):
    item = {"id": "heron", "title": "Where does a heron stand?", "answer": "In water.", "tags": ["ponds"], **fields}
    return json.dumps({"questions": [item]}).encode()


def load_it(owner=None, publish=False, **fields):
    load([("birds.json", io.BytesIO(document(**fields)))], options=LoadOptions(owner=owner, publish=publish))


def load_without():
    other = json.dumps({"questions": [{"id": "crake", "title": "Who calls crake?"}]}).encode()
    load([("birds.json", io.BytesIO(other))], options=LoadOptions(retire_missing=True))


def accept_another(heron):
    answer = Answer.objects.create(question=heron, answer="On one leg.")
    with editing([heron.pk]):
        accept(answer)


def resolve_incoming(heron, user):
    with editing([heron.pk]):
        heron.answers.update(answer="Curated.")
    load_it(answer="In reeds.")
    resolve(heron.origins.get(), take={"answer"}, user=user)


def restore_first(heron):
    load_it(title="Where do herons stand?", answer="Anywhere.")
    restore(heron.history.earliest(), question=heron)
    restore(heron.answers.get().history.earliest(), question=heron)


WRITES = {
    "load": lambda heron, user: load_it(title="Where do herons stand?", wordings=["Herons, where?"], body="`grey`"),
    "load less": lambda heron, user: load_it(answer=""),
    "load for a team": lambda heron, user: load_it(owner=Team.objects.create(name="Pond", slug="pond")),
    "retire what is missing": lambda heron, user: load_without(),
    "retire": lambda heron, user: change_all([heron], field="status", value="retired", user=user),
    "tag": lambda heron, user: tag_all([heron.pk], names=["lakes"]),
    "untag": lambda heron, user: untag_all([heron.pk], tags=Tag.objects.all()),
    "merge tags": lambda heron, user: tags.merge_tags(Tag.objects.get(), into=Tag.objects.create(name="lakes")),
    "delete tags": lambda heron, user: tags.delete_tags(list(Tag.objects.all())),
    "accept another": lambda heron, user: accept_another(heron),
    "take what waits": resolve_incoming,
    "restore": lambda heron, user: restore_first(heron),
}


@pytest.mark.parametrize("name", WRITES)
def test_the_index_follows_every_kind_of_write(name, cast):
    load_it(publish=True)
    version = Catalogue.current()
    WRITES[name](Question.objects.get(), cast["curator"])
    assert Catalogue.current() > version
    assert in_step()


PAGES = {
    "rename a tag": ("tag/{tag}/change/", {"name": "lakes", "slug": ""}),
    "retire": ("question/", {"action": "make_retired", "_selected_action": "{question}"}),
}


@pytest.mark.parametrize("name", PAGES)
def test_the_index_follows_the_admin(name, as_):
    load_it(publish=True)
    version = Catalogue.current()
    address, data = PAGES[name]
    places = {"question": Question.objects.get().pk, "tag": Tag.objects.get().pk}
    filled = {field: value.format(**places) for field, value in data.items()}
    response = as_("administrator").post(f"/admin/questions/{address.format(**places)}", filled)
    assert response.status_code == 302
    assert Catalogue.current() > version
    assert in_step()


def gothic(number):
    """A word of its own for each number, of letters that take four bytes each."""
    return "".join(chr(0x10330 + number // 26**place % 26) for place in range(4))


def test_texts_as_long_as_they_may_be_are_indexed():
    """PostgreSQL keeps no more than 1 MB of words for a row."""
    words = [f"{gothic(2 * at)}-{gothic(2 * at + 1)}" for at in range(40_000)]
    texts = [" ".join(words[start : start + 9_900]) for start in range(0, 40_000, 10_000)]
    wordings = [texts[3][at : at + 450].strip() for at in range(0, 90_000, 450)]
    load_it(body=texts[0], answer=texts[1], short=texts[2], wordings=wordings)
    assert found(gothic(0)) == {"heron"}
    assert found(gothic(20_000 * 2)) == {"heron"}


@pytest.mark.parametrize(
    "query", ["x" * 5000, "x" * 90 + " wren", "ª² ½", "हिन्दी", "\0\ud800", "a'b\\c:*", "<-> !!", "日本語"]
)
def test_no_query_is_an_error(birds, query):
    assert len(found(query)) <= 3
