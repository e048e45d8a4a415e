"""The examples of the bank run, and the runner notices those that do not."""

import pytest

from questions.bank import examples
from questions.bank.check import BANK
from questions.bank.code_blocks import code_blocks

FILES = sorted(BANK.glob("*/*.md"))


by_file = pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")


@by_file
def test_examples_of_the_bank(path):
    assert "\n".join(map(str, examples.run_blocks(path).problems)) == ""


@by_file
def test_visible_code_of_the_bank_alone(path):
    assert "\n".join(map(str, examples.run_units(path))) == ""


@pytest.fixture
def failures(tmp_path):
    """Runs a text as a question file: pairs of line and reason."""

    def run(text, **options):
        path = tmp_path / "wren.md"
        path.write_text(text)
        found = examples.run_blocks(path, **options).problems
        assert {problem.file for problem in found} <= {str(path)}
        return [(problem.line, problem.why) for problem in found]

    return run


def verdicts(text):
    return [(block.line, block.verdict, block.why) for block in code_blocks(text)]


def test_a_wrong_assertion_names_file_and_line(tmp_path):
    path = tmp_path / "wren.md"
    path.write_text("## A wren?\n\n```python\neggs = 6\n\nassert eggs == 7\n```\n")
    assert [str(problem) for problem in examples.run_blocks(path).problems] == [
        f"{path}:6: AssertionError: assert eggs == 7"
    ]


def test_a_wrong_check_is_placed_where_it_stands(failures):
    text = "```python\neggs = 6\n```\n<!-- check\nassert eggs\nassert eggs == 7, 'a clutch'\n-->\n"
    assert failures(text) == [(6, "AssertionError: a clutch")]


def test_the_deepest_line_of_the_page_is_named(failures):
    assert failures("```python\ndef lay():\n    return 1 / 0\n\nlay()\n```\n") == [
        (3, "ZeroDivisionError: division by zero")
    ]


def test_a_syntax_error_is_placed(failures):
    assert [line for line, _ in failures("Text\n\n```python\negg = 1\negg = = 2\n```\n")] == [5]


def test_an_assertion_that_is_never_reached_proves_nothing(failures):
    text = "```python\ntry:\n    eggs = 6\nexcept ValueError as error:\n    assert error\n\n"
    text += "def test():\n    assert eggs\n```\n"
    never = "this assertion is never reached."
    assert failures(text) == [(5, never), (8, never)]
    assert failures(text.replace("6", "int('six')").replace("eggs\n`", "True\n\ntest()\n`")) == []


def test_continuations_share_a_module_and_others_do_not(failures):
    first = "```python\neggs = 6\n```\n"
    assert failures(first + "```python continues\nassert eggs == 6\n```\n") == []
    assert failures(first + "```python\neggs\n```\n") == [(5, "NameError: name 'eggs' is not defined")]


def test_what_builds_on_a_failure_is_left_out_and_the_next_block_runs(failures):
    text = (
        "```python\n1 / 0\n```\n<!-- check\nassert eggs\n-->\n```python continues\neggs\n```\n```python\n[][0]\n```\n"
    )
    assert failures(text) == [(2, "ZeroDivisionError: division by zero"), (11, "IndexError: list index out of range")]


def test_a_module_is_named_example_and_stands_in_an_empty_folder(failures):
    code = "import os, sys\nassert sys.modules[__name__].__file__ == os.path.abspath('example.py')"
    assert failures(f"```python\n{code}\nassert __name__ == 'example' and os.listdir() == []\n```\n") == []


def test_nothing_of_our_own_environment_is_seen(failures, monkeypatch):
    monkeypatch.setenv("FLASK_DEBUG", "1")
    assert failures("```python\nimport os\nassert 'FLASK_DEBUG' not in os.environ\n```\n") == []


def test_output_is_compared(failures):
    block = '```python\nprint("six")\n```\n<!-- check\nprint("unseen")\n-->\n'
    assert failures(f"{block}```output\nsix\n```\n") == []
    why = "the block printed something else:\n--- page\n+++ printed\n-seven\n+six"
    assert failures(f"{block}```output\nseven\n```\n") == [(8, why)]


def test_differing_output_is_shown_whole_at_its_first_differing_line(failures):
    text = '```python\nfor egg in ("one", "two", "three"):\n    print(egg)\n```\n'
    found = failures(f"{text}```output\none\ntow\nthree\n```\n")
    difference = "--- page\n+++ printed\n one\n-tow\n+two\n three"
    assert found == [(7, f"the block printed something else:\n{difference}")]


def test_output_without_its_last_line_end_differs(failures):
    text = '```python\nprint("six", end="")\n```\n```output\nsix\n```\n'
    assert [line for line, _ in failures(text)] == [6]


def test_a_warning_from_the_example_fails(failures):
    text = '```python\nimport warnings\nwarnings.warn("use a nest", DeprecationWarning, stacklevel=1)\n```\n'
    assert failures(text) == [(3, "DeprecationWarning: use a nest")]


def test_a_warning_from_a_library_does_not(failures):
    code = 'import warnings\nwarnings.warn_explicit("old", DeprecationWarning, "nest.py", 1, module="nest")'
    assert failures(f"```python\n{code}\n```\n") == []


def test_there_is_no_network(failures):
    text = '```python\nimport socket\nsocket.create_connection(("127.0.0.1", 9))\n```\n'
    assert failures(text) == [(3, "PermissionError: examples have no network (socket.getaddrinfo)")]


def test_time_is_limited(failures):
    assert failures("```python\nwhile True:\n    pass\n```\n", seconds=0.5) == [
        (1, "its examples took longer than 0.5 seconds.")
    ]


def test_an_interpreter_that_ends_early_is_a_failure(failures):
    found = failures("```python\nimport os, sys\nsys.stderr.write('no eggs')\nsys.stderr.flush()\nos._exit(3)\n```\n")
    assert found == [(1, "the interpreter of its examples ended with status 3: no eggs")]


def test_an_exit_is_a_failure(failures):
    assert failures("```python\nraise SystemExit(0)\n```\n") == [(2, "SystemExit: 0")]


@pytest.mark.parametrize(
    ("language", "good", "bad"),
    [
        ("json", '{"eggs": 6}', "{eggs: 6}"),
        ("toml", "eggs = 6", "eggs ="),
        ("yaml", "eggs: 6", "eggs: [6"),
        ("ini", "[nest]\neggs = 6", "eggs = 6"),
        ("jinja", "{{ eggs }}", "{% if eggs %}"),
        ("shell", "echo 'six'  # eggs", "echo 'six"),
    ],
)
def test_what_can_be_parsed_is_parsed(failures, language, good, bad):
    assert failures(f"```{language}\n{good}\n```\n") == []
    assert [line for line, _ in failures(f"```{language}\n{bad}\n```\n")] == [2]


def test_shell_lines_are_not_executed(failures, tmp_path):
    assert failures(f"```shell\ntouch {tmp_path}/egg\n```\n") == []
    assert not (tmp_path / "egg").exists()


def test_verdicts():
    text = "```python\na\n```\n<!-- check\nb\n-->\n```output\nc\n```\n\n<!-- a note -->\n\n"
    text += "```python no-run: needs eggs\nd\n```\n```sql\ne\n```\n"
    assert verdicts(text) == [
        (2, "run", ""),
        (5, "check", ""),
        (8, "compared", ""),
        (14, "not run", "needs eggs"),
        (17, "plain", ""),
    ]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("```python no-run\na\n```\n", "a Python block that is not run says why: python no-run: the reason."),
        ("```python no-run:\na\n```\n", "a Python block that is not run says why: python no-run: the reason."),
        ("```python continues\na\n```\n", "no Python block before it runs, so there is none to continue."),
        (
            "```python later\na\n```\n",
            '"python later" is not known. Write python, python continues, or python no-run: the reason.',
        ),
        ("```output\na\n```\n", "no Python block right before it can have printed this output."),
        ("<!-- check\na\n-->\n", "checks stand right below the Python block that they check."),
        ("<!-- check a -->\n", "checks begin on the line below <!-- check and end on the line above -->."),
        ("<!-- check a\nb\n-->\n", "checks begin on the line below <!-- check and end on the line above -->."),
        ("```json\n{}\n", "this block does not end."),
    ],
)
def test_a_block_without_a_verdict_says_what_is_wrong(text, why):
    assert [(verdict, found) for _, verdict, found in verdicts(text)] == [("", why)]


@pytest.mark.parametrize("fence", ["```", "```perl", "~~~ nest"])
def test_an_unknown_language_has_no_verdict(fence):
    assert [verdict for _, verdict, _ in verdicts(f"{fence}\na\n{fence[:3]}\n")] == [""]


def test_a_block_without_a_verdict_is_a_failure_of_the_run(failures):
    assert failures("```output\na\n```\n") == [(2, "no Python block right before it can have printed this output.")]


def test_code_in_a_list_is_read_without_its_indent():
    assert [block.code for block in code_blocks("- One:\n\n  ```python\n  if a:\n      b\n  ```\n")] == [
        "if a:\n    b\n"
    ]


@pytest.fixture
def alone(tmp_path):
    """Runs the visible code of a text alone: pairs of line and reason."""

    def run(text):
        path = tmp_path / "wren.md"
        path.write_text(text)
        return [(problem.line, problem.why) for problem in examples.run_units(path)]

    return run


def test_visible_code_runs_without_the_checks(alone):
    text = "```python\neggs = 6\n```\n<!-- check\nnests = 2\n-->\n```python continues\n{}\n```\n"
    assert alone(text.format("assert eggs == 6")) == []
    assert alone(text.format("assert nests == 2")) == [(8, "alone: NameError: name 'nests' is not defined")]


def test_each_unit_is_a_script_of_its_own(alone):
    text = '```python\nassert __name__ == "__main__"\neggs = 6\n```\n```python\neggs\n```\n'
    assert alone(text) == [(6, "alone: NameError: name 'eggs' is not defined")]


def test_visible_code_runs_twice_in_one_folder(alone):
    text = '```python\nimport os\n\nos.mkdir("nest")\n```\n'
    [(line, why)] = alone(text)
    assert (line, why.startswith("alone a second time: FileExistsError")) == (4, True)
    assert alone(text.replace('"nest"', '"nest") if not os.path.isdir("nest") else (0')) == []


def test_visible_code_imports_from_its_folder(alone):
    assert alone("```python\nimport example\nassert example.__file__ == __file__\n```\n") == []


def test_visible_code_that_serves_has_run(alone):
    text = "```python\nimport socket\n\nsocket.socket().bind(('127.0.0.1', 0))\n1 / 0\n```\n"
    assert alone(text) == []
    connect = text.replace("bind", "connect")
    assert alone(connect) == [(4, "alone: PermissionError: examples have no network (socket.connect)")]


def test_an_exit_of_visible_code_is_a_failure_unless_it_says_that_all_is_well(alone):
    assert alone("```python\nraise SystemExit(0)\n```\n") == []
    assert alone("```python\nraise SystemExit(3)\n```\n") == [(2, "alone: SystemExit: 3")]


def test_a_warning_from_visible_code_fails(alone):
    text = '```python\nimport warnings\nwarnings.warn("use a nest", DeprecationWarning, stacklevel=1)\n```\n'
    assert alone(text) == [(3, "alone: DeprecationWarning: use a nest")]
