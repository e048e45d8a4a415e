"""The full-text index over questions: kept by every writer, read by lists.

The table SearchDoc is written here; the database keeps its own index over it (migration 0002):
FTS5 on SQLite, a generated tsvector on PostgreSQL. Both stem English words, so "caching" finds
"cached".
"""

import re
from collections.abc import Iterable

from django.db import connection, transaction
from django.db.models import OuterRef, Subquery, TextField, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce, Concat, Substr

from questions.models import Answer, Catalogue, Question, SearchDoc
from questions.models.visibility import QuestionQuerySet

BATCH = 5_000
TERM_LIMIT = 12
# PostgreSQL would overlook a word of some thousand letters.
WORD_LIMIT = 100

# Rows that say the same already are left alone.
STORE = """
INSERT INTO questions_searchdoc (question_id, title, wordings, body, answer) {documents}
ON CONFLICT (question_id) DO UPDATE SET
    title = excluded.title,
    wordings = excluded.wordings,
    body = excluded.body,
    answer = excluded.answer
WHERE questions_searchdoc.title <> excluded.title
    OR questions_searchdoc.wordings <> excluded.wordings
    OR questions_searchdoc.body <> excluded.body
    OR questions_searchdoc.answer <> excluded.answer
"""

# A query of nothing but stop words ("how do you") is empty to PostgreSQL: it filters nothing.
POSTGRESQL_MATCH = "(vector @@ to_tsquery('english', %s) OR numnode(to_tsquery('english', %s)) = 0)"
POSTGRESQL_RANK = "-ts_rank_cd(questions_searchdoc.vector, to_tsquery('english', %s))"
POSTGRESQL_ROWS = f"SELECT question_id FROM questions_searchdoc WHERE {POSTGRESQL_MATCH}"  # noqa: S608
SQLITE_MATCH = "questions_fts MATCH %s"
SQLITE_ROWS = f"SELECT rowid FROM questions_fts WHERE {SQLITE_MATCH}"  # noqa: S608


@transaction.atomic
def refresh(ids: Iterable[int]) -> None:
    """Brings the index in step with these questions, and makes everything cached stale."""
    wanted = sorted(set(ids))
    for start in range(0, len(wanted), BATCH):
        store(Question.objects.filter(pk__in=wanted[start : start + BATCH]))
    Catalogue.bump()


@transaction.atomic
def rebuild() -> None:
    """Writes the index anew from all questions."""
    SearchDoc.objects.all().delete()
    # SQLite would take ON CONFLICT for a part of the query if that had no condition.
    store(Question.objects.filter(pk__gt=0))
    Catalogue.bump()


def store(questions: QuestionQuerySet[Question]) -> None:
    """Of each question what search reads; its answer is the one that its owner's readers get.

    Long texts are found by their beginnings: PostgreSQL refuses more than 1 MB of words in a row.
    """
    shown = Answer.objects.of_owner().filter(question=OuterRef("pk")).best_first()
    texts = Concat("short", Value(" "), "answer", output_field=TextField())
    first = Subquery(shown.values_list(texts)[:1])
    documents = questions.values_list(
        "pk",
        "title",
        Substr("wordings", 1, 10_000),
        Substr("body", 1, 20_000),
        Substr(Coalesce(first, Value(""), output_field=TextField()), 1, 60_000),
    )
    sql, params = documents.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(STORE.format(documents=sql), params)


def terms(query: str) -> list[str]:
    """The words of a query; whatever else it holds has no meaning here and can do no harm."""
    words = re.findall(r"\w+", query.replace("_", " "))
    return [word[:WORD_LIMIT] for word in words[:TERM_LIMIT]]


def expression(words: list[str]) -> str:
    """Every word must occur.

    The last one may be the beginning of a word, for it may still be being typed.
    """
    *whole_words, last = words
    if connection.vendor == "postgresql":
        return " & ".join([*whole_words, f"{last}:*"])
    return " ".join([*(f'"{word}"' for word in whole_words), f'"{last}"*'])


def filtered(questions: QuestionQuerySet, query: str) -> QuestionQuerySet:
    """Those questions that match. A query without a word filters nothing."""
    words = terms(query)
    if not words:
        return questions
    match = expression(words)
    matching = RawSQL(SQLITE_ROWS, [match])  # noqa: S611
    if connection.vendor == "postgresql":
        matching = RawSQL(POSTGRESQL_ROWS, [match, match])  # noqa: S611
    return questions.filter(pk__in=matching)


def ranked(questions: QuestionQuerySet, query: str) -> QuestionQuerySet:
    """Those questions that match, best first.

    Titles count most, then other wordings, the body, the answer. The join has no model (FTS5 is no
    table Django knows), hence `extra`. Not for use inside a subquery.
    """
    words = terms(query)
    if not words:
        return questions
    match = expression(words)
    if connection.vendor == "postgresql":
        found = questions.extra(  # noqa: S610
            tables=["questions_searchdoc"],
            where=["questions_searchdoc.question_id = questions_question.id", POSTGRESQL_MATCH],
            params=[match] * 2,
            select={"rank": POSTGRESQL_RANK},
            select_params=[match],
        )
    else:
        found = questions.extra(  # noqa: S610
            tables=["questions_fts"],
            where=["questions_fts.rowid = questions_question.id", SQLITE_MATCH],
            params=[match],
            select={"rank": "questions_fts.rank"},
        )
    return found.order_by("rank", "pk")  # type: ignore[return-value]
