from html.parser import HTMLParser

import pytest

from questions.rendering import code, markdown
from questions.rendering.allowed_html import TAGS


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**a** _b_ `c`", "<p><strong>a</strong> <em>b</em> <code>c</code></p>\n"),
        ("# A\n\n## B\n\n#### C", "<h3>A</h3>\n<h3>B</h3>\n<h3>C</h3>\n"),
        ("##### D", "<h4>D</h4>\n"),
        ("a <!-- hidden --> b", "<p>a  b</p>\n"),
        ("<!-- check\nassert x\n-->\n\nb", "\n<p>b</p>\n"),
        ("use <int:pk> and <Name>", "<p>use &lt;int:pk&gt; and &lt;Name&gt;</p>\n"),
        ("x<sub>2</sub>", "<p>x<sub>2</sub></p>\n"),
        (
            "[a](https://wren.example/)",
            '<p><a href="https://wren.example/" rel="noopener noreferrer nofollow">a</a></p>\n',
        ),
        ("[a](javascript:alert(1))", "<p>[a](javascript:alert(1))</p>\n"),
        ("![a](https://wren.example/x.png)", '<p><img alt="a"></p>\n'),
        ("~~a~~", "<p><s>a</s></p>\n"),
        ("3. a\n4. b", '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>\n'),
        (
            "| a | b |\n|--:|---|\n| 1 | 2 |",
            '<div class="scroll" tabindex="0" role="region" aria-label="Table"><table>\n<thead>\n<tr>\n<th class="right">a</th>\n'
            '<th>b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td class="right">1</td>\n<td>2</td>\n</tr>\n</tbody>\n</table></div>\n',
        ),
        (
            "```python continues\nx = '<b>'\n```",
            '<pre tabindex="0"><code class="language-python"><span class="n">x</span> <span class="o">=</span> '
            "<span class=\"s1\">'&lt;b&gt;'</span>\n</code></pre>\n",
        ),
        ("```nonsense\na < b\n```", '<pre tabindex="0"><code class="language-nonsense">a &lt; b\n</code></pre>\n'),
        ("    a\n\n    b", '<pre tabindex="0"><code>a\n\nb\n</code></pre>\n'),
    ],
)
def test_markdown(text, html):
    assert markdown.render(text) == html


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        '<b style="color:red" onclick="x()">b</b>',
        '<a href="javascript:alert(1)">a</a>',
        "<iframe src='//evil.example'></iframe>",
        '<span class="admin-toolbar">x</span>',
        "<svg onload=alert(1)>",
        "<style>p{}</style>",
        "<form action=/accounts/logout/><button>x</button></form>",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        '<a href="data:text/html,x">a</a>',
        '<a href=" d&#10;ATA:text/html,x">a</a>',
        '```"><script>alert(1)</script>\nx\n```',
    ],
)
def test_nothing_dangerous_comes_through(attack):
    found = Elements()
    found.feed(markdown.render(attack))
    assert found.tags <= TAGS
    assert found.attributes <= {"href", "rel", "class", "tabindex", "alt"}
    values = ["".join(value.split()).lower() for value in found.values]
    assert not [value for value in values if "javascript:" in value or "data:text" in value or "admin" in value]


class Elements(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.attributes, self.values = set(), set(), []

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.values += [value for _, value in attrs]


COLORED = "<span class="


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("```python\nx = 1\n```", [True]),
        (f"```python\nx = '{'a' * code.LINE_LIMIT}'\n```", [False]),
        ("```SystemD\n[Unit]\nAfter=x\n```", [False]),
        (
            "```python\nx = 1\n```\n\n" + "```python\n" + "y = 2\n" * 4_000 + "```" + "\n\n```python\nz = 3\n```",
            [True, False, False],
        ),
        ("```of-no-kind\nx = 1\n```", [False]),
    ],
)
def test_only_so_much_code_is_colored(text, blocks):
    html = markdown.render(text)
    assert [COLORED in block for block in html.split("</pre>")[:-1]] == blocks


def test_long_texts_are_rendered_and_not_remembered():
    markdown._render_short.cache_clear()
    markdown.render("a" * (markdown.MEMO_LIMIT + 1))
    markdown.render("b")
    markdown.render("b")
    assert markdown._render_short.cache_info()[:2] == (1, 1)


def test_remarks_are_list_items_with_a_bold_lead():
    found = markdown.remarks("- **Who `x`?** Me,\n  and you.\n- No lead\n- **Only a lead**")
    assert [(remark.lead, remark.text) for remark in found] == [
        ("Who <code>x</code>?", "<p>Me,\nand you.</p>\n"),
        ("No lead", ""),
        ("Only a lead", ""),
    ]
    assert [(remark.lead, remark.text) for remark in markdown.remarks("A sentence.")] == [("A sentence.", "")]
    assert markdown.remarks("") == []
