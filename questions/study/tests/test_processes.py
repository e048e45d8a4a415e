"""Grades that several processes of the site store at the same moment."""

import os
import subprocess
import sys
from itertools import pairwise

import pytest
from django.conf import settings as project

from accounts.tests.test_limits import database_url
from questions.models import Act, Progress, Review
from questions.scheduling.fsrs import schedule
from questions.tests import factories

# Another process of the same site: says that it is ready, waits for a line, and grades.
ELSEWHERE = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "prep.settings"
import django
django.setup()
from accounts.models import User
from questions.models import Question
from questions.study.grading import AlreadyGraded
from questions.study.tests.acting import grade
user, question = User.objects.get(pk=%d), Question.objects.get(pk=%d)
print("ready", flush=True)
sys.stdin.readline()
for number in range(1, 21):
    try:
        grade(user=user, question=question, number=number, rating=%d)
        print("graded", number)
    except AlreadyGraded:
        pass
"""


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_grades_in_several_processes_one_of_each_number_is_stored(cast):
    learner, asked = cast["member"], factories.question()
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", ELSEWHERE % (learner.pk, asked.pk, rating)],
            env={**os.environ, "DATABASE_URL": database_url(), "DEBUG": "1"},
            cwd=project.BASE_DIR,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for rating in (1, 2, 3, 4)
    ]
    for process in processes:
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        process.stdin.write("go\n")
        process.stdin.flush()
    graded = []
    for rating, process in enumerate(processes, start=1):
        said, _ = process.communicate(timeout=60)
        assert process.returncode == 0
        graded += [(int(line.removeprefix("graded ")), rating) for line in said.splitlines()]
    log = list(Review.objects.order_by("number"))
    assert [(row.number, row.rating) for row in log] == sorted(graded)
    # A process that is behind finds its number taken, never a gap; the first number is somebody's.
    assert [row.number for row in log] == list(range(1, len(log) + 1)) and log
    assert Act.objects.count() == len(log)
    last = log[-1]
    after = schedule(last.before, last.rating, last.at)
    memory = Progress.objects.get().memory
    assert (memory.stability, memory.difficulty, memory.due) == (after.stability, after.difficulty, last.due_after)
    assert all(later.before.last_review == earlier.at for earlier, later in pairwise(log))
