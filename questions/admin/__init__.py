"""Curating: Django's own admin with pages for what curators do."""
