from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from community.core.progress import bar
from search import rebuild, tasks
from search.engines import Unavailable, engine
from search.models import OutboxEntry, SearchWord, SynonymGroup


class Command(BaseCommand):
    help = (
        "La recherche : « rebuild » réécrit l’index, « reconcile » le compare aux contenus et le répare, "
        "« status » le décrit, « prepare » le fait s’il manque."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("act", choices=["rebuild", "reconcile", "status", "prepare"])

    def handle(self, *, act: str, verbosity: int, **options) -> None:
        try:
            if act == "status":
                self._status()
            elif act == "prepare":
                self._prepare(verbosity)
            else:
                self._walk(act, verbosity)
        except Unavailable as error:
            raise CommandError(str(error)) from error

    def _walk(self, act: str, verbosity: int) -> None:
        with bar(_("Recherche"), total=rebuild.total(), stream=self.stdout) as shown:
            report = getattr(rebuild, act)(shown.advance)
        if verbosity:
            for line in report.lines():
                self.stdout.write(line)
            if act == "reconcile" and not report.done:
                self.stdout.write(_("L’index est conforme aux contenus."))

    def _prepare(self, verbosity: int) -> None:
        """At start: an index when there is none, else the night's comparison at once, in the background."""
        try:
            is_made = bool(engine().status().documents)
        except Unavailable:
            # The site starts without its search; the check has said it in one line.
            return
        if is_made:
            tasks.enqueue_reconcile()
        else:
            self._walk("rebuild", verbosity)

    def _status(self) -> None:
        status = engine().status()
        self.stdout.write(_("Moteur : %(name)s %(detail)s") % {"name": status.name, "detail": status.detail})
        for kind, number in status.documents.items():
            self.stdout.write(f"  {kind} : {number}")
        figures = {
            _("mots"): SearchWord.objects.count(),
            _("synonymes"): SynonymGroup.objects.count(),
            _("changements en attente"): OutboxEntry.objects.count(),
        }
        for label, number in figures.items():
            self.stdout.write(f"  {label} : {number}")
