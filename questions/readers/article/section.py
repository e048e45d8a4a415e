"""A question as it stands in the article."""

from dataclasses import dataclass, field
from itertools import dropwhile

from ..items import TEXT_LIMIT, ReadError
from ..text import Line
from .frame import begins_links, begins_tail
from .prose import ends_sentence


@dataclass(slots=True)
class Section:
    """`asked` are the lines between its title and its label, `body` those of its answer.

    `tail` begins with a label such as Related or Conclusion: what it is shows only by what
    follows. `left_out` is the first line that was dropped from the middle of the article or may
    be missed at its end, 0 for none. To a section that is closed nothing is added.
    """

    title: str
    line: int
    number: int
    file: str
    tags: tuple[str, ...] = ()
    asked: list[Line] = field(default_factory=list)
    body: list[Line] = field(default_factory=list)
    tail: list[Line] = field(default_factory=list)
    left_out: int = 0
    size: int = 0
    is_closed: bool = False

    def add(self, line: Line) -> None:
        self.size += len(line.text) + 1
        if self.size <= TEXT_LIMIT:
            self._place_of(line).append(line)
        elif self.tail:
            self.is_closed = True
        else:
            why = f"the answer is longer than {TEXT_LIMIT:,} characters."
            raise ReadError(self.file, self.line, why)

    def end(self, *, is_last: bool) -> None:
        """Settles the tail.

        At the end of the article it is its frame, before another question it may be answer.
        """
        kept = self._kept_tail(is_last=is_last)
        if len(kept) < len(self.tail) and not (is_last and self._has_links):
            self.left_out = self.tail[0].number
        self.body += kept

    @property
    def _has_links(self) -> bool:
        return begins_links(self.tail[0].text)

    def _place_of(self, line: Line) -> list[Line]:
        return self.tail if self.tail or begins_tail(line.text) else self.body

    def _kept_tail(self, *, is_last: bool) -> list[Line]:
        if is_last:
            return []
        if self.tail and self._has_links:
            return list(dropwhile(lambda line: not ends_sentence(line.text), self.tail))
        return self.tail
