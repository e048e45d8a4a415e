from questions.templatetags.pieces import cells, each


def test_each_row_fills_the_pattern_with_texts_escaped():
    rows = [(1, 2.5, "<b>"), (3, 0.0, "a \"quoted\" & 'plain' one")]
    assert each(rows, '<i x="{0}" y="{1}">{2}</i>') == (
        '<i x="1" y="2.5">&lt;b&gt;</i><i x="3" y="0.0">a &quot;quoted&quot; &amp; &#x27;plain&#x27; one</i>'
    )
    assert each([], "<i>{}</i>") == ""


def test_the_first_cell_of_a_row_heads_it():
    assert cells([("Mar 3", 4), ("<Mar 2>", "5")]) == (
        '<tr><th scope="row">Mar 3</th><td>4</td></tr>\n<tr><th scope="row">&lt;Mar 2&gt;</th><td>5</td></tr>\n'
    )
    assert cells([]) == ""
