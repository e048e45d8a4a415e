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
        empty = self.place_of_empty(backwards=backwards)
        first = OrderBy(F(self.column), descending=descends, **empty)
        return [first, "-pk" if descends else "pk"]

    def place_of_empty(self, *, backwards: bool) -> dict[str, Any]:
        if not self.may_be_empty:
            return {}
        return {"nulls_first": True} if backwards else {"nulls_last": True}

    def beyond(self, value: Any, pk: int, *, backwards: bool = False) -> list[Q]:
        """Conditions for the rows behind the one with this value and number, or before it.

        One condition, or two for rows to be read one after the other, the nearest first.
        """
        side = "lt" if self.descends != backwards else "gt"
        beyond_number = Q(**{f"pk__{side}": pk})
        if self.is_by_number:
            return [beyond_number]
        if value is None:
            tied = self.emptiness(is_empty=True) & beyond_number
            return [tied, self.emptiness(is_empty=False)] if backwards else [tied]
        # The first says nothing new, but an index can begin with it.
        from_value = Q(**{f"{self.column}__{side}e": value})
        beyond_value = Q(**{f"{self.column}__{side}": value})
        parts = [from_value & (beyond_value | beyond_number)]
        if self.may_be_empty and not backwards:
            parts.append(self.emptiness(is_empty=True))
        return parts

    def emptiness(self, *, is_empty: bool) -> Q:
        return Q(**{f"{self.column}__isnull": is_empty})


SORTS = {
    "order": Sort("pk"),
    "title": Sort("title"),
    "easy": Sort("difficulty", may_be_empty=True),
    "hard": Sort("difficulty", descends=True, may_be_empty=True),
    "changed": Sort("answer_changed_at", descends=True),
}
