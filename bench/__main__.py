"""`python -m bench` runs every benchmark; `python -m bench classify|pages` runs one, with its own options."""

import argparse
import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data"


def parser() -> argparse.ArgumentParser:
    commands = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    names = commands.add_subparsers(dest="name")
    classify = names.add_parser("classify", help="familles d’achats proposées pour de vrais contrats")
    classify.add_argument("--data", type=Path, default=DATA, help="dossier des données réelles")
    return commands


def run_classify(data: Path) -> int:
    path = data / "decp" / "contrats_2019.csv"
    if not path.exists():
        print(f"Classement des contrats : {path} est absent, mesure passée.")
        return 0
    prepare_database()
    from bench import classify

    return classify.run(path)


def prepare_database() -> None:
    """A database of its own, migrated, with the reference data; nothing of `var/` is read or written."""
    folder = tempfile.mkdtemp(prefix="entraide-bench-")
    os.environ["VAR_DIR"] = folder
    os.environ["DATABASE_URL"] = f"sqlite:///{folder}/bench.sqlite3"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "community.settings.base")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("load_reference", verbosity=0)


def main() -> int:
    options = parser().parse_args()
    return run_classify(getattr(options, "data", DATA))


if __name__ == "__main__":
    sys.exit(main())
