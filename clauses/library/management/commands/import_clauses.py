import time
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from clauses.library.imports.guide import NotAGuide, import_guide
from clauses.library.imports.outcome import Outcome
from clauses.library.imports.table import NotATable, import_table
from community.members.models import Member


class Command(BaseCommand):
    help = (
        "Reprend des clauses : dossier du guide des achats numériques de l’État, "
        "ou fichier CSV ou JSON au schéma publié. "
        "Elles arrivent en brouillon, jamais publiées sans relecture."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("path", type=Path, metavar="CHEMIN")
        parser.add_argument("--author", metavar="ADRESSE", help="membre qui signe ; par défaut, un compte technique")
        parser.add_argument(
            "--restore",
            action="store_true",
            help="remonte un export d’Entraide : versions, états et références repris tels quels",
        )

    def handle(self, *, path: Path, author: str | None, restore: bool, **options) -> None:
        started = time.monotonic()
        outcome = self._import(path, self._author(author), restore=restore)
        for line in outcome.lines():
            self.stdout.write(line)
        self.stdout.write(f"Clauses reprises : {len(outcome.taken)}, en {round(time.monotonic() - started)} s.")

    def _import(self, path: Path, author: Member | None, *, restore: bool) -> Outcome:
        stream = self.stdout._out
        try:
            if path.is_dir():
                return import_guide(path, author=author, stream=stream)
            return import_table(path, author=author, restore=restore, stream=stream)
        except NotAGuide:
            raise CommandError(
                f"{path} ne contient aucune fiche du guide : donnez le dossier des fichiers .md."
            ) from None
        except NotATable as error:
            raise CommandError(f"Fichier refusé, rien n’a été repris : {error}.") from None

    @staticmethod
    def _author(email: str | None) -> Member | None:
        if not email:
            return None
        member = Member.objects.persons().filter(email__iexact=email).first()
        if member is None:
            raise CommandError(f"Aucun membre n’a l’adresse {email}.")
        return member
