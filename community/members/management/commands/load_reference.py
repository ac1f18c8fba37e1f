from django.core.management.base import BaseCommand

from community.core.progress import Report, track
from community.members.reference import load_territories
from community.taxonomy.reference import LOADERS


class Command(BaseCommand):
    help = "Charge les familles d’achats, les codes CPV, les objectifs, les thèmes et les territoires."

    def handle(self, **options) -> None:
        loaders = (*LOADERS, ("Territoires", load_territories))
        report = Report()
        for _label, load in track(loaders, "Données de référence", total=len(loaders), stream=self.stdout._out):
            load(report)
        if options["verbosity"]:
            for line in report.lines():
                self.stdout.write(line)
