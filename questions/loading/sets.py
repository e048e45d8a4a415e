"""Question sets of the documents of a run, three-way like everything else."""

from collections.abc import Sequence

from django.db.models import Q

from accounts.models import Team
from questions.models import Origin, Question, QuestionSet, SetEntry
from questions.readers.items import ID_LIMIT, ReadError, SetItem

from .keys import digest, normalised
from .report import LoadReport

FIELDS = ("title", "description", "questions")
TITLE_LIMIT = 200
# Positions beyond it are no small integers any more.
QUESTIONS_LIMIT = 10_000
Placed = tuple[str, SetItem]


def load_sets(sets: Sequence[Placed], *, owner: Team | None, report: LoadReport) -> bool:
    """True when anything changed. A question that is not there is left out, with a notice."""
    check(sets)
    documents = {document.file: document for document in report.documents}
    asked = {key for _, item in sets for key in item.questions}
    known = known_questions(asked, owner)
    changed = False
    for file, item in sets:
        made = SetLoad(item, known, owner)
        changed = made.store() or changed
        for text in made.notices:
            documents[file].note(item.line, text)
    return changed


def set_key(item: SetItem) -> str:
    return item.id or normalised(item.title).replace(" ", "-")[:ID_LIMIT] or digest(item.title)[:16]


def check(sets: Sequence[Placed]) -> None:
    """What the tables of sets cannot hold, and a set that stands in the run twice."""
    places: dict[str, str] = {}
    for file, item in sets:
        key = set_key(item)
        if key in places:
            raise ReadError(
                file, item.line, f"the set {key!r} stands in {places[key]} already. Give one of them another id."
            )
        if len(item.title) > TITLE_LIMIT:
            raise ReadError(file, item.line, f"the title of the set is longer than {TITLE_LIMIT} characters.")
        if len(item.questions) > QUESTIONS_LIMIT:
            raise ReadError(file, item.line, f"the set has more than {QUESTIONS_LIMIT:,} questions.")
        places[key] = f"{file}:{item.line}"


def known_questions(keys: set[str], owner: Team | None) -> dict[str, Question]:
    """By the id that a document may ask for: that of the question, of the library too where a team loads, else that of
    the item it was loaded from."""
    owned = Question.objects.filter(Q(owner=owner) | Q(owner=None)).order_by("owner").only("key")
    items = Origin.objects.filter(source__owner=owner, key__in=keys).select_related("question")
    by_item = {origin.key: origin.question for origin in items}
    by_id = {question.key: question for question in owned.filter(key__in=keys)}
    own = {question.key: question for question in owned.filter(key__in=keys, owner=owner)}
    return by_item | by_id | own


class SetLoad:
    """One set on its way in."""

    def __init__(self, item: SetItem, known: dict[str, Question], owner: Team | None) -> None:
        self.item, self.owner = item, owner
        self.notices = [
            f"The set “{item.title}” asks for {key!r}, which is not there."
            for key in item.questions
            if key not in known
        ]
        found = {known[key].pk: known[key].key for key in item.questions if key in known}
        self.pks = list(found)
        self.incoming = {"title": item.title, "description": item.description, "questions": list(found.values())}

    def store(self) -> bool:
        sets = QuestionSet.objects.filter(owner=self.owner)
        defaults = {"title": self.item.title, "position": sets.count() + 1}
        row, made = sets.get_or_create(key=set_key(self.item), owner=self.owner, defaults=defaults)
        current = {"title": row.title, "description": row.description, "questions": entries(row)}
        differing = [name for name in FIELDS if self.incoming[name] not in (current[name], row.item.get(name))]
        take = [name for name in differing if made or row.item.get(name) == current[name]]
        kept = [name for name in differing if name not in take]
        if kept:
            self.notices.append(f"The set “{row.title}” was edited here: its {' and '.join(kept)} stays as it is.")
        if "questions" in take:
            order(row, self.pks)
        for name in set(take) - {"questions"}:
            setattr(row, name, self.incoming[name])
        row.item = self.incoming | {name: row.item.get(name) for name in kept}
        row.save()
        return bool(take)


def entries(row: QuestionSet) -> list[str]:
    return list(row.entries.values_list("question__key", flat=True))


def order(row: QuestionSet, pks: list[int]) -> None:
    row.entries.all().delete()
    SetEntry.objects.bulk_create(SetEntry(set=row, question_id=pk, position=at) for at, pk in enumerate(pks, start=1))
