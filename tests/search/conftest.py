"""The tests of the search run on the store of the database, and with `SEARCH_URL` on a real Elasticsearch."""

import os

import pytest
from django.conf import settings

from search import engines, outbox, rebuild, service

# As the run was given it: other fixtures may undo their own changes of settings after ours.
SERVER = settings.SEARCH_URL


def nothing(_steps: int) -> None: ...


@pytest.fixture(autouse=True)
def elasticsearch(request):
    """An index of the test's own; each search first drains what the test wrote, as the task would a moment later."""
    if not SERVER or "django_db" not in {mark.name for mark in request.node.iter_markers()}:
        yield
        return
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    patch = pytest.MonkeyPatch()
    patch.setattr(settings, "SEARCH_URL", f"{SERVER.rstrip('/')}/test-{worker}-{os.getpid()}")
    store = engines.engine()
    request.getfixturevalue("db")

    def drained():
        outbox.drain()
        store.settle()
        return store

    patch.setattr(service, "engine", drained)
    rebuild.rebuild(nothing)
    try:
        yield
    finally:
        patch.undo()
        store.wipe()
