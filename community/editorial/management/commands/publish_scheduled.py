"""In place of Wagtail's, which the first refusal stops."""

from django.core.management.base import BaseCommand

from community.editorial.actions import publish_what_is_due


class Command(BaseCommand):
    help = "Publie et dépublie ce que l’outil d’édition a prévu pour aujourd’hui (fait aussi par les tâches de fond)."

    def handle(self, *args, **options) -> None:
        done = publish_what_is_due()
        self.stdout.write(
            f"publiés : {done['published']}, retirés : {done['unpublished']}, refusés : {done['refused']}"
        )
