"""The store that answers: chosen by `SEARCH_URL`, else by the database."""

from functools import lru_cache

from django.conf import settings
from django.db import connection

from .base import Engine, Unavailable

__all__ = ["Engine", "Unavailable", "engine"]


@lru_cache(maxsize=4)
def _made(name: str, address: str) -> Engine:
    if name == "elasticsearch":
        from .elasticsearch import ElasticsearchEngine

        return ElasticsearchEngine(address)
    if name == "postgresql":
        from .postgresql import PostgresqlEngine

        return PostgresqlEngine()
    from .sqlite import SqliteEngine

    return SqliteEngine()


def engine() -> Engine:
    address = settings.SEARCH_URL
    return _made("elasticsearch" if address else connection.vendor, address)
