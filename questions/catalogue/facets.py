"""The links by which a list is narrowed and widened. Each is an address."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from questions.models import Question

from .counts import Counts, Standing
from .filters import DIFFICULTIES, PROGRESS, Filter
from .selection import Selection

# More tags than these are folded away.
TAGS_SHOWN = 14
OTHER_SORTS = {
    "title": "Title",
    "easy": "Easy first",
    "hard": "Hard first",
    "changed": "Newest changes",
}
SORTS = {"": "In order"} | OTHER_SORTS
SEARCH_SORTS = {"": "Best match first", "order": "In order"} | OTHER_SORTS


@dataclass(frozen=True, slots=True)
class Choice:
    """A link. `number` is a text, since a template takes pains to write a number; empty for none.

    `name` is that of an element whose number changes with the learner's progress.
    """

    label: str
    href: str
    number: str = ""
    current: bool = False
    name: str = ""


@dataclass(frozen=True, slots=True)
class Facet:
    title: str
    choices: list[Choice]
    folded: list[Choice]


def facets(selection: Selection, counts: Counts, standing: Standing | None) -> list[Facet]:
    """Those that have anything to choose."""
    chosen = selection.chosen
    found = [
        facet("Progress", progress_choices(chosen, standing)),
        facet("Difficulty", difficulty_choices(chosen, counts)),
        tag_facet(selection, counts),
        facet("Source", source_choices(chosen, counts)),
        facet("Status", status_choices(selection)),
        facet("Order", sort_choices(chosen)),
    ]
    return [each for each in found if each.choices]


def facet(title: str, choices: Iterator[Choice]) -> Facet:
    return Facet(title, list(choices), [])


def progress_choices(chosen: Filter, standing: Standing | None) -> Iterator[Choice]:
    """For those who have any."""
    if standing is None:
        return
    numbers = numbers_of(standing)
    for value, label in {"": "All", **PROGRESS}.items():
        name = value or "all"
        href = chosen.address(progress=value)
        yield Choice(label, href, numbers[name], chosen.progress == value, name)


def numbers_of(standing: Standing) -> dict[str, str]:
    numbers = {
        "all": standing.total,
        "new": standing.new,
        "mastered": standing.mastered,
        "starred": standing.starred,
        "changed": standing.changed,
    }
    return {name: str(number) for name, number in numbers.items()}


def difficulty_choices(chosen: Filter, counts: Counts) -> Iterator[Choice]:
    for name in DIFFICULTIES:
        number = counts.difficulties[name]
        if number != 0 or chosen.difficulty == name:
            yield toggle(chosen, "difficulty", name, name.title(), number)


def source_choices(chosen: Filter, counts: Counts) -> Iterator[Choice]:
    """None where there is only one anyway."""
    if len(counts.sources) < 2 and not chosen.source:
        return
    for pk, title, number in counts.sources:
        yield toggle(chosen, "source", pk, title, number)


def status_choices(selection: Selection) -> Iterator[Choice]:
    """For those who see more than what is published."""
    if selection.curates:
        for value in Question.Status.values:
            yield toggle(selection.chosen, "status", value, value.title())


def toggle(chosen: Filter, name: str, value: Any, label: str, number: int | None = None) -> Choice:
    """A link that chooses a value, and the one chosen takes it back."""
    current = getattr(chosen, name) == value
    change = {name: getattr(Filter(), name) if current else value}
    return Choice(label, chosen.address(**change), as_text(number), current)


def as_text(number: int | None) -> str:
    return "" if number is None else str(number)


def tag_facet(selection: Selection, counts: Counts) -> Facet:
    """Several tags combine: those chosen come first, the others say how many carry them as well."""
    chosen = selection.chosen
    numbers = {slug: number for slug, _, number in counts.tags}
    current = []
    for slug in chosen.tags:
        label = selection.filter_choices.tags[slug].name
        href = chosen.address(tags=other_tags(chosen, slug))
        current.append(Choice(label, href, as_text(numbers.get(slug)), current=True))
    others = list(further_tags(chosen, counts))
    return Facet("Tags", current + others[:TAGS_SHOWN], others[TAGS_SHOWN:])


def further_tags(chosen: Filter, counts: Counts) -> Iterator[Choice]:
    for slug, label, number in counts.tags:
        if slug not in chosen.tags:
            href = chosen.address(tags=(*chosen.tags, slug))
            yield Choice(label, href, as_text(number))


def other_tags(chosen: Filter, slug: str) -> tuple[str, ...]:
    return tuple(tag for tag in chosen.tags if tag != slug)


def sort_choices(chosen: Filter) -> Iterator[Choice]:
    for name, label in (SEARCH_SORTS if chosen.q else SORTS).items():
        yield Choice(label, chosen.address(sort=name), current=chosen.sort == name)


def heading(selection: Selection) -> str:
    """What is being looked at, in words."""
    chosen, choices = selection.chosen, selection.filter_choices
    if chosen.set:
        return choices.sets[chosen.set].title
    if chosen.source:
        return choices.sources[chosen.source]
    return " and ".join(choices.tags[tag].name for tag in chosen.tags) or "Questions"


def conditions(selection: Selection) -> Iterator[Choice]:
    """Each in words, as a link to the list without it."""
    chosen = selection.chosen
    for name, label in single_conditions(selection).items():
        if getattr(chosen, name):
            yield Choice(label, chosen.address(**{name: getattr(Filter(), name)}))
    for tag in chosen.tags:
        label = f"the tag {selection.filter_choices.tags[tag].name}"
        yield Choice(label, chosen.address(tags=other_tags(chosen, tag)))


def single_conditions(selection: Selection) -> dict[str, str]:
    """The filter's fields that have one value, in words; meaningless for a field that is empty."""
    chosen, choices = selection.chosen, selection.filter_choices
    chosen_set = choices.sets.get(chosen.set)
    return {
        "q": f"the search for “{chosen.q}”",
        "difficulty": f"the difficulty {chosen.difficulty}",
        "progress": f"the progress {PROGRESS.get(chosen.progress, '').lower()}",
        "source": f"the source {choices.sources.get(chosen.source or 0)}",
        "set": f"the set {chosen_set.title if chosen_set else ''}",
        "status": f"the status {chosen.status}",
    }


def words(selection: Selection) -> str:
    """A filter within a sentence.

    "the difficulty easy, the set Seniors"; "everything" where nothing is left out.
    """
    return ", ".join(choice.label for choice in conditions(selection)) or "everything"
