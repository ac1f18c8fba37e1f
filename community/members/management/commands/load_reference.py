from django.core.management.base import BaseCommand

from community.core.progress import Report, track
from community.core.reference_data import loaders as registered_loaders
from community.members.reference import load_territories
from community.taxonomy.reference import LOADERS


class Command(BaseCommand):
    help = "Charge les familles, les codes CPV, les objectifs, les thèmes, les territoires et les textes de droit."

    def handle(self, **options) -> None:
        loaders = (*LOADERS, ("Territoires", load_territories), *registered_loaders())
        report = Report()
        for _label, load in track(loaders, "Données de référence", total=len(loaders), stream=self.stdout._out):
            load(report)
        if options["verbosity"]:
            for line in report.lines():
                self.stdout.write(line)
