import pytest

from questions.bank.claims import claims
from questions.bank.visible import visible_lines

HEAD = "---\nsource: Wrens 7\n---\n## How does `nest()` work?\n\n- docs: 8\n\nBody 9.\n"


def found(line, section="Answer"):
    text = f"{HEAD}\n### {section}\n{line}\n"
    made = list(claims(text))
    for claim in made:
        assert text[claim.start : claim.end] == claim.text
        assert claim.line == 11
    return [(claim.kind, claim.text) for claim in made]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("31 days, 4 KB, 1,001 queries", [("number", "31"), ("number", "4"), ("number", "1,001")]),
        ("Wren 3.1.3 sends 404s.", [("number", "3.1.3"), ("number", "404")]),
        ("UTF-8, sha256, 5xx, x.5", []),
        ("2. The second of 3", [("number", "3")]),
        ("[Nests](https://wren.example/5) in `egg[6]`", [("number", "6")]),
    ],
)
def test_numbers(line, expected):
    claimed = [claim for claim in found(line) if claim[0] == "number"]
    assert claimed == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("`lay()`, `wren.egg.hatch(2)[0]`", ["lay", "hatch"]),
        ("`@app.route`, `Set-Cookie: a`, `type=int`", ["route", "Set-Cookie", "type"]),
        ("`nest()` and `return`", []),
        ("`flask run`, `/books`, `--debug`, `'a'`", []),
        ("egg without marks", []),
    ],
)
def test_names(line, expected):
    assert [text for kind, text in found(line) if kind == "name"] == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("First lay, then brood after it.", [("order", "First"), ("order", "after")]),
        ("The last egg, `before`", [("order", "last"), ("name", "before")]),
        ("It raises, does not raise, is raised.",
         [("raising", "raises"), ("raising", "does not raise"), ("raising", "is raised")]),
        ("It can raise an egg.", []),
        ("`ok` is `True`, not False", [("name", "ok"), ("truth", "True"), ("truth", "False")]),
    ],
)  # fmt: skip
def test_order_raising_and_truth(line, expected):
    assert found(line) == expected


@pytest.mark.parametrize("section", ["Common mistakes", "Follow-ups"])
def test_what_is_bold_there_is_no_claim(section):
    line = "- **Returning 200?** It is 404, **not 500**."
    assert found(line, section) == [("number", "404"), ("number", "500")]
    assert found(line, "Answer")[0] == ("number", "200")


def test_a_claim_knows_its_sentence():
    text = f"{HEAD}### Answer\nSix. It `x: y` lays 7: early. No.\n| a | 8 |\n"
    assert [claim.sentence for claim in claims(text)] == [
        "It `x: y` lays 7:",
        "It `x: y` lays 7:",
        "| a | 8 |",
    ]


def test_visible_lines_are_those_of_prose_and_code():
    text = f"{HEAD}### Answer\nOne.\n```python\ntwo\n```\n<!-- check\nthree\n-->\n<!-- four -->\n#### Five\n- Six\n"
    assert [(line.number, line.text, line.is_code) for line in visible_lines(text)] == [
        (10, "One.", False),
        (12, "two", True),
        (19, "- Six", False),
        (20, "", False),
    ]
