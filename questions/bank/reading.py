"""How many words a question takes to read."""

import re

from questions.readers.items import Item

from .code_block import CHECK
from .code_blocks import code_blocks
from .spelling import prose

_TABLE_RULE = re.compile(r"[ |:-]+")


def words(text: str) -> int:
    """Words of the prose, tables included."""
    lines = [line for _, line in prose(text) if not _TABLE_RULE.fullmatch(line)]
    return sum(len(line.replace("|", " ").split()) for line in lines)


def words_to_read(item: Item) -> int:
    """Words of both answers and of the code that is shown."""
    shown = [block.code for block in code_blocks(item.answer) if block.language != CHECK]
    return words(item.short) + words(item.answer) + sum(len(code.split()) for code in shown)
