"""How a learner studies: what the page offers and refuses, and that it does not take the time zone away."""

import re

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from questions.catalogue.tests.test_question_list import text
from questions.models import StudySettings

PATH = "/study/settings/"
WANTED = {
    "new_per_day": "10", "reviews_per_day": "200", "retention": "0.9", "buttons": "4", "time_zone": "Asia/Tokyo",
    "day_start": "4",
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "most", "said"),
    [
        ("new_per_day", 999, "At most 999 new questions a day."),
        ("reviews_per_day", 9999, "At most 9999 reviews a day."),
        ("day_start", 12, "Ensure this value is less than or equal to 12."),
    ],
)
def test_numbers_have_a_ceiling(as_, name, most, said):
    client = as_("member")
    for number in (most + 1, 9223372036854775807):
        refused = client.post(PATH, WANTED | {name: str(number)})
        assert (refused.status_code, said in text(refused)) == (422, True)
    assert not StudySettings.objects.exists()
    assert client.post(PATH, WANTED | {name: str(most)}).status_code == 302
    assert StudySettings.objects.values_list(name, flat=True).get() == most


def test_a_day_begins_by_noon(as_):
    page = as_("member").get(PATH).content.decode()
    offered = re.search(r'<select name="day_start".*?</select>', page, re.DOTALL)[0]
    assert re.findall(r'value="(\d+)"', offered) == [str(hour) for hour in range(13)]


def test_the_browser_says_its_zone_until_one_is_saved(as_):
    client = as_("member")
    assert "study.js" in client.get(PATH).content.decode()
    refused = client.post(PATH, WANTED | {"retention": "2"})
    assert "study.js" not in refused.content.decode()
    assert '<option value="Asia/Tokyo" selected>' in refused.content.decode()
    client.post(PATH, WANTED)
    page = client.get(PATH).content.decode()
    assert "study.js" not in page and '<option value="Asia/Tokyo" selected>' in page


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_what_was_set_before_there_were_limits_is_brought_within_them(cast):
    app, before = "questions", "0005_review_undone"
    executor = MigrationExecutor(connection)
    executor.migrate([(app, before)])
    old = executor.loader.project_state([(app, before)]).apps.get_model(app, "StudySettings")
    hours = {"member": 23, "outsider": 17, "curator": 12, "administrator": 18, "team_owner": 0}
    for name, hour in hours.items():
        old.objects.create(user_id=cast[name].pk, day_start=hour, new_per_day=32000, reviews_per_day=200 + hour)
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())
    found = {
        name: StudySettings.objects.values_list("day_start", "new_per_day", "reviews_per_day").get(user=cast[name])
        for name in hours
    }
    assert found == {
        "member": (0, 999, 223), "outsider": (12, 999, 217), "curator": (12, 999, 212),
        "administrator": (0, 999, 218), "team_owner": (0, 999, 200),
    }  # fmt: skip
