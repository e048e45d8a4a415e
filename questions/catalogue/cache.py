"""What is remembered of the catalogue between requests."""

from collections.abc import Callable
from hashlib import blake2b
from typing import TypeVar

from django.core.cache import caches

from .filters import Viewer

T = TypeVar("T")


def scope(user: Viewer) -> str:
    """People of the same scope see the same lists."""
    return f"in {sorted(user.roles)}" if user.is_authenticated else "visitor"


def remembered(key: tuple[object, ...], count: Callable[[], T]) -> T:
    """Kept in this process for as long as there is room; the key says of which version of the catalogue it is true."""
    name = blake2b(repr(key).encode(), digest_size=16).hexdigest()
    value = caches["local"].get(name)
    if value is None:
        caches["local"].set(name, value := count())
    return value
