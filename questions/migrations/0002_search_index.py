"""The full-text index over questions_searchdoc: FTS5 with triggers on SQLite, a generated tsvector on PostgreSQL."""

from django.db import migrations

SQLITE = [
    """CREATE VIRTUAL TABLE questions_fts USING fts5(
        title, wordings, body, answer, content='questions_searchdoc', content_rowid='question_id',
        tokenize="porter unicode61 remove_diacritics 2", prefix='2 3')""",
    """CREATE TRIGGER questions_fts_insert AFTER INSERT ON questions_searchdoc BEGIN
        INSERT INTO questions_fts(rowid, title, wordings, body, answer)
        VALUES (new.question_id, new.title, new.wordings, new.body, new.answer); END""",
    """CREATE TRIGGER questions_fts_delete AFTER DELETE ON questions_searchdoc BEGIN
        INSERT INTO questions_fts(questions_fts, rowid, title, wordings, body, answer)
        VALUES ('delete', old.question_id, old.title, old.wordings, old.body, old.answer); END""",
    """CREATE TRIGGER questions_fts_update AFTER UPDATE ON questions_searchdoc BEGIN
        INSERT INTO questions_fts(questions_fts, rowid, title, wordings, body, answer)
        VALUES ('delete', old.question_id, old.title, old.wordings, old.body, old.answer);
        INSERT INTO questions_fts(rowid, title, wordings, body, answer)
        VALUES (new.question_id, new.title, new.wordings, new.body, new.answer); END""",
    # Titles count most, then other wordings, the body, and last the answer.
    "INSERT INTO questions_fts(questions_fts, rank) VALUES ('rank', 'bm25(8.0, 6.0, 2.0, 1.0)')",
]
POSTGRESQL = [
    """ALTER TABLE questions_searchdoc ADD COLUMN vector tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('english', title), 'A') || setweight(to_tsvector('english', wordings), 'B') ||
        setweight(to_tsvector('english', body), 'C') || setweight(to_tsvector('english', left(answer, 200000)), 'D')
       ) STORED""",
    "CREATE INDEX questions_searchdoc_vector ON questions_searchdoc USING gin (vector)",
]


def create(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for event in ("insert", "delete", "update"):
            schema_editor.execute(f"DROP TRIGGER questions_fts_{event}")
        schema_editor.execute("DROP TABLE questions_fts")
    else:
        schema_editor.execute("ALTER TABLE questions_searchdoc DROP COLUMN vector")


class Migration(migrations.Migration):
    dependencies = [("questions", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
