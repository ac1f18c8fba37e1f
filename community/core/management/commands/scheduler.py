import signal
import threading

from django.core.management.base import BaseCommand

from community.core.jobs.worker import run_scheduler


class Command(BaseCommand):
    help = "Lance les tâches récurrentes à leur heure ; plusieurs exemplaires peuvent tourner, un seul agit."

    def handle(self, **options) -> None:
        stopping = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopping.set())
        run_scheduler(stopping)
