"""Question sets of the documents of a run, three-way like everything else."""

from collections.abc import Sequence

from accounts.models import Team
from questions.models import Origin, Question, QuestionSet, SetEntry
from questions.readers.items import ID_LIMIT, ReadError, SetItem

from .keys import digest, normalized
from .report import LoadReport

FIELDS = ("title", "description", "questions")
TITLE_LIMIT = 200
# Positions beyond it are no small integers any more.
QUESTIONS_LIMIT = 10_000
# The file that a set stands in, and the set.
PlacedSet = tuple[str, SetItem]


def load_sets(sets: Sequence[PlacedSet], *, owner: Team | None, report: LoadReport) -> bool:
    """True when anything changed. A question that is not there is left out, with a notice."""
    check(sets)
    documents = {document.file: document for document in report.documents}
    asked = {key for _, item in sets for key in item.questions}
    known = known_questions(asked, owner)
    is_changed = False
    for file, item in sets:
        incoming = IncomingSet(item, known, owner)
        is_changed = incoming.store() or is_changed
        for text in incoming.notices:
            documents[file].note(item.line, text)
    return is_changed


def set_key(item: SetItem) -> str:
    words = normalized(item.title).replace(" ", "-")
    return item.id or words[:ID_LIMIT] or digest(item.title)[:16]


def check(sets: Sequence[PlacedSet]) -> None:
    """ReadError for what the tables of sets cannot hold, and for a set that stands in the run twice."""
    places: dict[str, str] = {}
    for file, item in sets:
        key = set_key(item)
        if key in places:
            again = f"the set {key!r} stands in {places[key]} already."
            raise ReadError(file, item.line, f"{again} Give one of them another id.")
        if len(item.title) > TITLE_LIMIT:
            why = f"the title of the set is longer than {TITLE_LIMIT} characters."
            raise ReadError(file, item.line, why)
        if len(item.questions) > QUESTIONS_LIMIT:
            why = f"the set has more than {QUESTIONS_LIMIT:,} questions."
            raise ReadError(file, item.line, why)
        places[key] = f"{file}:{item.line}"


def known_questions(keys: set[str], owner: Team | None) -> dict[str, Question]:
    """By the id that a document may ask for: that of the question, of the library too where a team loads, else that of
    the item it was loaded from."""
    origins = Origin.objects.filter(source__owner=owner, key__in=keys).select_related("question")
    questions = Question.objects.filter(key__in=keys).only("key")
    by_item = {origin.key: origin.question for origin in origins}
    library = {question.key: question for question in questions.filter(owner=None)}
    own = {question.key: question for question in questions.filter(owner=owner)}
    return by_item | library | own


class IncomingSet:
    """One set on its way in. `notices` are complete once it is stored."""

    def __init__(self, item: SetItem, known: dict[str, Question], owner: Team | None) -> None:
        self.key = set_key(item)
        self.owner = owner
        self.notices = [
            f"The set “{item.title}” asks for {key!r}, which is not there."
            for key in item.questions
            if key not in known
        ]
        questions = [known[key] for key in item.questions if key in known]
        self.keys = {question.pk: question.key for question in questions}
        self.values = {
            "title": item.title,
            "description": item.description,
            "questions": list(self.keys.values()),
        }

    def store(self) -> bool:
        """True when anything of the set changed."""
        sets = QuestionSet.objects.filter(owner=self.owner)
        defaults = {"title": self.values["title"], "position": sets.count() + 1}
        row, is_new = sets.get_or_create(key=self.key, owner=self.owner, defaults=defaults)
        current = {name: getattr(row, name) for name in ("title", "description")}
        current["questions"] = list(row.entries.values_list("question__key", flat=True))
        take, kept = [], []
        for name in FIELDS:
            loaded = row.item.get(name)
            if self.values[name] in (current[name], loaded):
                continue
            if is_new or loaded == current[name]:
                take.append(name)
            else:
                kept.append(name)
        self.write(row, take, kept)
        return bool(take)

    def write(self, row: QuestionSet, take: list[str], kept: list[str]) -> None:
        if kept:
            names = " and ".join(kept)
            self.notices.append(f"The set “{row.title}” was edited here: its {names} stays as it is.")
        for name in take:
            if name == "questions":
                self.set_entries(row)
            else:
                setattr(row, name, self.values[name])
        row.item = self.values | {name: row.item.get(name) for name in kept}
        row.save()

    def set_entries(self, row: QuestionSet) -> None:
        row.entries.all().delete()
        SetEntry.objects.bulk_create(
            SetEntry(set=row, question_id=pk, position=position) for position, pk in enumerate(self.keys, start=1)
        )
