"""Code that lost its fences in a copy, among prose. Every sample is our own."""

import pytest

from questions.readers.article.code_lines import is_strong
from questions.readers.article.reader import questions

SAMPLES = {
    "python": '''\
# Fill the kettle first
import time

class Kettle:
    """Boils.

    Slowly, that is.
    """

    def boil(self, *cups, **options):
        # wait for the steam

        time.sleep(3)
        return f"<{cups}>"


if __name__ == "__main__":
    Kettle().boil()''',
    "javascript": """\
const kettle = {
  water: 2,
};

// pour it
kettle.cups.forEach((cup) => {
  cup.fill();
});""",
    "html": """\
<!doctype html>
<ul class="cups">
  <li>Mug</li>
</ul>""",
    "html+jinja": """\
<ul>
{% for cup in cups %}
  <li>{{ cup.name }}</li>
{% endfor %}
</ul>""",
    "sql": """\
SELECT cup, size
FROM filter_choices
WHERE size > 3
ORDER BY cup;""",
    "bash": """\
pip install kettle
kettle boil --cups 3""",
    "console": """\
$ kettle boil
done""",
    "yaml": """\
kettle:
  cups: 3
  teas:
    - name: green
    - name: black""",
    "json": """\
{
  "kettle": {"cups": 3},

  "teas": ["green"]
}""",
    "java": """\
public class Kettle {
    private int cups = 3;

    public void boil() {
        System.out.println("done");
    }
}""",
    "c": """\
#include <stdio.h>

int main(void) {
    printf("done");
    return 0;
}""",
    "go": """\
package main

func main() {
	boil()
}""",
    "rust": """\
fn main() {
    let mut cups = 3;
    println!("{cups}");
}""",
    "css": """\
.kettle {
  color: black;
}""",
    "php": """\
<?php
$cups = 3;
echo $cups;""",
    "xml": """\
<kettle cups="3">
  <tea>green</tea>
</kettle>""",
    "text": """\
/kettle
    /cups
        mug.txt
    lid.txt""",
}


def answer(body: str) -> str:
    text = f"1. How does it work? (Use)\n\n{body}\n\n2. Is that all? (Use)\n\nYes."
    return next(questions(iter(enumerate(text.split("\n"), 1)), "code.txt")).answer


@pytest.mark.parametrize("language", SAMPLES)
def test_code_between_blank_lines(language: str):
    code = SAMPLES[language]
    assert answer(f"For example:\n\n{code}\n\nThis makes tea.") == (
        f"For example:\n\n```{language}\n{code}\n```\n\nThis makes tea."
    )


@pytest.mark.parametrize(
    "language", sorted(SAMPLES.keys() - {"python", "go", "text", "yaml", "console", "json", "xml"})
)
def test_code_without_blank_lines_around_it(language: str):
    code = SAMPLES[language]
    assert answer(f"For example:\n{code}\nThis makes tea.") == (
        f"For example:\n\n```{language}\n{code}\n```\n\nThis makes tea."
    )


def test_a_block_that_does_not_tell_its_language_has_the_last_one_of_the_article():
    assert answer("First:\n\nimport kettle\n\nThen:\n\nkettle.boil()") == (
        "First:\n\n```python\nimport kettle\n```\n\nThen:\n\n```python\nkettle.boil()\n```"
    )


def test_a_comment_that_stands_alone_before_code_belongs_to_it():
    assert answer("# pot.py\n\nimport kettle") == "```python\n# pot.py\n\nimport kettle\n```"
    assert answer("# pot.py\n\nImport it.") == "\\# pot.py\n\nImport it."


def test_a_command_beside_a_program_is_a_block_of_its_own():
    assert answer("pip install kettle\n\nimport kettle\nkettle.boil()") == (
        "```bash\npip install kettle\n```\n\n```python\nimport kettle\nkettle.boil()\n```"
    )


def test_a_comment_that_stands_alone_inside_code():
    assert answer("kettle = 1\n\n# pour\n\ncup = kettle") == "```text\nkettle = 1\n\n# pour\n\ncup = kettle\n```"


def test_spaces_on_a_blank_line_inside_code_are_dropped():
    assert (
        answer("def boil():\n    pour()\n    \n    return 3")
        == "```python\ndef boil():\n    pour()\n\n    return 3\n```"
    )


def test_bullets_right_after_code_are_a_list():
    assert answer("kettle.boil()\n\n  • hot\n  • loud") == "```text\nkettle.boil()\n```\n\n- hot\n- loud"


def test_text_between_tags_belongs_to_the_page():
    page = "<html>\n<body>\nHello there\n</body>\n</html>"
    assert answer(f"{page}\n\nIt greets.") == f"```html\n{page}\n```\n\nIt greets."


def test_fenced_code_stays_as_it_is():
    code = "~~~sh\n# 3. Is this a question?\n\n\necho `date`\n~~~"
    assert answer(f"Run:\n{code}\nDone.") == ("Run:\n\n```sh\n# 3. Is this a question?\n\n\necho `date`\n```\n\nDone.")


def test_a_fence_inside_code_and_a_fence_that_stays_open():
    assert answer("~~~\n```\n~~~") == "````\n```\n````"
    assert answer("```python\nkettle.boil()") == "```python\nkettle.boil()\n```"


@pytest.mark.parametrize(
    "prose",
    [
        "In this code, boil() heats the water.",
        "append() and extend():",
        "for example:",
        "The cup (a mug) = the vessel",
        "import duties are high in the spring, and tea is dear.",
        "SELECT and WHERE are what you will need most.",
        "Using a Config Object:",
        "class of vessels",
        "with the following parts:",
        "<b> is a tag for bold text.",
        "Cups: 3, mugs: 4",
    ],
)
def test_prose_is_not_taken_for_code(prose: str):
    assert not is_strong(prose)
    assert "```" not in answer(prose)
