from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from community.core.demo import Account, Demo, demo_accounts, parts


class Command(BaseCommand):
    help = "Ajoute le contenu de démonstration : personnes, espaces, échanges et clauses inventés."

    @staticmethod
    def accounts() -> tuple[Account, ...]:
        """What `serve` prints."""
        return tuple(demo_accounts())

    def handle(self, **options) -> None:
        demo = Demo(now=timezone.now())
        with transaction.atomic():
            for part in parts():
                part.load(demo)
        if options["verbosity"]:
            self.stdout.write("Démonstration :")
            for line in demo.report.lines():
                self.stdout.write(line)
