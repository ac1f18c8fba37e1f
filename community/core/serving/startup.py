"""Start-up work, each step skipped when its sources have not changed since this database or folder saw them."""

import gc
import hashlib
import json
from collections.abc import Callable, Iterable
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.storage import ManifestFilesMixin, staticfiles_storage
from django.core.management import call_command, get_commands, load_command_class
from django.db import DatabaseError, connection

from community.core.models import StartupStamp

STATIC_STAMP = "static.json"


@dataclass(frozen=True)
class Step:
    """`sources` are the files whose change makes the work due again."""

    name: str
    label: str
    sources: Callable[[], Iterable[Path]]
    work: Callable[[], None]

    def fingerprint(self) -> str:
        digest = hashlib.sha256()
        for path in sorted(set(self.sources())):
            digest.update(str(path.relative_to(settings.BASE_DIR)).encode())
            digest.update(path.read_bytes())
        return digest.hexdigest()


def project_files(*patterns: str) -> list[Path]:
    return [path for pattern in patterns for path in settings.BASE_DIR.glob(pattern) if path.is_file()]


def with_dependencies(*patterns: str) -> list[Path]:
    return project_files("requirements/base.txt", *patterns)


def database_steps() -> list[Step]:
    steps = [
        Step(
            "migrations",
            "Base de données",
            lambda: with_dependencies("*/migrations/*.py", "*/*/migrations/*.py"),
            migrate,
        ),
    ]
    commands = get_commands()
    if "load_reference" in commands:
        sources = (
            "community/*/data/*.csv",
            "community/*/data/*.json",
            "community/*/data/*.toml",
            "community/*/reference.py",
        )
        steps.append(Step("reference", "Données de référence", lambda: project_files(*sources), run("load_reference")))
    if "load_pages" in commands:
        sources_of_pages = ("community/editorial/data/*.md",)
        steps.append(Step("pages", "Pages éditoriales", lambda: project_files(*sources_of_pages), run("load_pages")))
    if "demo" in commands and settings.LOOPBACK and settings.DEMO:
        sources_of_demo = ("*/demo/**/*", "*/*/demo/**/*", "community/core/demo.py")
        found = [p for p in project_files(*sources_of_demo) if "__pycache__" not in p.parts]
        steps.append(Step("demo", "Contenu de démonstration", lambda: found, run("demo")))
    if "search" in commands:
        # How texts are read may have changed: the index is compared with them, or made when there is none.
        sources_of_index = ("search/analysis/*.py", "search/kinds/*.py", "search/documents.py")
        prepare = run_act("search", "prepare")
        steps.append(Step("search", "Recherche", lambda: project_files(*sources_of_index), prepare))
    return steps


def run_act(command: str, act: str) -> Callable[[], None]:
    return lambda: call_command(command, act, verbosity=0)


def run(command: str) -> Callable[[], None]:
    return lambda: call_command(command, verbosity=0)


def stamps() -> dict[str, str]:
    try:
        return dict(StartupStamp.objects.values_list("step", "fingerprint"))
    except DatabaseError:  # no table yet: nothing was done to this database
        return {}


def prepare_database(say: Callable[[str], None]) -> bool:
    """Does what is due, in order; False when there was nothing to do."""
    done = stamps()
    worked = False
    for step in database_steps():
        fingerprint = step.fingerprint()
        if done.get(step.name) == fingerprint:
            continue
        say(f"{step.label}…")
        with fast_first_writes(fresh=not done):
            step.work()
        StartupStamp.objects.update_or_create(step=step.name, defaults={"fingerprint": fingerprint})
        worked = True
    return worked


@contextmanager
def fast_first_writes(*, fresh: bool):
    """A base that does not exist yet has nothing to lose: no wait for the disk, and a lazier garbage collector.

    Migrations build tens of thousands of model classes: collecting them as eagerly as usual costs a fifth of the time.
    """
    if not fresh or connection.vendor != "sqlite":
        yield
        return
    thresholds = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(200_000, 20, 100)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=OFF")
    try:
        yield
    finally:
        gc.set_threshold(*thresholds)
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=NORMAL")


def migrate() -> None:
    call_command("migrate", verbosity=0, interactive=False, skip_checks=True)


def static_step() -> Step:
    return Step("static", "Fichiers statiques", lambda: with_dependencies("static/**/*"), collect_static)


def collect_static() -> None:
    call_command("collectstatic", verbosity=0, interactive=False, skip_checks=True)


def start_collecting_static(say: Callable[[str], None]) -> Callable[[], None]:
    """Starts the collection beside the migrations (a second core is often idle); returns what waits for its end."""
    if settings.DEBUG:
        return lambda: None
    step = static_step()
    fingerprint = step.fingerprint()
    stamp = Path(settings.VAR_DIR) / STATIC_STAMP
    # The manifest proves that the folder was not emptied since.
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if manifest.exists() and stamp.exists() and json.loads(stamp.read_text()) == fingerprint:
        return lambda: None
    say(f"{step.label}…")
    child = get_context("fork").Process(target=step.work, name="collectstatic")
    child.start()

    def wait() -> None:
        child.join()
        if child.exitcode:
            raise SystemExit("entraide : les fichiers statiques n’ont pas pu être rassemblés (erreur ci-dessus).")
        stamp.write_text(json.dumps(fingerprint))
        read_new_manifest()

    return wait


def read_new_manifest() -> None:
    """This process may have read the manifest, or its absence, before the child wrote it."""
    if isinstance(staticfiles_storage, ManifestFilesMixin):
        staticfiles_storage.hashed_files, staticfiles_storage.manifest_hash = staticfiles_storage.load_manifest()


def demo_accounts() -> list[tuple[str, str, str]]:
    """(e-mail, password, what the account shows) of the demo content, when there is any."""
    application = get_commands().get("demo")
    if application is None or not (settings.LOOPBACK and settings.DEMO):
        return []
    return list(load_command_class(application, "demo").accounts())
