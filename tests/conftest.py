"""One migrated database is the template of every worker's own: the migrations run once a state of the code."""

import gc
import inspect
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from weakref import WeakSet

import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import transaction
from pytest_django.plugin import blocking_manager_key

from community.core.prepared import Prepared
from tests.support import postgresql
from tests.support.migrated import migrations_fingerprint

ROOT = Path(__file__).resolve().parent.parent
TRACED_BEFORE = pytest.StashKey[bool]()
MADE: WeakSet[Prepared] = WeakSet()
TRANSACTIONAL_FIXTURES = {"transactional_db", "live_server", "django_db_reset_sequences"}

make_prepared = Prepared.__init__


def make_and_remember(self: Prepared, build: Callable) -> None:
    make_prepared(self, build)
    MADE.add(self)


Prepared.__init__ = make_and_remember


def uses_sqlite() -> bool:
    return settings.DATABASES["default"]["ENGINE"] == "community.core.sqlite"


@pytest.fixture(scope="session")
def django_db_setup(request, django_test_environment, django_db_modify_db_settings, django_db_blocker):
    with django_db_blocker.unblock():
        if uses_sqlite():
            use_copy_of_template()
            yield
        else:
            postgresql.use_clone()
            yield
            postgresql.drop_clone()


def template_path() -> Path:
    return ROOT / "var" / "test" / f"template-{migrations_fingerprint()}.sqlite3"


def own_path() -> Path:
    return Path(settings.VAR_DIR) / f"test-{os.environ.get('PYTEST_XDIST_WORKER', 'main')}.sqlite3"


def use_copy_of_template() -> None:
    from django.core.management import call_command
    from django.db import connection

    template, own = template_path(), own_path()
    template.parent.mkdir(parents=True, exist_ok=True)
    own.parent.mkdir(parents=True, exist_ok=True)
    connection.close()
    for database in (connection.settings_dict, settings.DATABASES["default"]):
        database["NAME"] = str(own)
    if not template.exists():
        call_command("migrate", verbosity=0, interactive=False)
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        partial = template.with_suffix(f".{os.getpid()}")
        shutil.copy(own, partial)
        partial.rename(template)
    else:
        shutil.copy(template, own)


def is_transactional(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    fixtures = set(getattr(item, "fixturenames", ()))
    return bool(marker and marker.kwargs.get("transaction")) or bool(fixtures & TRANSACTIONAL_FIXTURES)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None):
    """A test that commits is followed by a flush, which takes what migrations wrote (Wagtail's root): it comes back.

    After the last one, the base of the tests is gone already: what answers then is the one of the settings.
    """
    done = yield
    if nextitem is not None and is_transactional(item):
        with item.config.stash[blocking_manager_key].unblock():
            restore_base()
    return done


def restore_base() -> None:
    from django.contrib.contenttypes.models import ContentType
    from django.db import connection

    ContentType.objects.clear_cache()
    if not uses_sqlite():
        postgresql.clone()
        return
    connection.close()
    for suffix in ("-wal", "-shm"):
        Path(f"{own_path()}{suffix}").unlink(missing_ok=True)
    shutil.copy(template_path(), own_path())


@pytest.fixture(scope="module")
def written_once(django_db_setup, django_db_blocker):
    """What fixtures of a module write is there until its last test: a transaction around those of the tests."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def empty_cache():
    """Rate limits and cached pages of one test are not the next one's."""
    for cache in caches.all(initialized_only=True):
        cache.clear()
    yield
    for cache in caches.all(initialized_only=True):
        cache.clear()


@pytest.fixture
def indexed() -> Callable[[], None]:
    """Writes the index of the search from what the factories made: they go through no action."""
    from search.rebuild import rebuild

    return lambda: rebuild(lambda _steps: None)


@pytest.fixture
def run_tasks() -> Callable[[], None]:
    """Runs the tasks that are due, until none is left; one that is to be retried later stays in the queue."""
    from community.core.jobs.worker import new_worker

    return lambda: new_worker(batch=True).run()


def pytest_collection_finish() -> None:
    """The thousands of tests and modules that stay to the end are not looked through at each collection of garbage: a
    tenth of the time of the suite.
    """
    gc.collect()
    gc.freeze()


def pytest_runtest_setup(item: pytest.Item) -> None:
    """A rule that a test that is not traced has made a query of would be seen by no traced one after it."""
    is_traced = item.get_closest_marker("no_cover") is None
    if is_traced and not item.config.stash.get(TRACED_BEFORE, True):
        for prepared in MADE:
            prepared._kept.clear()
    item.config.stash[TRACED_BEFORE] = is_traced


# What the modules of rights do is tried to the last branch by the other tests: these, which ask thousands of pages or
# none, are not traced. Tracing costs two thirds more.
UNTRACED = ("architecture", "bench", "frontend", "imports", "search", "services")
UNTRACED_FILES = {"test_demo_clauses.py", "test_mails.py"}
LONGEST = {"test_tricks.py", "test_clause_lists.py", "test_addressed.py", "test_lists.py", "test_search.py"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        refuse_leaking_async_test(item)
        if is_untraced(item.path.relative_to(ROOT / "tests")):
            item.add_marker(pytest.mark.no_cover)
    # A file is tried by one process: the longest come first, or one of them ends alone. Those that share one world
    # follow each other.
    items.sort(key=lambda item: (item.path.parent.name != "visibility", item.path.name not in LONGEST))


def is_untraced(path: Path) -> bool:
    if path.parts[0] == "visibility":
        return path.name in LONGEST | UNTRACED_FILES
    if path.parts[0] == "core":
        return "uploads" not in path.parts
    return path.parts[0] in UNTRACED or path.name in UNTRACED_FILES


def refuse_leaking_async_test(item: pytest.Item) -> None:
    """Outside the test's own thread there is another connection: its rows are not rolled back."""
    marker = item.get_closest_marker("django_db")
    function = getattr(item, "function", None)
    if marker and inspect.iscoroutinefunction(function) and not marker.kwargs.get("transaction"):
        raise pytest.UsageError(f"{item.nodeid}: an async test with the database needs transaction=True")
