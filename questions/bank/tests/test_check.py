"""The bundled bank has no problem, and the checker finds each kind of problem in a page that has one."""

from datetime import date

import pytest
from django.core.management import call_command

from questions.bank import check as bank_check
from questions.bank.check import BANK, check_files, markdown_files
from questions.bank.data_rules import TAGS
from questions.bank.part_rules import PARTS
from questions.bank.spelling import misspellings

TODAY = date(2026, 11, 20)
SHORT = "A wren finds its nest by the hole, and the hole by the wall. " * 4
GOOD = f"""---
source: Wren bank
---
## How does a wren find its nest?

- id: nest
- status: published
- difficulty: easy
- tags: routing
- applies to: Wren 2.4
- verified: 2026-11-19
- also asked: Where do wrens live?
- docs: [Nests](https://flask.palletsprojects.com/en/stable/)

### Short answer
{SHORT}

### Answer
By the hole:

```python
hole = 1
```

### Key points
- The hole comes first
- The wall has many holes
- One nest in each hole

### Common mistakes
- **By the tree.** Wrens prefer walls.
- **By the roof.** It leaks.

### Follow-ups
- **How many eggs?** Six.
- **How many nests?** Several, of which one is used.
"""


@pytest.fixture
def checked(tmp_path):
    """Checks pages, given by the name of their file: pairs of line and reason."""
    folder = tmp_path / "birds"
    folder.mkdir()

    def check(today=TODAY, **pages):
        paths = []
        for name, text in pages.items():
            paths.append(folder / f"{name}.md")
            paths[-1].write_text(text)
        report = check_files(paths, today=today)
        return [(problem.line, problem.why) for problem in report.problems]

    return check


def changed(old, new):
    assert GOOD.count(old) == 1, old
    return GOOD.replace(old, new)


def test_the_bundled_bank_has_no_problem():
    report = check_files(markdown_files([BANK]), today=date.today())
    assert "\n".join(map(str, report.problems)) == ""
    titles = ["Flask in a week", "Junior", "Senior", "Security", "Operations"]
    assert (len(report.pages), [found.title for found in report.sets]) == (80, titles)
    assert {tag for page in report.pages for tag in page.item.tags} == TAGS


def test_a_good_page(checked):
    assert checked(nest=GOOD) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "why"),
    [
        ("- id: nest", "- id: nets", 6, 'the id "nets" is not the name of the file.'),
        ("- status: published", "- status: draft", 7, "a question of the bank is published."),
        ("- difficulty: easy\n", "", 4, "it has no difficulty."),
        ("- tags: routing\n", "", 4, "it has no tag."),
        ("- also asked: Where do wrens live?\n", "", 4, 'no other wording is named in "also asked".'),
        ("- applies to: Wren 2.4\n", "", 4, 'it does not say what it "applies to".'),
        ("- verified: 2026-11-19\n", "", 4, "it does not say when it was verified."),
        ("2026-11-19", "2026-11-21", 11, "it was verified on a day to come, 2026-11-21."),
        ("- docs: [Nests](https://flask.palletsprojects.com/en/stable/)\n", "", 4,
         'no documentation is named in "docs".'),
        ("- The hole comes first", "- The hole comes first.", 25,
         'the key point "The hole comes first." is not a short phrase without a full stop.'),
        ("- One nest in each hole\n", "", 25, "there are 2 key points; 3 to 6 can be listened for."),
        ("- **By the roof.** It leaks.\n", "", 30,
         '"Common mistakes" has 1 lines; 2 to 4 entries of one line are right.'),
        ("**By the roof.** It", "By the roof, it", 30,
         '"- By the roof, it leaks." is not an entry of "Common mistakes", bold and answered on the same line.'),
        ("eggs?**", "eggs.**", 34,
         '"- **How many eggs.** Six." is not an entry of "Follow-ups", bold and answered on the same line.'),
        ("hole = 1", f"hole = {'1' * 72}", 22,
         "this line of code has 79 characters; 78 can be read on a small screen."),
        ("```python\n", "```python later\n", 22,
         '"python later" is not known. Write python, python continues, or python no-run: the reason.'),
        ("It leaks.", "It leaks with jinja.", 32, '"jinja" is written differently here: Jinja.'),
        ("It leaks.", "It leaks \u2014 always.", 32,
         "a long dash is not used here: write a comma, a colon or two sentences."),
    ],
)  # fmt: skip
def test_one_problem(checked, old, new, line, why):
    assert checked(nest=changed(old, new)) == [(line, why)]


def test_an_unknown_tag(checked):
    assert checked(nest=changed("tags: routing", "tags: routing, eggs")) == [
        (9, f'the tag "eggs" is not one of the 14: {", ".join(sorted(TAGS))}.')
    ]


@pytest.mark.parametrize("address", ["http://flask.palletsprojects.com/", "https://wren.example/"])
def test_an_unknown_address(checked, address):
    page = changed("https://flask.palletsprojects.com/en/stable/", address)
    assert checked(nest=page) == [(13, f"{address} is not an https address of documentation that is known here.")]


def test_verified_today_is_not_to_come(checked):
    assert checked(nest=changed("2026-11-19", "2026-11-20")) == []


@pytest.mark.parametrize("part", ["Short answer", "Key points", "Common mistakes", "Follow-ups"])
def test_a_part_is_missing(checked, part):
    before, _, after = GOOD.partition(f"### {part}\n")
    rest = after.partition("### ")
    assert checked(nest=f"{before}{rest[1]}{rest[2]}") == [(4, f'the part "{part}" is missing.')]


def test_parts_out_of_order(checked):
    before, points, rest = GOOD.partition("### Key points\n")
    listed, mistakes, after = rest.partition("### Common mistakes\n")
    wrong, follow, end = after.partition("### Follow-ups\n")
    page = f"{before}{mistakes}{wrong}{points}{listed}{follow}{end}"
    order = ", ".join(PARTS)
    assert checked(nest=page) == [(25, f'"Common mistakes" stands where "Key points" belongs: the order is {order}.')]


@pytest.mark.parametrize(("count", "found"), [(44, 1), (45, 0), (90, 0), (91, 1)])
def test_a_short_answer_is_said_in_half_a_minute(checked, count, found):
    why = f"the short answer has {count} words; half a minute takes 45 to 90."
    assert checked(nest=changed(SHORT, "wren " * count)) == [(15, why)] * found


def test_a_short_answer_has_no_list(checked):
    assert checked(nest=changed(SHORT, f"- {SHORT}"))[0] == (
        15,
        "a short answer is said aloud: it has no code and no list.",
    )


@pytest.mark.parametrize(("count", "found"), [(541, 0), (542, 1)])
def test_a_whole_answer_is_read_in_three_minutes(checked, count, found):
    why = "both answers and their code have 601 words; more than 600 take over three minutes."
    assert checked(nest=changed("By the hole:", "wren " * count)) == [(18, why)] * found


def test_hidden_checks_may_be_wide(checked):
    wide = "```\n<!-- check\nassert hole == 1 and " + "hole and " * 10 + "hole\n-->\n"
    assert checked(nest=changed("hole = 1\n```\n", f"hole = 1\n{wide}")) == []


def test_what_the_reader_warns_of_is_a_problem(checked):
    assert [line for line, _ in checked(nest=f"{GOOD}\n### Eggs\nSix.\n")] == [38]


def test_what_cannot_be_read_is_a_problem(checked):
    assert checked(nest="---\nsource: Wren bank\n") == [
        (1, "the front matter that begins here does not end. Put --- on a line below it.")
    ]


def test_two_questions_in_a_file(checked):
    found = checked(nest=f"{GOOD}\n## How is a wren fed?\n\nBy hand.\n")
    assert (38, "a file of the bank holds one question.") in found


def second(title, wording):
    return (
        GOOD.replace("How does a wren find its nest?", title)
        .replace("Where do wrens live?", wording)
        .replace("id: nest", "id: wall")
    )


def test_a_wording_asked_twice_however_it_is_set(checked, tmp_path):
    found = checked(nest=GOOD, wall=second("Which wall has a hole?", "Where do  wrens LIVE"))
    assert found[0] == (12, f'"Where do wrens LIVE" is asked in {tmp_path}/birds/nest.md:12 already.')


def test_wordings_that_ask_nearly_the_same(checked, tmp_path):
    found = checked(nest=GOOD, wall=second("How would wrens find one nest?", "What is a wall?"))
    first = f'{tmp_path}/birds/nest.md:4, "How does a wren find its nest?"'
    assert found == [(4, f'"How would wrens find one nest?" asks nearly what is asked in {first}.')]


def test_near_doubles_are_named_with_a_reason(checked, monkeypatch):
    monkeypatch.setattr(bank_check, "NEAR_DOUBLES", {("nest", "wall"): "one asks of one bird, the other of all"})
    assert checked(nest=GOOD, wall=second("How would wrens find one nest?", "What is a wall?")) == []


def test_a_pair_that_is_not_alike_any_more_is_no_near_double(checked, monkeypatch):
    monkeypatch.setattr(bank_check, "NEAR_DOUBLES", {("nest", "wall"): "one asks of one bird, the other of all"})
    why = "NEAR_DOUBLES names nest and wall, which are not worded alike any more."
    assert checked(nest=GOOD, wall=second("What is brick?", "What is a wall?")) == [(1, why)]


def test_code_and_addresses_are_not_spelled():
    assert list(misspellings("`gunicorn` [a](https://gunicorn.example)\n```sql\nsqlite\n```\n<!-- redis -->")) == []


@pytest.mark.parametrize(
    ("wrong", "better"),
    [("Jinja2", "Jinja"), ("behaviour", "the American -or"), ("serialisation", "the American -ize"),
     ("Javascript", "JavaScript"), ("Postgres", "PostgreSQL"), ("easily", "nothing in its place"),
     ("the json body", "capital letters")],
)  # fmt: skip
def test_terms(wrong, better):
    [(line, why)] = misspellings(f"\nSay {wrong}.")
    assert (line, why.endswith(f"is written differently here: {better}.")) == (2, True)


@pytest.fixture
def sets(tmp_path):
    for folder in ("birds", "sets"):
        (tmp_path / folder).mkdir()
    (tmp_path / "birds/nest.md").write_text(GOOD)
    path = tmp_path / "sets/1-week.md"

    def check(front="id: week", description="Seven days of wrens.", questions=("nest",)):
        listed = "\n".join(f"{at}. {each}" for at, each in enumerate(questions, 1))
        path.write_text(f"---\nkind: set\n{front}\ntitle: A week\n---\n{description}\n\n## Questions\n\n{listed}\n")
        return [(problem.line, problem.why) for problem in check_files([path], today=TODAY).problems]

    return check


def test_a_good_set(sets):
    assert sets() == []


@pytest.mark.parametrize(
    ("options", "line", "why"),
    [
        ({"front": "id: weak"}, 1, 'the id "weak" is not the name of the file.'),
        ({"description": ""}, 1, "a set has a title and a description."),
        ({"questions": ("nest", "eggs")}, 11, 'there is no question "eggs".'),
        ({"questions": ("nest", "nest")}, 10, 'the question "nest" is listed twice.'),
        ({"description": "Seven days.\n\nOf jinja."}, 8, '"jinja" is written differently here: Jinja.'),
    ],
)
def test_a_problem_of_a_set(sets, options, line, why):
    assert sets(**options) == [(line, why)]


def test_the_command_counts_and_exits(tmp_path, capsys):
    folder = tmp_path / "birds"
    folder.mkdir()
    (folder / "nest.md").write_text(GOOD)
    call_command("check_bank", folder, "--run")
    assert capsys.readouterr().out.splitlines() == [
        "1 questions, 0 sets",
        "words of a short answer: 56, median 56, at most 56",
        "words of an answer: 3, median 3, at most 3",
        "words to read, code included: 62, median 62, at most 62",
        "key points: 3, median 3, at most 3",
        "common mistakes: 2, median 2, at most 2",
        "follow-ups: 2, median 2, at most 2",
        "Python blocks: 1 run (0 of them continue another), 0 not run; 0 have hidden checks",
        "other blocks: none",
    ]


def test_the_command_names_what_is_not_run_and_why(tmp_path, capsys):
    path = tmp_path / "nest.md"
    path.write_text(changed("```python\n", "```python no-run: needs a wall\n"))
    call_command("check_bank", path)
    assert capsys.readouterr().out.splitlines()[-1] == f"{path}:22: not run: needs a wall"


def test_the_command_refuses_a_problem(tmp_path, capsys):
    path = tmp_path / "nest.md"
    path.write_text(changed("hole = 1", "hole = [][1]").replace("- id: nest", "- id: nets"))
    with pytest.raises(SystemExit) as refused:
        call_command("check_bank", path, "--run")
    assert refused.value.code == 1
    assert capsys.readouterr().err.splitlines() == [
        f'{path}:6: the id "nets" is not the name of the file.',
        f"{path}:22: IndexError: list index out of range",
    ]


def test_the_command_refuses_a_path_that_is_not_there(tmp_path, capsys):
    with pytest.raises(SystemExit) as refused:
        call_command("check_bank", tmp_path / "eggs.md")
    assert (refused.value.code, capsys.readouterr().err) == (1, f"{tmp_path}/eggs.md: there is no such file.\n")


def test_the_command_lists_claims_that_nothing_proves(tmp_path, capsys):
    path = tmp_path / "nest.md"
    page = changed("It leaks.", "It leaks at 7 holes, first at `wall`.")
    path.write_text(page.replace("The hole comes first", "A hole"))
    with pytest.raises(SystemExit):
        call_command("check_bank", path, "--claims")
    said = capsys.readouterr()
    sentence = 'in "It leaks at 7 holes, first at `wall`."'
    assert said.err.splitlines() == [
        f'{path}:32: unproved name: "wall" {sentence}',
        f'{path}:32: unproved number: "7" {sentence}',
        f'{path}:32: unproved order: "first" {sentence}',
    ]
    assert said.out.splitlines()[-5:] == [
        "claims, number: 0 quoted, 0 mentioned, 0 excused, 1 unproved",
        "claims, name: 0 quoted, 0 mentioned, 0 excused, 1 unproved",
        "claims, order: 0 quoted, 0 mentioned, 0 excused, 1 unproved",
        "claims, raising: 0 quoted, 0 mentioned, 0 excused, 0 unproved",
        "claims, truth: 0 quoted, 0 mentioned, 0 excused, 0 unproved",
    ]


@pytest.fixture
def proved(tmp_path):
    """A page with two claims in prose, which a check quotes, and one in code."""
    path = tmp_path / "nest.md"
    page = changed("It leaks.", "It leaks at 7 holes, first at the wall.").replace("The hole comes first", "A hole")
    check = '<!-- check\nclaim("7 holes, first at the wall", hole + 6)\n-->\n'
    path.write_text(page.replace("hole = 1\n```\n", f"hole = 1\n```\n{check}"))
    return path


def test_the_command_counts_claims_that_are_proved(proved, capsys):
    call_command("check_bank", proved, "--claims", "--run")
    assert capsys.readouterr().out.splitlines()[-5:-2] == [
        "claims, number: 1 quoted, 0 mentioned, 0 excused, 0 unproved",
        "claims, name: 0 quoted, 0 mentioned, 0 excused, 0 unproved",
        "claims, order: 1 quoted, 0 mentioned, 0 excused, 0 unproved",
    ]


def test_the_command_changes_claims_and_tells_what_survives(proved, capsys):
    call_command("check_bank", proved, "--mutate")
    assert capsys.readouterr().out.splitlines()[-11:] == [
        "prose, number: 0 of 1 changes survive (0 %)",
        "prose, name: 0 of 0 changes survive (0 %)",
        "prose, order: 0 of 1 changes survive (0 %)",
        "prose, raising: 0 of 0 changes survive (0 %)",
        "prose, truth: 0 of 0 changes survive (0 %)",
        "code, number: 0 of 1 changes survive (0 %)",
        "code, name: 0 of 0 changes survive (0 %)",
        "code, order: 0 of 0 changes survive (0 %)",
        "code, raising: 0 of 0 changes survive (0 %)",
        "code, truth: 0 of 0 changes survive (0 %)",
        "all: 0 of 3 changes survive (0 %)",
    ]


def test_the_command_refuses_many_survivors(proved, capsys):
    proved.write_text(proved.read_text().replace("hole + 6", "hole + 6 > 0"))
    with pytest.raises(SystemExit) as refused:
        call_command("check_bank", proved, "--mutate")
    said = capsys.readouterr().out.splitlines()
    assert refused.value.code == 1
    assert f'{proved}:22: survives in code: number "1" -> "2" in "hole = 1"' in said
    assert said[-1] == "all: 1 of 3 changes survive (33 %)"


def test_the_command_changes_nothing_in_what_fails(proved, capsys):
    proved.write_text(proved.read_text().replace("hole + 6", "hole + 7"))
    with pytest.raises(SystemExit):
        call_command("check_bank", proved, "--mutate")
    said = capsys.readouterr()
    assert said.err.splitlines() == [f"{proved}:25: AssertionError: \"7 holes, first at the wall\" does not say '8'."]
    assert said.out.splitlines()[-1] == "all: 0 of 0 changes survive (0 %)"
