"""Question sets of the documents of a run, three-way like everything else."""

from collections.abc import Sequence

from accounts.models import Team
from questions.models import Question, QuestionSet, SetEntry
from questions.readers.items import Notice, SetItem

from .matching import normalised
from .report import LoadReport

FIELDS = ("title", "description", "questions")


def load_sets(sets: Sequence[tuple[str, SetItem]], *, owner: Team | None, report: LoadReport) -> bool:
    """True when anything changed. A question that is not there is left out, with a notice."""
    notices = {document.file: document.notices for document in report.documents}
    pks = dict(Question.objects.filter(owner=owner).values_list("key", "pk")) if sets else {}
    changed = [load_set(item, pks, notices[file], owner) for file, item in sets]
    return any(changed)


def load_set(item: SetItem, pks: dict[str, int], notices: list[Notice], owner: Team | None) -> bool:
    for key in item.questions:
        if key not in pks:
            notices.append(Notice(line=item.line, text=f"The set “{item.title}” asks for {key!r}, which is not there."))
    incoming = {
        "title": item.title,
        "description": item.description,
        "questions": [key for key in dict.fromkeys(item.questions) if key in pks],
    }
    key = item.id or normalised(item.title).replace(" ", "-")[:120]
    position = QuestionSet.objects.filter(owner=owner).count() + 1
    row, made = QuestionSet.objects.get_or_create(key=key, owner=owner, defaults={"title": item.title, "position": position})
    current = {"title": row.title, "description": row.description, "questions": entries(row)}
    take = {name for name in FIELDS if made or (row.item.get(name) == current[name] != incoming[name])}
    if "questions" in take:
        order(row, [pks[each] for each in incoming["questions"]])
    for name in take - {"questions"}:
        setattr(row, name, incoming[name])
    row.item = incoming
    row.save()
    return bool(take)


def entries(row: QuestionSet) -> list[str]:
    return list(row.entries.values_list("question__key", flat=True))


def order(row: QuestionSet, pks: list[int]) -> None:
    row.entries.all().delete()
    SetEntry.objects.bulk_create(SetEntry(set=row, question_id=pk, position=at) for at, pk in enumerate(pks, start=1))
