"""Question sets of the documents of a run, three-way like everything else."""

from collections.abc import Sequence
from itertools import chain

from accounts.models import Team
from questions.models import Origin, Question, QuestionSet, SetEntry
from questions.readers.items import ID_LIMIT, ReadError, SetItem

from .keys import digest, normalized
from .report import DocumentReport

FIELDS = ("title", "description", "questions")
TITLE_LIMIT = 200
# Positions beyond it are no small integers any more.
QUESTIONS_LIMIT = 10_000
# A set, and the report of the document that it stands in.
PlacedSet = tuple[SetItem, DocumentReport]


def load_sets(sets: Sequence[PlacedSet], *, owner: Team | None) -> bool:
    """True when anything changed. A question that is not there is left out, with a notice."""
    check(sets)
    asked = set(chain.from_iterable(item.questions for item, _ in sets))
    known = known_questions(asked, owner)
    changed = [IncomingSet(item, report, known, owner).store() for item, report in sets]
    return any(changed)


def set_key(item: SetItem) -> str:
    words = normalized(item.title).replace(" ", "-")
    return item.id or words[:ID_LIMIT] or digest(item.title)[:16]


def check(sets: Sequence[PlacedSet]) -> None:
    """ReadError for what the tables of sets cannot hold, and for a set that stands twice."""
    places: dict[str, str] = {}
    for item, report in sets:
        why = fault_of(item, places)
        if why:
            raise ReadError(report.file, item.line, why)
        places[set_key(item)] = f"{report.file}:{item.line}"


def fault_of(item: SetItem, places: dict[str, str]) -> str:
    """`places` says where the sets before it stand, by key. Empty where nothing is wrong."""
    key = set_key(item)
    if key in places:
        return f"the set {key!r} stands in {places[key]} already. Give one of them another id."
    if len(item.title) > TITLE_LIMIT:
        return f"the title of the set is longer than {TITLE_LIMIT} characters."
    if len(item.questions) > QUESTIONS_LIMIT:
        return f"the set has more than {QUESTIONS_LIMIT:,} questions."
    return ""


def known_questions(keys: set[str], owner: Team | None) -> dict[str, Question]:
    """By the id that a document may ask for: that of the question, of the library too where a team
    loads, else that of the item it was loaded from."""
    origins = Origin.objects.filter(source__owner=owner, key__in=keys).select_related("question")
    questions = Question.objects.filter(key__in=keys).only("key")
    by_item = {origin.key: origin.question for origin in origins}
    library = {question.key: question for question in questions.filter(owner=None)}
    own = {question.key: question for question in questions.filter(owner=owner)}
    return by_item | library | own


class IncomingSet:
    """One set on its way in."""

    def __init__(
        self,
        item: SetItem,
        report: DocumentReport,
        known: dict[str, Question],
        owner: Team | None,
    ) -> None:
        self.item = item
        self.report = report
        self.owner = owner
        self.keys: dict[int, str] = {}
        for key in item.questions:
            if key in known:
                self.keys[known[key].pk] = known[key].key
            else:
                self.note(f"The set “{item.title}” asks for {key!r}, which is not there.")
        self.values = {
            "title": item.title,
            "description": item.description,
            "questions": list(self.keys.values()),
        }

    def note(self, text: str) -> None:
        self.report.note(self.item.line, text)

    def store(self) -> bool:
        """True when anything of the set changed."""
        sets = QuestionSet.objects.filter(owner=self.owner)
        defaults = {"title": self.values["title"], "position": sets.count() + 1}
        key = set_key(self.item)
        row, is_new = sets.get_or_create(key=key, owner=self.owner, defaults=defaults)
        current = {name: getattr(row, name) for name in ("title", "description")}
        current["questions"] = list(row.entries.values_list("question__key", flat=True))
        news = [name for name in FIELDS if self.values[name] not in (current[name], row.item.get(name))]
        kept = [] if is_new else [name for name in news if row.item.get(name) != current[name]]
        take = [name for name in news if name not in kept]
        self.write(row, take, kept)
        return bool(take)

    def write(self, row: QuestionSet, take: list[str], kept: list[str]) -> None:
        if kept:
            names = " and ".join(kept)
            self.note(f"The set “{row.title}” was edited here: its {names} stays as it is.")
        for name in take:
            if name == "questions":
                self.set_entries(row)
            else:
                setattr(row, name, self.values[name])
        row.item = self.values | {name: row.item.get(name) for name in kept}
        row.save()

    def set_entries(self, row: QuestionSet) -> None:
        row.entries.all().delete()
        places = enumerate(self.keys, start=1)
        entries = [SetEntry(set=row, question_id=pk, position=place) for place, pk in places]
        SetEntry.objects.bulk_create(entries)
