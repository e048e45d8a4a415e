"""Curating question sets, with JavaScript and without."""

import pytest

from questions.models import Catalogue, QuestionSet
from questions.tests import factories

LIST = "/admin/questions/questionset/"


@pytest.fixture
def birds(db):
    return {key: factories.question(f"What is a {key}?", key=key) for key in ("wren", "owl", "crow", "rook")}


@pytest.fixture
def garden(birds):
    return factories.question_set("garden", [birds["wren"], birds["owl"], birds["crow"]], title="Garden")


def keys(row):
    return [entry.question.key for entry in row.entries.all()]


def posted(row, **changes):
    """What the browser would send for an unchanged page, and some changes."""
    entries = list(row.entries.all())
    data = {"title": row.title, "key": row.key, "description": row.description, "position": row.position, "more": ""}
    data |= {"entries-TOTAL_FORMS": len(entries), "entries-INITIAL_FORMS": len(entries)}
    for at, entry in enumerate(entries):
        data |= {f"entries-{at}-{name}": getattr(entry, name) for name in ("id", "position")}
        data |= {f"entries-{at}-set": row.pk, f"entries-{at}-question": entry.question_id}
    return data | changes


def save(client, row, **changes):
    response = client.post(f"{LIST}{row.pk}/change/", posted(row, **changes))
    assert response.status_code == 302, [response.context["errors"]]
    return keys(row)


def refused(client, row, **changes):
    return client.post(f"{LIST}{row.pk}/change/", posted(row, **changes)).content.decode()


def test_questions_are_added_by_their_ids(as_, garden):
    version = Catalogue.current()
    assert save(as_("curator"), garden, more="rook, owl\r\nrook") == ["wren", "owl", "crow", "rook"]
    assert Catalogue.current() > version


def test_a_new_set_is_filled_by_ids(as_, birds):
    data = {"title": "Wood", "key": "wood", "description": "", "position": 1, "more": "rook wren"}
    data |= {"entries-TOTAL_FORMS": 0, "entries-INITIAL_FORMS": 0}
    assert as_("curator").post(f"{LIST}add/", data).status_code == 302
    assert keys(QuestionSet.objects.get(key="wood")) == ["rook", "wren"]


def test_an_unknown_id_is_refused(as_, garden):
    page = refused(as_("curator"), garden, more="rook kite gull")
    assert "There is no question with the id kite, gull." in page
    assert keys(garden) == ["wren", "owl", "crow"]


def test_a_teams_set_takes_the_teams_question_where_the_library_has_one_too(as_, garden, team):
    ours = factories.question("What is our wren?", key="wren", owner=team)
    factories.question("What is our kite?", key="kite", owner=team)
    made = factories.question_set("garden", [], title="Ours", owner=team)
    assert save(as_("administrator"), made, more="wren rook") == ["wren", "rook"]
    assert made.entries.first().question == ours
    assert "There is no question with the id kite." in refused(as_("curator"), garden, more="kite")


def test_places_and_deletion_by_hand(as_, garden):
    changes = {"entries-0-position": 9, "entries-1-DELETE": "on"}
    assert save(as_("curator"), garden, **changes) == ["crow", "wren"]


def test_a_question_twice_is_refused(as_, garden, birds):
    changes = {"entries-0-question": birds["owl"].pk}
    assert "Please correct the duplicate data" in refused(as_("curator"), garden, **changes)


def test_entries_are_dragged(page, sign_in, garden):
    sign_in(page, "curator")
    page.goto(f"{LIST}{garden.pk}/change/")
    rows = page.locator("#entries-group tr.has_original")
    rows.nth(2).locator("td.original p").drag_to(rows.nth(0).locator("td.original p"))
    page.click("[name=_continue]")
    page.wait_for_load_state()
    assert keys(garden) == ["crow", "wren", "owl"]


def test_a_question_is_searched_for(page, sign_in, garden):
    sign_in(page, "curator")
    page.goto(f"{LIST}{garden.pk}/change/")
    page.locator("#entries-3 .select2-selection").click()
    page.locator(".select2-search__field").fill("rook")
    page.locator(".select2-results__option >> text=What is a rook?").click()
    page.click("[name=_save]")
    page.locator(".messagelist .success").wait_for()
    assert keys(garden) == ["wren", "owl", "crow", "rook"]


def test_curating_without_javascript(plain_page, sign_in, garden):
    page = plain_page
    sign_in(page, "curator")
    page.goto(f"{LIST}{garden.pk}/change/")
    page.get_by_label("Add questions").fill("rook")
    page.fill("[name=entries-0-position]", "7")
    page.check("[name=entries-1-DELETE]")
    page.click("[name=_save]")
    assert "was changed successfully" in page.locator(".messagelist").inner_text()
    assert keys(garden) == ["crow", "wren", "rook"]


def test_the_page_is_accessible(page, sign_in, garden, axe, console):
    sign_in(page, "curator")
    page.goto(f"{LIST}{garden.pk}/change/")
    page.wait_for_load_state("networkidle")
    assert console == []
    axe(page)
    # To read style sheets that import others, as the admin's do, axe itself writes an inline one.
    console.clear()
