from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from community.core.management.commands.rerender import rerender_stale
from community.taxonomy.models import PurchaseFamily
from qa.demo import DEMO_ACCOUNTS
from qa.demo.people import load_people, load_spaces
from qa.demo.threads import Threads
from qa.models import Answer, Question


class Command(BaseCommand):
    help = "Ajoute le contenu de démonstration : personnes, organisations, espaces et échanges inventés."

    @staticmethod
    def accounts() -> tuple[tuple[str, str, str], ...]:
        """What `serve` prints."""
        return DEMO_ACCOUNTS

    def handle(self, **options) -> None:
        if not PurchaseFamily.objects.exists():
            call_command("load_reference", verbosity=0)
        with transaction.atomic():
            now = timezone.now()
            members = load_people(now)
            spaces = load_spaces(members, now)
            posts = Threads(members, spaces, now).load()
            rerender_stale(Question)
            rerender_stale(Answer)
        if options["verbosity"]:
            self.stdout.write(
                f"Démonstration : {len(members)} membres, {len(spaces)} espaces, {posts} messages ajoutés."
            )
