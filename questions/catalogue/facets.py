"""The links by which a list is narrowed and widened. Each is an address."""

from dataclasses import dataclass, replace
from typing import Any

from questions.models import Question

from .counts import Counts, Standing
from .filters import DIFFICULTIES, PROGRESS, Filter
from .selection import Selection

# More tags than these are folded away.
TAGS_SHOWN = 14
SORTS = {"": "In order", "title": "Title", "easy": "Easy first", "hard": "Hard first", "changed": "Newest changes"}


@dataclass(frozen=True, slots=True)
class Choice:
    """`number` as text, since a template takes pains to write a number; empty for none. `name` is that of an element
    whose number changes with the learner's progress."""

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


def facets(selection: Selection, counts: Counts, mine: Standing | None) -> list[Facet]:
    chosen = selection.chosen
    found = [
        Facet("Progress", progress(chosen, mine), []) if mine else None,
        Facet("Difficulty", difficulties(chosen, counts), []),
        tags(selection, counts),
        Facet("Source", sources(chosen, counts), []) if len(counts.sources) > 1 or chosen.source else None,
        Facet("Status", statuses(chosen), []) if selection.curates else None,
        Facet("Order", sorts(chosen), []),
    ]
    return [facet for facet in found if facet and facet.choices]


def progress(chosen: Filter, mine: Standing) -> list[Choice]:
    numbers = numbers_of(mine)
    words = {"": "All"} | PROGRESS
    return [
        Choice(
            words[name], chosen.address(progress=name), numbers[name or "all"], chosen.progress == name, name or "all"
        )
        for name in words
    ]


def numbers_of(mine: Standing) -> dict[str, str]:
    numbers = {"all": mine.total, "new": mine.new, "mastered": mine.mastered, "starred": mine.starred}
    return {name: str(number) for name, number in (numbers | {"changed": mine.changed}).items()}


def written(number: int | None) -> str:
    return "" if number is None else str(number)


def difficulties(chosen: Filter, counts: Counts) -> list[Choice]:
    return [
        toggle(chosen, "difficulty", name, name.title(), counts.difficulties[name], "")
        for name in DIFFICULTIES
        if counts.difficulties[name] != 0 or chosen.difficulty == name
    ]


def sources(chosen: Filter, counts: Counts) -> list[Choice]:
    return [toggle(chosen, "source", pk, title, number, None) for pk, title, number in counts.sources]


def statuses(chosen: Filter) -> list[Choice]:
    return [toggle(chosen, "status", value, value.title(), None, "") for value in Question.Status.values]


def toggle(chosen: Filter, field: str, value: Any, label: str, number: int | None, empty: Any) -> Choice:
    """A link that chooses a value, and the one chosen takes it back."""
    current = getattr(chosen, field) == value
    return Choice(label, chosen.address(**{field: empty if current else value}), written(number), current)


def tags(selection: Selection, counts: Counts) -> Facet:
    """Several tags combine: those chosen come first, the others say how many questions carry them as well."""
    chosen = selection.chosen
    numbers = {slug: number for slug, _, number in counts.tags}
    mine = [
        Choice(
            selection.filter_choices.tags[tag][1],
            chosen.address(tags=tuple(t for t in chosen.tags if t != tag)),
            written(numbers.get(tag)),
            True,
        )
        for tag in chosen.tags
    ]
    others = [
        Choice(name, chosen.address(tags=(*chosen.tags, slug)), written(number))
        for slug, name, number in counts.tags
        if slug not in chosen.tags
    ]
    return Facet("Tags", mine + others[:TAGS_SHOWN], others[TAGS_SHOWN:])


def sorts(chosen: Filter) -> list[Choice]:
    words = SORTS
    if chosen.q:
        words = {"": "Best match first", "order": "In order"} | {name: word for name, word in SORTS.items() if name}
    return [Choice(word, chosen.address(sort=name), "", chosen.sort == name) for name, word in words.items()]


def heading(selection: Selection) -> str:
    """What is being looked at, in words."""
    chosen, filter_choices = selection.chosen, selection.filter_choices
    if chosen.set:
        return filter_choices.sets[chosen.set][1]
    if chosen.source:
        return filter_choices.sources[chosen.source]
    return " and ".join(filter_choices.tags[tag][1] for tag in chosen.tags) or "Questions"


def loosen(selection: Selection) -> list[Choice]:
    """For a list without a row: every condition, each as a link to the list without it."""
    chosen, filter_choices = selection.chosen, selection.filter_choices
    conditions = [
        ("q", "", f"the search for “{chosen.q}”"),
        ("difficulty", "", f"the difficulty {chosen.difficulty}"),
        ("progress", "", f"the progress {PROGRESS.get(chosen.progress, '').lower()}"),
        ("source", None, f"the source {filter_choices.sources.get(chosen.source or 0)}"),
        ("set", "", f"the set {filter_choices.sets.get(chosen.set, (0, ''))[1]}"),
        ("status", "", f"the status {chosen.status}"),
    ]
    found = [
        Choice(label, chosen.address(**{field: empty})) for field, empty, label in conditions if getattr(chosen, field)
    ]
    return found + [
        Choice(
            f"the tag {filter_choices.tags[tag][1]}",
            replace(chosen, tags=tuple(t for t in chosen.tags if t != tag)).address(),
        )
        for tag in chosen.tags
    ]


def words(selection: Selection) -> str:
    """A filter within a sentence: "the difficulty easy, the set Seniors"; "everything" where nothing is left out."""
    return ", ".join(choice.label for choice in loosen(selection)) or "everything"
