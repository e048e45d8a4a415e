"""The front matter of a Markdown file: what stands between two lines of `---` at its top."""

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

import yaml

from ..items import NAME_LIMIT, Document, ReadError
from ..limits import check_text
from ..normal import one_line
from ..text import Line

FRONT_LIMIT = 20_000
ENDS = ("---", "...")


@dataclass(slots=True)
class FrontMatter:
    """Its values by name, none where a file has no front matter."""

    file: str
    values: dict[str, object]

    @property
    def source_title(self) -> str:
        return self.text("source") or self.text("title")

    def text(self, name: str) -> str:
        """A value that is one line of text; empty where it is missing."""
        value = self.values.get(name, "")
        if not isinstance(value, str):
            raise ReadError(self.file, 1, f'"{name}" in the front matter is not a text.')
        value = one_line(value)
        check_text(name, value, NAME_LIMIT, self.file, 1)
        return value

    def note_unknown(self, known: Container[str], document: Document) -> None:
        names = ", ".join(name for name in self.values if name not in known)
        if names:
            document.note(1, f"not known in the front matter and left out: {names[:200]!a}.")


def read_front(lines: Iterator[Line], file: str) -> tuple[FrontMatter, Iterator[Line]]:
    """The front matter, and the lines below it."""
    first = next(lines, Line(1, ""))
    if first.text.rstrip() != "---":
        return FrontMatter(file, {}), chain([first], lines)
    text = _text_to_end(lines, file)
    return FrontMatter(file, _yaml_values(text, file)), lines


def write_front(values: dict[str, str]) -> Iterator[str]:
    """The front matter that reads back as these values; those that are empty are left out."""
    yield "---\n"
    for name, value in values.items():
        if value:
            yield yaml.safe_dump({name: value}, allow_unicode=True, width=float("inf"))
    yield "---\n"


def are_texts(values: Iterable[object]) -> bool:
    return all(isinstance(value, str) for value in values)


def _text_to_end(lines: Iterator[Line], file: str) -> str:
    texts: list[str] = []
    size = 0
    for line in lines:
        if line.text.rstrip() in ENDS:
            return "\n".join(texts)
        texts.append(line.text)
        size += len(line.text)
        if size > FRONT_LIMIT:
            break
    why = "the front matter that begins here does not end. Put --- on a line below it."
    raise ReadError(file, 1, why)


def _yaml_values(text: str, file: str) -> dict[str, object]:
    values = _parsed_yaml(text, file)
    if values in (None, ""):
        return {}
    if not isinstance(values, dict) or not are_texts(values):
        rule = "names with values, as in: source: My notes"
        raise ReadError(file, 2, f"the front matter is not a list of {rule}.")
    return values


def _parsed_yaml(text: str, file: str) -> object:
    try:
        # The base loader makes texts, lists and dictionaries only: "source: 2024" stays a text.
        return yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark else 1
        why = f"the front matter is not YAML: {error.problem}."
        raise ReadError(file, line, why) from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        reason, *_ = str(error).split("\n")
        raise ReadError(file, 1, f"the front matter is not YAML: {reason}.") from None
