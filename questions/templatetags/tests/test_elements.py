from types import SimpleNamespace

import pytest
from django.template import Context, Template

from questions.templatetags.elements import current


@pytest.mark.parametrize(
    ("here", "names", "is_marked"),
    [
        ("study:start", ["study:"], True),
        ("study:start", ["sets:", "study:"], True),
        ("study:start", ["questions:"], False),
        ("questions:list", ["list"], False),
    ],
)
def test_a_link_is_marked_on_the_pages_it_stands_for(here, names, is_marked):
    request = SimpleNamespace(resolver_match=SimpleNamespace(view_name=here))
    assert current({"request": request}, *names) == (' aria-current="page"' if is_marked else "")


@pytest.mark.parametrize("context", [{}, {"request": SimpleNamespace(resolver_match=None)}, {"request": None}])
def test_no_link_is_marked_where_no_route_was_found(context):
    assert current(context, "study:") == ""


def test_attributes_without_a_value_are_left_out():
    source = "{% load elements %}<input{% attributes name=name value=value rows=rows readonly=yes checked=no %}>"
    values = {"name": 'a"b', "value": 0, "rows": "", "yes": True, "no": False}
    assert Template(source).render(Context(values)) == '<input name="a&quot;b" value="0" readonly>'
