"""One claim is changed at a time, and the changes that no check notices are found."""

import os
import threading

import pytest

from questions.bank.claims import claims
from questions.bank.mutation_run import mutate_file
from questions.bank.mutations import code_mutations, prose_mutations
from questions.bank.runner.forks import run_forked


def changes(line):
    text = f"## A wren?\n\n### Answer\n{line}\n"
    found = list(prose_mutations(list(claims(text))))
    for mutation in found:
        assert mutation.apply(text) != text
    return [(mutation.old, mutation.new) for mutation in found]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("31 days, 9, 1,099", [("31", "32"), ("9", "10"), ("1,099", "1,100")]),
        ("Wren 3.1.3", [("3.1.3", "3.1.4")]),
        ("A 404, a 511", [("404", "405"), ("511", "100")]),
        ("First and last", [("First", "Last"), ("last", "first")]),
        ("before, After", [("before", "after"), ("After", "Before")]),
        ("It raises. It does not raise.", [("raises", "does not raise"), ("does not raise", "raises")]),
        ("It is raised, they are not raised.", [("is raised", "is not raised"), ("are not raised", "are raised")]),
        ("True, not False", [("True", "False"), ("False", "True")]),
        (
            "`lay()`, `Egg`, `a.hatch`, `Nest`, `TEMP`",
            [("lay", "hatch"), ("Egg", "Nest"), ("hatch", "lay"), ("Nest", "Egg")],
        ),
    ],
)
def test_changes_of_prose(line, expected):
    assert changes(line) == expected


def test_changes_of_visible_code():
    code = "a.before_lay = 404  # sent first\n  a.hatch(x.eggs, first, True)\n  b = 'last 7'"
    text = f"## A wren?\n\n### Answer\n- One:\n\n  ```python\n  {code}\n  ```\n\n```json\n8\n```\n"
    found = list(code_mutations(text.replace("\n\n```json", "\n  ```python no-run: why\n  9\n  ```\n\n```json")))
    assert [(mutation.line, mutation.old, mutation.new) for mutation in found] == [
        (7, "before", "after"),
        (7, "404", "405"),
        (7, "first", "last"),
        (8, "hatch", "eggs"),
        (8, "eggs", "hatch"),
        (8, "first", "last"),
        (8, "True", "False"),
    ]
    for mutation in found:
        assert text[mutation.start :].startswith(mutation.old)


PAGE = """## A wren?

### Answer
A wren lays 6 eggs before it broods for 15 days. It weighs 9 grams.

```python
eggs = 6
days = 15  # more than 14

def brood(days, warm=True):
    return days * 24
```
<!-- check
claim("A wren lays 6 eggs before it broods", eggs)
assert days == 15 and brood(1) == 24
# unproved: weighs 9 grams because no code weighs
-->
"""


@pytest.fixture
def mutated(tmp_path):
    path = tmp_path / "wren.md"

    def mutate(text, **options):
        path.write_text(text)
        return mutate_file(path, **options)

    return mutate


def survivors(run):
    return {
        (outcome.mutation.where, outcome.mutation.line, outcome.mutation.old)
        for outcome in run.outcomes
        if outcome.survives
    }


def test_what_no_check_notices_survives(mutated):
    run = mutated(PAGE)
    assert run.problems == []
    assert [outcome.mutation.old for outcome in run.outcomes] == ["6", "before", "15", "6", "15", "14", "True", "24"]
    assert survivors(run) == {("code", 8, "14"), ("code", 10, "True")}


def test_quoted_words_notice_what_a_mention_does_not(mutated):
    changed = PAGE.replace("assert days", "assert 7 < days")
    assert ("prose", 4, "6") not in survivors(mutated(changed))
    mentioned = changed.replace('claim("A wren lays 6 eggs before it broods", eggs)', "assert eggs == 6")
    assert survivors(mutated(mentioned)) >= {("prose", 4, "6"), ("prose", 4, "before")}


def test_quoted_words_may_stand_in_a_comment_of_the_code(mutated):
    assert ("code", 8, "14") not in survivors(
        mutated(PAGE.replace("<!-- check\n", '<!-- check\nclaim("more than 14", days - 1)\n'))
    )


def test_a_file_that_fails_is_not_changed(mutated):
    run = mutated(PAGE.replace("assert days == 15", "assert days == 16"))
    assert ([problem.line for problem in run.problems], run.outcomes) == ([15], [])


def test_a_change_that_takes_too_long_is_noticed(mutated):
    text = PAGE.replace("days * 24", "days * 24\n\nwhile eggs == 7:\n    pass")
    run = mutated(text.replace("assert days == 15 and", "assert"), min_seconds=2)
    [outcome] = [each for each in run.outcomes if (each.mutation.line, each.mutation.old) == (7, "6")]
    assert not outcome.survives


def test_changes_do_not_see_each_other(mutated):
    text = PAGE.replace("days * 24", "days * 24\n\nimport os\nos.mkdir('nest')\nassert os.listdir() == ['nest']")
    assert survivors(mutated(text)) == {("code", 8, "14"), ("code", 10, "True")}


def test_without_fork_each_change_has_an_interpreter(mutated, monkeypatch):
    monkeypatch.delattr(os, "fork")
    assert survivors(mutated(PAGE)) == {("code", 8, "14"), ("code", 10, "True")}


def test_an_interpreter_with_threads_is_not_shared():
    end = threading.Event()
    thread = threading.Thread(target=end.wait)
    thread.start()
    try:
        assert run_forked(len, [{"blocks": []}], 1) is None
    finally:
        end.set()
        thread.join()
