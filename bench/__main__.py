"""`python -m bench` runs every benchmark; `python -m bench NAME` runs one, with its own options."""

import argparse
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data"
POSTS = 50_000
DOCUMENTS = 100_000


def parser() -> argparse.ArgumentParser:
    commands = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    commands.set_defaults(data=DATA, posts=POSTS, documents=DOCUMENTS)
    names = commands.add_subparsers(dest="name")
    classify = names.add_parser("classify", help="familles d’achats proposées pour de vrais contrats")
    classify.add_argument("--data", type=Path, default=DATA, help="dossier des données réelles")
    pages = names.add_parser("pages", help="temps de calcul des pages ; au-delà de 50 000 messages, comparé à 50 000")
    pages.add_argument("--posts", type=int, default=POSTS)
    names.add_parser("clauses", help="temps de calcul de la bibliothèque de 2 000 clauses, d’une clause, d’une famille")
    names.add_parser("reports", help="temps de calcul, requêtes et poids de la bibliothèque de 2 000 récits")
    dossiers = names.add_parser(
        "dossiers", help="temps de calcul d’un dossier de 40 clauses, de sa page et de ses fichiers"
    )
    dossiers.add_argument("--data", type=Path, default=DATA, help="dossier des données réelles")
    search = names.add_parser("search", help="la recherche ; DATABASE_URL ou SEARCH_URL choisissent le moteur")
    search.add_argument("--documents", type=int, default=DOCUMENTS)
    quality = names.add_parser("quality", help="ce que la recherche trouve de ce qu’on attend, parmi de vrais textes")
    quality.add_argument("--data", type=Path, default=DATA, help="dossier des données réelles")
    return commands


def run_classify(data: Path) -> int:
    from bench import classify

    path = data / "decp" / "contrats_2019.csv"
    if not path.exists():
        print(f"Classement des contrats : {path} est absent, mesure passée.")
        return 0
    return classify.run(path)


def run_pages(posts: int) -> int:
    from bench import pages

    if posts <= POSTS:
        return pages.run(posts)
    return pages.compare(posts, POSTS, empty_database)


def run_clauses() -> int:
    from bench import clauses

    empty_database()
    return clauses.run()


def run_reports() -> int:
    from bench import reports

    empty_database()
    return reports.run()


def run_dossiers(data: Path) -> int:
    from bench import dossiers

    empty_database()
    return dossiers.run(data / "decp" / "contrats_2019.csv")


def run_search(documents: int) -> int:
    from bench import search

    return search.run(documents)


def run_quality(data: Path) -> int:
    from bench import quality

    if not (data / "decp" / "contrats_2019.csv").exists():
        print(f"Pertinence : {data} est absent, mesure passée.")
        return 0
    return quality.run(data)


def prepare_environment(folder: str, name: str | None) -> None:
    """A database and a folder of its own: nothing of `var/` is read or written."""
    os.environ["VAR_DIR"] = folder
    # The search is measured on whichever database is asked for, which is then filled: give it an empty one.
    if name not in ("search", "quality") or "DATABASE_URL" not in os.environ:
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/bench.sqlite3"
    os.environ["DJANGO_SETTINGS_MODULE"] = "community.settings.base"
    import django

    django.setup()
    fill_database()


def fill_database() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("load_reference", verbosity=0)


def empty_database() -> None:
    from django.conf import settings
    from django.db import connection

    connection.close()
    for path in Path(settings.VAR_DIR).glob("bench.sqlite3*"):
        path.unlink()
    fill_database()


def show_pace() -> None:
    """The same work each time, as the cores of a shared machine are not as quick from one hour to the next: figures
    compare at the same pace only.
    """
    paces = []
    for _run in range(5):
        start, total = time.process_time(), 0
        for number in range(1_000_000):
            total += number
        paces.append((time.process_time() - start) * 1000)
    print(f"Allure de la machine : un million d’additions en {min(paces):.0f} ms")


def main() -> int:
    options = parser().parse_args()
    show_pace()
    folder = tempfile.mkdtemp(prefix="entraide-bench-")
    try:
        prepare_environment(folder, options.name)
        codes = []
        if options.name in (None, "classify"):
            codes.append(run_classify(options.data))
        if options.name in (None, "pages"):
            codes.append(run_pages(options.posts))
        if options.name in (None, "clauses"):
            codes.append(run_clauses())
        if options.name in (None, "reports"):
            codes.append(run_reports())
        if options.name in (None, "dossiers"):
            codes.append(run_dossiers(options.data))
        if options.name in (None, "search"):
            codes.append(run_search(options.documents))
        if options.name in (None, "quality"):
            if options.name is None:
                empty_database()
            codes.append(run_quality(options.data))
        show_pace()
        return max(codes)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
