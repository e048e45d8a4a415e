"""Curating: Django's own admin with pages for what curators do."""

from . import flags, origins, question, sets, sources, tags, upload  # noqa: F401
