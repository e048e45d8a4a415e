"""What an item may not exceed: every reader sends every item through here before it leaves."""

import re
from collections.abc import Iterable

from . import normal
from .items import ID_LIMIT, LIST_LIMIT, QUESTION_LIMIT, Item, ReadError, SetItem
from .measures import Measured, addresses, item_texts, list_lengths, set_texts

_ID = re.compile(r"[-A-Za-z0-9_]*")
_HALF_CHARACTER = re.compile(r"[\ud800-\udfff]")
_WEB_ADDRESS = re.compile(r"https?://[^\s/]\S*", re.I)


def valid_item(item: Item, file: str) -> Item:
    """The item in its normal form.

    ReadError at its line for a missing title, a text over its limit, and an id or an address that
    is none.
    """
    item = normal.item(item)
    if not item.title:
        raise ReadError(file, item.line, "the question has no title.")
    _check_id(item.id, file, item.line)
    _check_texts(item_texts(item), file, item.line)
    _check_counts(item, file)
    for url in addresses(item):
        _check_address(url, file, item.line)
    return item


def valid_set(set_item: SetItem, file: str) -> SetItem:
    """The set in its normal form.

    ReadError at its line where it has no title or no questions, where a text is over its limit,
    and where an id is none.
    """
    set_item = normal.question_set(set_item)
    if not set_item.title:
        raise ReadError(file, set_item.line, "the question set has no title.")
    if not set_item.questions:
        raise ReadError(file, set_item.line, "the question set lists no questions.")
    _check_texts(set_texts(set_item), file, set_item.line)
    for value in (set_item.id, *set_item.questions):
        _check_id(value, file, set_item.line)
    return set_item


def check_text(name: str, value: str, limit: int, file: str, line: int) -> None:
    if len(value) > limit:
        raise ReadError(file, line, f"the {name} is longer than {limit:,} characters.")
    if not _is_storable(value):
        why = rf"the {name} holds \u0000 or half of a character, which no text may."
        raise ReadError(file, line, why)


def _is_storable(value: str) -> bool:
    """False for what escapes in JSON and YAML can spell, and no database or file can hold."""
    if "\0" in value:
        return False
    return value.isascii() or not _HALF_CHARACTER.search(value)


def _check_id(value: str, file: str, line: int) -> None:
    if len(value) > ID_LIMIT or not _ID.fullmatch(value):
        allowed = f"at most {ID_LIMIT} letters a-z, digits, hyphens and underscores"
        raise ReadError(file, line, f"{value[:60]!a} is no id: one has {allowed}.")


def _check_address(url: str, file: str, line: int) -> None:
    if not _WEB_ADDRESS.fullmatch(url):
        rule = "one begins with https:// or http:// and has no spaces"
        raise ReadError(file, line, f'"{url[:60]}" is not a web address: {rule}.')


def _check_texts(texts: Iterable[Measured], file: str, line: int) -> None:
    size = 0
    for measured in texts:
        size += len(measured.text)
        check_text(measured.name, measured.text, measured.limit, file, line)
    if size > QUESTION_LIMIT:
        why = f"the question has more than {QUESTION_LIMIT:,} characters in all."
        raise ReadError(file, line, why)


def _check_counts(item: Item, file: str) -> None:
    for name, count in list_lengths(item).items():
        if count > LIST_LIMIT:
            raise ReadError(file, item.line, f"the question has more than {LIST_LIMIT:,} {name}.")
