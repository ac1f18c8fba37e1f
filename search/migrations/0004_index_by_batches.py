from django.db import migrations

COLUMNS = "title_words, body_words, title_stems, body_stems, context"
OLD = ", ".join(f"old.{name}" for name in COLUMNS.split(", "))
TOKENS = "tokenize=\"unicode61 remove_diacritics 0 tokenchars '-_@'\""
CONTENT = "content='search_searchtext', content_rowid='document_id'"
# The engine tells the indexes of what it writes, by batches; what is deleted is still told by the table. Beginnings
# of words are asked of titles only.
SQLITE = (
    "DROP TRIGGER search_text_added",
    "DROP TRIGGER search_text_changed",
    "DROP TRIGGER search_text_removed",
    "DROP TABLE search_index",
    f"CREATE VIRTUAL TABLE search_index USING fts5({COLUMNS}, {CONTENT}, {TOKENS})",
    "INSERT INTO search_index(search_index, rank) VALUES ('rank', 'bm25(6.0, 2.0, 4.0, 1.0, 0.7)')",
    f"""CREATE VIRTUAL TABLE search_titles USING fts5(
        title_words, {CONTENT}, {TOKENS}, prefix='2 3', columnsize=0)""",
    f"""CREATE TRIGGER search_text_removed AFTER DELETE ON search_searchtext BEGIN
        INSERT INTO search_index(search_index, rowid, {COLUMNS}) VALUES ('delete', old.document_id, {OLD}); END""",
    """CREATE TRIGGER search_title_removed AFTER DELETE ON search_searchtext WHEN old.title_words <> '' BEGIN
        INSERT INTO search_titles(search_titles, rowid, title_words)
        VALUES ('delete', old.document_id, old.title_words); END""",
    "INSERT INTO search_index(search_index) VALUES ('rebuild')",
    "INSERT INTO search_titles(rowid, title_words) SELECT document_id, title_words FROM search_searchtext "
    "WHERE title_words <> ''",
)


def forwards(apps, editor):
    if editor.connection.vendor == "sqlite":
        for statement in SQLITE:
            editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("search", "0003_synonyms")]
    operations = [migrations.RunPython(forwards)]
