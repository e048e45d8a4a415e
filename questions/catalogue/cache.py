"""What is remembered of the catalogue between requests.

A value is never dropped: whatever changes the catalogue raises its version (`Catalogue.bump`), and
what changes a learner's progress raises theirs (`Learner.forget`). The version is in the key.
"""

from collections.abc import Callable
from hashlib import blake2b
from typing import TypeVar

from django.core.cache import caches

from questions.models.visibility import Viewer

T = TypeVar("T")


def audience(user: Viewer) -> str:
    """Who shares lists and counts: people of the same teams, and all visitors.

    It has to tell apart whoever `models/visibility.py` lets see different lists.
    """
    return f"in {sorted(user.roles)}" if user.is_authenticated else "visitor"


def remembered(key: tuple[object, ...], count: Callable[[], T]) -> T:
    """Kept in this process while there is room.

    The key says of which version of the catalogue the value is true.
    """
    name = blake2b(repr(key).encode(), digest_size=16).hexdigest()
    value = caches["local"].get(name)
    if value is None:
        value = count()
        caches["local"].set(name, value)
    return value
