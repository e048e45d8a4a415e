"""A question as it stands in the article."""

from dataclasses import dataclass, field
from itertools import dropwhile

from ..items import TEXT_LIMIT, ReadError
from ..text import Line
from .frame import begins_links, begins_tail, group_name
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
            self._lines_for(line).append(line)
        elif self.tail:
            self.is_closed = True
        else:
            why = f"the answer is longer than {TEXT_LIMIT:,} characters."
            raise ReadError(self.file, self.line, why)

    def end(self) -> None:
        """Ends before another question: the tail may be a part of the answer."""
        kept = self._kept_tail()
        if len(kept) < len(self.tail):
            self.left_out = self.tail[0].number
        self.body += kept

    def end_article(self) -> None:
        """The tail is the frame of the article."""
        if self.tail and not self._has_links():
            self.left_out = self.tail[0].number

    def take_group_name(self) -> str | None:
        """Takes off a heading at the end: it names the group of the questions that follow.

        Empty where the heading names nothing, None where there is none.
        """
        self._drop_blank_end()
        if len(self.body) < 2 or self.body[-2].text:
            return None
        name = group_name(self.body[-1].text)
        if name is not None:
            self.body.pop()
        return name

    def _lines_for(self, line: Line) -> list[Line]:
        return self.tail if self.tail or begins_tail(line.text) else self.body

    def _kept_tail(self) -> list[Line]:
        if not self.tail or not self._has_links():
            return self.tail
        return list(dropwhile(lambda line: not ends_sentence(line.text), self.tail))

    def _has_links(self) -> bool:
        return begins_links(self.tail[0].text)

    def _drop_blank_end(self) -> None:
        while self.body and not self.body[-1].text:
            self.body.pop()
