from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction

from community.editorial.seed import seed_pages


class Command(BaseCommand):
    help = "Crée les pages ouvertes que le site promet (charte, données personnelles, accessibilité) si elles manquent."

    @transaction.atomic
    def handle(self, **options) -> None:
        created = seed_pages(settings.BASE_URL)
        if options["verbosity"]:
            self.stdout.write(f"Pages créées : {', '.join(created) or 'aucune'}.")
