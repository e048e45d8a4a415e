"""What every question of the bank is held to."""

from .data_rules import DATA_RULES
from .page import Found, Page
from .part_rules import PART_RULES


def check_page(page: Page) -> Found:
    for rule in (*DATA_RULES, *PART_RULES):
        yield from rule(page)
