"""The checks of a page quote its words, and what they do not prove is listed."""

import pytest

from questions.bank import examples
from questions.bank.proofs import standings, unproved

PAGE = """## A wren?

### Answer
A wren lays 6 eggs, and it lays the last one on day 9.

```python
eggs = 6
days = [1, 5, 9]
```
<!-- check
CHECK
-->

| Bird | Eggs |
|---|---|
| `wren` | 6 eggs |
"""


@pytest.fixture
def run(tmp_path):
    """Runs a page with a check: what failed as pairs of line and reason, and what was quoted."""

    def run_page(check):
        path = tmp_path / "wren.md"
        path.write_text(PAGE.replace("CHECK", check))
        made = examples.run_blocks(path)
        return [(problem.line, problem.why) for problem in made.problems], made.quotes

    return run_page


@pytest.mark.parametrize(
    "check",
    [
        'claim("A wren lays 6 eggs", eggs)',
        'claim("A wren lays 6 eggs", eggs == 6)',
        'claim(f"A wren lays {eggs} eggs")',
        'claim("A  **wren** lays 6 eggs", eggs, len(days) == 3)',
        'claim("| wren | 6 eggs", eggs)',
        'claim("wren lays", type("wren", (), {}))',
        "def test():\n    claim('the last one on day 9', days[-1])\ntest()",
        'for at, words in ((-1, "the last one on day 9"),):\n    claim(words, days[at])',
    ],
)
def test_a_claim_that_the_page_makes_and_the_code_proves(run, check):
    problems, quotes = run(check)
    assert (problems, len(quotes)) == ([], 1)


@pytest.mark.parametrize(
    ("check", "why"),
    [
        ('claim("A wren lays 7 eggs", eggs + 1)',
         'the page does not say "A wren lays 7 eggs", but "A wren lays 6 eggs, and it lays the last one on day 9".'),
        ('claim("An owl hoots at night", eggs)', 'the page does not say "An owl hoots at night".'),
        ('claim("6 eggs", eggs)', 'the page says "6 eggs" 2 times: quote more around it.'),
        ('claim("A wren lays 6 eggs", eggs + 1)', '"A wren lays 6 eggs" does not say \'7\'.'),
        ('claim("A wren lays 6 eggs", eggs == 7)', '"A wren lays 6 eggs" is not true.'),
        ('claim("A wren lays 6 eggs", KeyError)', '"A wren lays 6 eggs" does not say \'KeyError\'.'),
        ('claim("A wren lays 6 eggs")', 'nothing proves "A wren lays 6 eggs": add what it follows from.'),
        ('claim("A wren lays 6 eggs", True)', 'nothing proves "A wren lays 6 eggs": add what it follows from.'),
        ('claim(f"A wren lays 6 eggs", 6)', 'nothing proves "A wren lays 6 eggs": add what it follows from.'),
    ],
)  # fmt: skip
def test_a_claim_that_fails(run, check, why):
    assert run(check) == ([(11, f"AssertionError: {why}")], [])


def test_a_claim_that_is_never_reached_proves_nothing(run):
    never = [(12, "this assertion is never reached.")]
    assert run('if eggs > 6:\n    claim("A wren lays 6 eggs", eggs)') == (never, [])


def test_numbers_are_found_as_the_page_writes_them(tmp_path):
    path = tmp_path / "wren.md"
    path.write_text(
        PAGE.replace("6 eggs,", "1,001 eggs,").replace("CHECK", 'claim("A wren lays 1,001", 1000 + len(days[:1]))')
    )
    assert examples.run_blocks(path).problems == []


def proofs(check, *quotes):
    text = PAGE.replace("CHECK", check)
    return {(claim.line, claim.text): proof for claim, proof in standings(text, quotes) if claim.text != "wren"}


def test_what_stands_behind_each_claim():
    quoted = proofs("assert eggs == 6\n# unproved: on day 9 because it depends", "lays the last one")
    assert quoted == {
        (4, "6"): "mentioned",
        (4, "last"): "quoted",
        (4, "9"): "excused",
        (17, "6"): "mentioned",
    }


def test_visible_code_that_asserts_nothing_proves_no_number():
    assert set(proofs("# nothing").values()) == {"unproved"}


def listed(line, code):
    text = f"## A wren?\n\n### Answer\n{line}\n\n```python\nnest = 1\n```\n<!-- check\n{code}\n-->\n"
    return [why for _, why in unproved(text, [])]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("`nest` is not `Nest`.", "Nest = 2"),
        ("It sends `Set-Cookie`.", "headers['Set-Cookie']"),
        ("`nest` raises `KeyError`.", "with raises(KeyError):\n    nest"),
        ("`nest` raises `KeyError`.", "try:\n    nest\nexcept KeyError:\n    pass"),
        ("`nest` is `True`.", "assert nest is True"),
        ("`nest` is `False`.", "assert not nest"),
        ("It has 12 holes.", "assert nest == 12"),
        ("It has 12 holes.", "for holes in (11, 12):\n    assert nest"),
        ("It has 12 holes.", "assert nest == '12 holes'"),
    ],
)
def test_what_a_check_mentions_is_not_listed(line, code):
    assert listed(line, code) == []


@pytest.mark.parametrize(
    ("line", "code", "why"),
    [
        ("It is `Nest`.", "nest", 'unproved name: "Nest" in "It is `Nest`."'),
        ("`nest` raises `KeyError`.", "KeyError", 'unproved raising: "raises" in "`nest` raises `KeyError`."'),
        ("`nest` does not raise `KeyError`.", "with raises(KeyError):\n    nest",
         'unproved raising: "does not raise" in "`nest` does not raise `KeyError`."'),
        ("`nest` is `True`.", "assert nest is False", 'unproved truth: "True" in "`nest` is `True`."'),
        ("`nest` is `True`.", "hole = True\nassert nest", 'unproved truth: "True" in "`nest` is `True`."'),
        ("It has 12 holes.", "nest  # 12", 'unproved number: "12" in "It has 12 holes."'),
        ("First it sleeps.", "first = 'First'", 'unproved order: "First" in "First it sleeps."'),
        ("It sleeps.", "# unproved: It sleeps", "write # unproved: the words because the reason."),
        ("It sleeps.", "# unproved: It sleeps because of night",
         'the page claims nothing in the words "It sleeps".'),
        ("It sleeps.", "# unproved: 12 holes because of night",
         'the page claims nothing in the words "12 holes".'),
    ],
)  # fmt: skip
def test_what_nothing_proves_is_listed(line, code, why):
    assert listed(line, code) == [why]
