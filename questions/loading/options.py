"""What a run is told rather than reads: names of files, the title of the source, tags. Pure."""

import re
from dataclasses import dataclass, replace

from accounts.models import Team
from questions.readers.items import NAME_LIMIT, TAG_LIMIT, ReadError
from questions.readers.limits import check_text
from questions.readers.normal import one_line

from .keys import digest

# Python spells bytes that are no text in the name of a file as halves of characters.
UNSTORABLE = re.compile(r"[\0\ud800-\udfff]")


def file_name(path: str) -> str:
    """A file's name as rows can hold it: on one line, without bytes that are no text.

    Of a long path it is the end.
    """
    name = one_line(UNSTORABLE.sub("\ufffd", path))
    return name if len(name) <= NAME_LIMIT else f"{digest(name)[:8]}…{name[9 - NAME_LIMIT :]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadOptions:
    """`source` is the title of the source, whatever the documents say; every item gets `tags`.

    `publish` publishes what is new in this run, `public` lets visitors read a source made by it.
    """

    source: str = ""
    tags: tuple[str, ...] = ()
    publish: bool = False
    public: bool = False
    owner: Team | None = None
    retire_missing: bool = False

    @property
    def owner_id(self) -> int | None:
        return self.owner.pk if self.owner else None

    def clean(self) -> "LoadOptions":
        """With texts on one line. ReadError for one that no row can hold."""
        source = clean_text(self.source, "--source", NAME_LIMIT)
        tags = dict.fromkeys(clean_text(name, "--tag", TAG_LIMIT) for name in self.tags)
        if "" in tags:
            raise ReadError("--tag", 0, "the name of a tag is empty.")
        return replace(self, source=source, tags=tuple(tags))

    def stamp(self) -> str:
        """Tells options apart under which the same bytes are loaded anew."""
        first = (self.source, self.tags, self.publish, self.public)
        return repr((*first, self.owner_id, self.retire_missing))


def clean_text(value: str, option: str, limit: int) -> str:
    check_text("text", value, limit, option, 0)
    return one_line(value)
