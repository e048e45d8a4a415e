"""A question as it stands in the article."""

from dataclasses import dataclass, field
from itertools import dropwhile

from ..items import TEXT_LIMIT, ReadError
from ..text import Line
from .frame import begins_links, begins_tail, group_name
from .prose import ends_sentence


@dataclass(slots=True)
class RawQuestion:
    """`question_lines` are those between its title and its label, `answer_lines` those below.

    `tail` begins with a label such as Related or Conclusion: what it is shows only by what
    follows. `omission_line` is the first line that was dropped from the middle of the article or
    may be missed at its end, 0 for none. To a question that is closed nothing is added.
    """

    title: str
    line: int
    number: int
    file: str
    tags: tuple[str, ...] = ()
    question_lines: list[Line] = field(default_factory=list)
    answer_lines: list[Line] = field(default_factory=list)
    tail: list[Line] = field(default_factory=list)
    omission_line: int = 0
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
        answer_tail = self._tail_of_answer()
        if len(answer_tail) < len(self.tail):
            self.omission_line = self.tail[0].number
        self.answer_lines += answer_tail

    def end_article(self) -> None:
        """The tail is the frame of the article."""
        if self.tail and not self._has_links():
            self.omission_line = self.tail[0].number

    def take_group_name(self) -> str | None:
        """Takes off a heading at the end: it names the group of the questions that follow.

        Empty where the heading names nothing, None where there is none.
        """
        self._drop_blank_end()
        if len(self.answer_lines) < 2 or self.answer_lines[-2].text:
            return None
        name = group_name(self.answer_lines[-1].text)
        if name is not None:
            self.answer_lines.pop()
        return name

    def _lines_for(self, line: Line) -> list[Line]:
        return self.tail if self.tail or begins_tail(line.text) else self.answer_lines

    def _tail_of_answer(self) -> list[Line]:
        if not self.tail or not self._has_links():
            return self.tail
        return list(dropwhile(lambda line: not ends_sentence(line.text), self.tail))

    def _has_links(self) -> bool:
        return begins_links(self.tail[0].text)

    def _drop_blank_end(self) -> None:
        while self.answer_lines and not self.answer_lines[-1].text:
            self.answer_lines.pop()
