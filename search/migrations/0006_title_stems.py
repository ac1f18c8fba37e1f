from django.db import migrations

COLUMNS = "title_words, title_stems"
TOKENS = "tokenize=\"unicode61 remove_diacritics 0 tokenchars '-_@'\""
# Whole words of what is being typed are met in any form, as by the other stores.
SQLITE = (
    "DROP TRIGGER search_title_removed",
    "DROP TABLE search_titles",
    f"""CREATE VIRTUAL TABLE search_titles USING fts5(
        {COLUMNS}, content='search_searchtext', content_rowid='document_id', {TOKENS}, prefix='2 3', columnsize=0)""",
    f"""CREATE TRIGGER search_title_removed AFTER DELETE ON search_searchtext WHEN old.title_words <> '' BEGIN
        INSERT INTO search_titles(search_titles, rowid, {COLUMNS})
        VALUES ('delete', old.document_id, old.title_words, old.title_stems); END""",
    f"INSERT INTO search_titles(rowid, {COLUMNS}) SELECT document_id, {COLUMNS} FROM search_searchtext "
    "WHERE title_words <> ''",
)


def forwards(apps, editor):
    if editor.connection.vendor == "sqlite":
        for statement in SQLITE:
            editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("search", "0005_attachment_text")]
    operations = [migrations.RunPython(forwards)]
