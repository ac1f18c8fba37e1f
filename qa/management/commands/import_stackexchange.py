import gc
import tempfile
import time
from contextlib import closing
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from community.core.management.commands.rerender import rerender_stale
from community.core.progress import Report
from community.spaces.models import Space, SpaceVisibility
from qa.imports.stackexchange import Import
from qa.imports.staging import stage
from qa.imports.xml_rows import HostileFile
from qa.models import Answer, Question


class Command(BaseCommand):
    help = "Reprend une sauvegarde Stack Exchange (dossier de fichiers XML) dans un espace."

    def add_arguments(self, parser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR")
        parser.add_argument("--space", required=True, metavar="SLUG")
        parser.add_argument("--create-space", metavar="NOM", help="crée l’espace, ouvert, s’il n’existe pas")
        parser.add_argument("--site", help="nom du site d’origine ; par défaut, celui du dossier")
        parser.add_argument("--no-render", action="store_true", help="laisse la mise en forme à la première lecture")

    def handle(self, *, folder: Path, space: str, create_space: str | None, site: str | None, **options) -> None:
        if not (folder / "Posts.xml").is_file():
            raise CommandError(f"Posts.xml est introuvable dans {folder} : donnez le dossier de la sauvegarde.")
        report = Report()
        stream = self.stdout._out
        # The application's own objects are not looked through again at each collection of the rows' garbage.
        gc.freeze()
        with tempfile.TemporaryDirectory(prefix="entraide-import-") as scratch:
            started = time.monotonic()
            try:
                database = stage(folder, Path(scratch) / "dump.sqlite3", report, stream)
            except HostileFile as error:
                raise CommandError(f"Fichier refusé, rien n’a été repris : {error}.") from None
            with closing(database):
                dump = self._dump(database, site or folder.resolve().name, space, create_space, report)
                posts = dump.run()
            elapsed = time.monotonic() - started
        for line in report.lines():
            self.stdout.write(line)
        self.stdout.write(
            f"{posts} questions et réponses reprises en {elapsed:.1f} s, {posts / elapsed:.0f} par seconde."
        )
        if not options["no_render"]:
            started = time.monotonic()
            rendered = rerender_stale(Question) + rerender_stale(Answer)
            self.stdout.write(f"{rendered} textes mis en forme en {time.monotonic() - started:.1f} s.")

    def _dump(self, database, site: str, slug: str, name: str | None, report: Report) -> Import:
        space = Space.objects.filter(slug=slug).first()
        if space is None and name:
            space = Space.objects.create(slug=slug, name=name, visibility=SpaceVisibility.OPEN)
        if space is None:
            raise CommandError(f"L’espace « {slug} » n’existe pas : créez-le, ou ajoutez --create-space « Son nom ».")
        try:
            return Import(database=database, site=site.lower(), space=space, report=report, stream=self.stdout._out)
        except ValueError:
            raise CommandError(
                f"« {site} » n’est pas un nom de site : donnez --site, par exemple french.meta."
            ) from None
