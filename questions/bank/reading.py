"""How many words a question takes to read."""

import re

from questions.readers.items import Item

from .code_blocks import shown_blocks
from .spelling import prose

_TABLE_RULE = re.compile(r"[ |:-]+")


def words(text: str) -> int:
    """Words of the prose, tables included."""
    lines = [line for _, line in prose(text) if not _TABLE_RULE.fullmatch(line)]
    return sum(len(line.replace("|", " ").split()) for line in lines)


def words_to_read(item: Item) -> int:
    """Words of both answers and of the code that is shown."""
    code = " ".join(block.code for block in shown_blocks(item.answer))
    return words(item.short) + words(item.answer) + len(code.split())
