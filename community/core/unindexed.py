from django.db.models import Func


class Unindexed(Func):
    """The same value, for which SQLite looks in no index (https://sqlite.org/optoverview.html, "unary +"): it guesses
    how many rows a condition leaves without looking at them. PostgreSQL has statistics, and chooses.
    """

    template = "%(expressions)s"
    arity = 1

    def as_sqlite(self, compiler, connection, **context):
        return self.as_sql(compiler, connection, template="+%(expressions)s", **context)
