import gc
import os
import sys

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import connections
from django.utils.module_loading import import_string

from community.core.checks import TAG


class Command(BaseCommand):
    help = "Lance tout en un processus : pages, tâches, tâches récurrentes et fichiers statiques."
    requires_system_checks = (TAG,)

    def handle(self, **options) -> None:
        from community.core.serving import server, startup

        try:
            addresses = server.usable_addresses()
        except server.CannotListen as sentence:
            sys.stderr.write(f"entraide : {sentence}\n")
            sys.exit(1)
        refuse_demo_elsewhere()
        wait_for_static = startup.start_collecting_static(self.say)
        startup.prepare_database(self.say)
        wait_for_static()
        self.serve(addresses)

    def say(self, sentence: str) -> None:
        self.stdout.write(f"  {sentence}")
        self.stdout.flush()

    def serve(self, addresses: list[str]) -> None:
        from django.urls import get_resolver

        from community.core.serving import server

        application = import_string(settings.ASGI_APPLICATION)
        # The first visitor does not wait for the imports of every view.
        get_resolver()._populate()
        gc.freeze()
        background = server.Background()
        background.start()
        try:
            server.listen(application, addresses, ready=self.announce)
        finally:
            background.stop()
            connections.close_all()
        self.stdout.flush()
        # A thread still inside a slow request or task would keep the process: its task is taken back at the next start.
        os._exit(0)

    def announce(self) -> None:
        from community.core.serving import startup

        self.stdout.write(f"\nEntraide est prêt : {settings.BASE_URL}\n")
        accounts = startup.demo_accounts()
        if accounts:
            self.stdout.write("\nComptes de démonstration :")
            for email, password, role in accounts:
                self.stdout.write(f"  {email}  {password}  ({role})")
        if settings.LOOPBACK and not settings.EMAIL:
            self.stdout.write(f"\nCourriels envoyés par le site : {settings.BASE_URL}/dev/mail/")
        self.stdout.write("\nCtrl-C pour arrêter.")
        self.stdout.flush()


def refuse_demo_elsewhere() -> None:
    """Demo accounts have a public password: a base that holds them is served to this machine only."""
    from community.core.serving import startup

    if not settings.LOOPBACK and "demo" in startup.stamps():
        sys.stderr.write(
            "entraide : cette base contient les comptes de démonstration, dont le mot de passe est public : "
            "donnez une autre base (DATABASE_URL) ou un autre dossier (VAR_DIR) pour servir hors de cette machine.\n"
        )
        sys.exit(1)
