"""House rules of the templates: where addresses come from, and how much stands in a line and in a file.

Each rule takes the text of a template and says what is wrong with it; each is shown bad samples that it must catch.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
LINE_LENGTH, FILE_LINES = 140, 120

# What a template fills in, as marks that no address has: first the routes and the static files, then variables.
ROUTE, VARIABLE = "\N{WHITE CIRCLE}", "\N{BLACK CIRCLE}"
FILLED_IN = [
    (re.compile(r"{% (?:url|static) .*?%}"), ROUTE),
    (re.compile(r"{{.*?}}"), VARIABLE),
    (re.compile(r"{%.*?%}|{#.*?#}"), ""),
]
ATTRIBUTE = re.compile(r"""\s(href|action|formaction|src|hx-(?:get|post|put|patch|delete)|data-[\w-]+)=(["'])(.*?)\2""")
BY_HAND = re.compile(rf"/|https?:|[{ROUTE}{VARIABLE}]+[\w/.-]")


def writes_an_address_by_hand(text: str) -> Iterator[str]:
    for pattern, mark in FILLED_IN:
        text = pattern.sub(mark, text)
    for name, _, value in ATTRIBUTE.findall(text):
        if BY_HAND.match(value):
            yield f"{name}: {value}"


def has_long_lines(text: str) -> Iterator[str]:
    for number, line in enumerate(text.splitlines(), 1):
        if len(line) > LINE_LENGTH:
            yield f"line {number}: {len(line)} characters"


def is_too_long(text: str) -> Iterator[str]:
    lines = len(text.splitlines())
    if lines > FILE_LINES:
        yield f"{lines} lines"


BAD = [
    (writes_an_address_by_hand, '<a href="/study/?due=1">Study</a>'),
    (writes_an_address_by_hand, "<a class='btn' href='/study/'>Study</a>"),
    (writes_an_address_by_hand, '<a href="/questions/{{ pk }}/">Its page</a>'),
    (writes_an_address_by_hand, '<a href="{{ path }}on/">Go on</a>'),
    (writes_an_address_by_hand, '<a href="{{ site }}{{ path }}/on/">Go on</a>'),
    (writes_an_address_by_hand, "<a href=\"{% url 'study:start' %}settings/\">Settings</a>"),
    (writes_an_address_by_hand, '<a href="https://prep.example.org/">Prep</a>'),
    (writes_an_address_by_hand, '<button form="study"\n        formaction="{{ path }}grade/">Good</button>'),
    (writes_an_address_by_hand, '<form method="post" action="/study/">'),
    (writes_an_address_by_hand, '<script src="/static/prep/prep.js"></script>'),
    (writes_an_address_by_hand, '<div hx-get="/questions/">'),
    (writes_an_address_by_hand, '<div hx-post="{{ row.path }}/mastered/">'),
    (writes_an_address_by_hand, '<textarea data-address="/admin/preview/"></textarea>'),
    (has_long_lines, "<p>\n" + "a" * 141),
    (is_too_long, "<br>\n" * 121),
]
GOOD = """
<a href="#main"></a>
<a href="?page={{ newer }}"></a>
<a href="{{ back }}#q{{ question.pk }}"></a>
<a href="{% url 'study:start' %}{% if query %}?{{ query }}{% endif %}"></a>
<a href="{% url 'questions:detail' before %}{{ query }}"></a>
<a href="{% firstof back resets %}"></a>
<a hx-get data-keys href="{% url "questions:flag" pk %}?next={% url 'questions:flags' %}"></a>
<link href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'%3E">
<script src="{% static 'prep/prep.js' %}"></script>
<input name="next" value="/questions/">
"""
RULES = list(dict.fromkeys(rule for rule, _ in BAD))


@pytest.mark.parametrize("rule", RULES)
def test_no_template(rule):
    templates = sorted(TEMPLATES.rglob("*.html"))
    assert len(templates) > 100
    faults = [f"{path.relative_to(TEMPLATES)}: {what}" for path in templates for what in rule(path.read_text())]
    assert "\n".join(faults) == ""


@pytest.mark.parametrize(("rule", "text"), BAD)
def test_catches(rule, text):
    assert len(list(rule(text))) == 1


def test_a_good_template_breaks_no_rule():
    assert [what for rule in RULES for what in rule(GOOD)] == []
