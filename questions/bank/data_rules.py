"""What the data of a question is held to: pairs of a line and what is wrong there."""

from .documentation import is_documentation
from .page import Found, Page

TAGS = frozenset(
    [
        "api",
        "configuration",
        "database",
        "forms",
        "fundamentals",
        "lifecycle",
        "operations",
        "request-response",
        "routing",
        "security",
        "sessions",
        "structure",
        "templates",
        "testing",
    ]
)


def _file_name(page: Page) -> Found:
    if page.item.id != page.path.stem:
        yield page.data_line("id"), f'the id "{page.item.id}" is not the name of the file.'


def _status(page: Page) -> Found:
    if page.item.status != "published":
        yield page.data_line("status"), "a question of the bank is published."


def _difficulty(page: Page) -> Found:
    if not page.item.difficulty:
        yield page.data_line("difficulty"), "it has no difficulty."


def _other_wordings(page: Page) -> Found:
    if not page.item.wordings:
        yield page.item.line, 'no other wording is named in "also asked".'


def _tags(page: Page) -> Found:
    if not page.item.tags:
        yield page.item.line, "it has no tag."
    for tag in page.item.tags:
        if tag not in TAGS:
            known = f"not one of the {len(TAGS)}: {', '.join(sorted(TAGS))}."
            yield page.data_line("tags"), f'the tag "{tag}" is {known}'


def _applies_to(page: Page) -> Found:
    if not page.item.applies_to:
        yield page.item.line, 'it does not say what it "applies to".'


def _verification(page: Page) -> Found:
    verified = page.item.verified_on
    if not verified:
        yield page.item.line, "it does not say when it was verified."
    elif verified > page.today:
        yield page.data_line("verified"), f"it was verified on a day to come, {verified}."


def _links(page: Page) -> Found:
    if not page.item.links:
        yield page.item.line, 'no documentation is named in "docs".'
    for link in page.item.links:
        if not is_documentation(link.url):
            why = "is not an https address of documentation that is known here."
            yield page.data_line("docs"), f"{link.url} {why}"


DATA_RULES = (
    _file_name,
    _status,
    _difficulty,
    _other_wordings,
    _tags,
    _applies_to,
    _verification,
    _links,
)
