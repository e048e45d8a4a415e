"""Loaded last, standing now, said by the document today: the rule for each field. Pure."""

from dataclasses import dataclass, field

from .records import FIELDS, Record


@dataclass(slots=True, kw_only=True)
class Merge:
    """`take` are fields that follow the document, `keep` fields that a curator edited and the
    document changed too.

    `base` is what counts as loaded last from now on: for a kept field still the old text, until
    somebody reviews it.
    """

    take: Record = field(default_factory=dict)
    keep: tuple[str, ...] = ()
    base: Record = field(default_factory=dict)

    @property
    def fields(self) -> tuple[str, ...]:
        """Those to report."""
        return self.keep or tuple(self.take)


def merge(base: Record, current: Record, incoming: Record) -> Merge:
    """An untouched field follows its document; an edited one stays, and waits for review where the
    document changed."""
    result = Merge(base=dict(incoming))
    for name in FIELDS:
        old, now, new = base.get(name), current[name], incoming[name]
        if new in (old, now):
            continue
        if now == old:
            result.take[name] = new
        else:
            result.keep += (name,)
            result.base[name] = old
    return result
