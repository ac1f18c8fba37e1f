"""Django's SQLite, which writes the marks of a query again each time it is run, and asks the settings for each moment
it reads: together one part in twenty of the time of a page.
"""

from datetime import UTC, datetime
from functools import lru_cache

from django.db.backends.sqlite3 import base, operations

# The longest queries are those of bulk writes, whose number of rows varies.
MAX_QUERY = 20_000


class Cursor(base.SQLiteCursorWrapper):
    def convert_query(self, query, *, param_names=None):
        if param_names is not None or len(query) > MAX_QUERY:
            return super().convert_query(query, param_names=param_names)
        return _with_question_marks(query)


@lru_cache(maxsize=256)
def _with_question_marks(query: str) -> str:
    return base.FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%")


class DatabaseOperations(operations.DatabaseOperations):
    def convert_datetimefield_value(self, value, expression, connection):
        if value is None:
            return None
        if type(value) is datetime and value.tzinfo is None and self.connection.timezone is UTC:
            return value.replace(tzinfo=UTC)
        return super().convert_datetimefield_value(value, expression, connection)


class DatabaseWrapper(base.DatabaseWrapper):
    ops_class = DatabaseOperations

    def create_cursor(self, name=None):
        return self.connection.cursor(factory=Cursor)
