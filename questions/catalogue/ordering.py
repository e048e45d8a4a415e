"""The orders of a list: how rows are sorted, and which stand behind one of them."""

from typing import Any, NamedTuple

from django.db.models import F, OrderBy, Q


class Sort(NamedTuple):
    """By a column. Ties go by number, the same way; what is empty comes last."""

    column: str
    descends: bool = False
    may_be_empty: bool = False

    @property
    def is_by_number(self) -> bool:
        return self.column == "pk"

    def ordering(self, *, backwards: bool = False) -> list[Any]:
        """For `order_by`."""
        descends = self.descends != backwards
        column = F(self.column)
        first = OrderBy(column, descending=descends)
        if self.may_be_empty and backwards:
            first = OrderBy(column, descending=descends, nulls_first=True)
        elif self.may_be_empty:
            first = OrderBy(column, descending=descends, nulls_last=True)
        return [first, "-pk" if descends else "pk"]

    def beyond(self, value: Any, pk: int, *, backwards: bool = False) -> list[Q]:
        """Conditions for the rows behind the one with this value and number, or before it.

        One condition, or two for rows to be read one after the other, the nearest first.
        """
        side = "lt" if self.descends != backwards else "gt"
        beyond_number = Q(**{f"pk__{side}": pk})
        if self.is_by_number:
            return [beyond_number]
        empty = Q(**{f"{self.column}__isnull": True})
        with_value = Q(**{f"{self.column}__isnull": False})
        if value is None:
            tied = empty & beyond_number
            return [tied, with_value] if backwards else [tied]
        beyond_value = Q(**{f"{self.column}__{side}": value})
        # Says nothing new, but an index can begin with it.
        from_value = Q(**{f"{self.column}__{side}e": value})
        part = from_value & (beyond_value | beyond_number)
        return [part, empty] if self.may_be_empty and not backwards else [part]


SORTS = {
    "order": Sort("pk"),
    "title": Sort("title"),
    "easy": Sort("difficulty", may_be_empty=True),
    "hard": Sort("difficulty", descends=True, may_be_empty=True),
    "changed": Sort("answer_changed_at", descends=True),
}
