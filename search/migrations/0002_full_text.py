from django.db import migrations

COLUMNS = "title_words, body_words, title_stems, body_stems, context"
NEW = ", ".join(f"new.{name}" for name in COLUMNS.split(", "))
OLD = ", ".join(f"old.{name}" for name in COLUMNS.split(", "))
# An index without a copy of the text: it follows its table by triggers, in the same transaction.
SQLITE = (
    f"""CREATE VIRTUAL TABLE search_index USING fts5(
        {COLUMNS}, content='search_searchtext', content_rowid='document_id',
        tokenize="unicode61 remove_diacritics 0 tokenchars '-_@'", prefix='2 3')""",
    "INSERT INTO search_index(search_index, rank) VALUES ('rank', 'bm25(6.0, 2.0, 4.0, 1.0, 0.7)')",
    f"""CREATE TRIGGER search_text_added AFTER INSERT ON search_searchtext BEGIN
        INSERT INTO search_index(rowid, {COLUMNS}) VALUES (new.document_id, {NEW}); END""",
    f"""CREATE TRIGGER search_text_removed AFTER DELETE ON search_searchtext BEGIN
        INSERT INTO search_index(search_index, rowid, {COLUMNS}) VALUES ('delete', old.document_id, {OLD}); END""",
    f"""CREATE TRIGGER search_text_changed AFTER UPDATE ON search_searchtext BEGIN
        INSERT INTO search_index(search_index, rowid, {COLUMNS}) VALUES ('delete', old.document_id, {OLD});
        INSERT INTO search_index(rowid, {COLUMNS}) VALUES (new.document_id, {NEW}); END""",
)
SQLITE_BACK = (
    "DROP TRIGGER search_text_changed",
    "DROP TRIGGER search_text_removed",
    "DROP TRIGGER search_text_added",
    "DROP TABLE search_index",
)
# Beside what is counted, and a long one is kept out of its pages: counting then reads few of them.
POSTGRESQL = (
    "ALTER TABLE search_searchdocument ADD COLUMN vector tsvector NOT NULL DEFAULT '', "
    "ADD COLUMN title_vector tsvector NOT NULL DEFAULT ''",
    "ALTER TABLE search_searchdocument ALTER COLUMN vector SET STORAGE EXTERNAL, SET (toast_tuple_target = 256)",
    # In kB: what is written is sorted into an index little by little, and until then read through by each search.
    "CREATE INDEX search_document_vector ON search_searchdocument USING gin (vector) "
    "WITH (gin_pending_list_limit = 512)",
    "CREATE INDEX search_document_title ON search_searchdocument USING gin (title_vector) "
    "WITH (gin_pending_list_limit = 128)",
    # Beginnings of words are looked up between two bounds, which the letters of a language would put elsewhere.
    'ALTER TABLE search_searchword ALTER COLUMN word TYPE varchar(40) COLLATE "C", '
    'ALTER COLUMN backwards TYPE varchar(40) COLLATE "C"',
)
POSTGRESQL_BACK = ("ALTER TABLE search_searchdocument DROP COLUMN vector, DROP COLUMN title_vector",)


def run(editor, statements):
    # Statement by statement: a script would commit the migration's transaction.
    for statement in statements:
        editor.execute(statement, params=None)


def forwards(apps, editor):
    run(editor, {"sqlite": SQLITE, "postgresql": POSTGRESQL}[editor.connection.vendor])


def backwards(apps, editor):
    run(editor, {"sqlite": SQLITE_BACK, "postgresql": POSTGRESQL_BACK}[editor.connection.vendor])


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
