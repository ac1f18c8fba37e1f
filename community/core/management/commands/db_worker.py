from django_tasks_db.management.commands import db_worker

from community.core.jobs.worker import BeatingWorker


class Command(db_worker.Command):
    """django-tasks-db's command with our worker: signs of life, so that its tasks are taken back if it is killed."""

    help = "Exécute les tâches en attente (set-up à plusieurs processus ; « serve » le fait dans le sien)."

    def handle(self, **options) -> None:
        db_worker.Worker = BeatingWorker
        super().handle(**options)
