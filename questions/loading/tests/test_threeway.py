"""The rule for each field, whatever was loaded, edited and loaded again."""

from hypothesis import given
from hypothesis import strategies as st

from questions.loading.records import FIELDS
from questions.loading.threeway import merge

records = st.fixed_dictionaries({name: st.sampled_from("abc") for name in FIELDS})


@given(base=records | st.just({}), current=records, incoming=records)
def test_untouched_fields_follow_and_edited_ones_stay(base, current, incoming):
    result = merge(base, current, incoming)
    for name in FIELDS:
        old, now, new = base.get(name), current[name], incoming[name]
        assert (name in result.take) == (now == old != new)
        assert (name in result.keep) == (now != old and new not in (old, now))
        assert result.base[name] == (old if name in result.keep else new)
    merged = current | result.take
    again = merge(result.base, merged, incoming)
    assert (again.take, again.keep, again.base) == ({}, result.keep, result.base)
    seen = merge(incoming, merged, incoming)
    assert (seen.take, seen.keep) == ({}, ())
