"""daphne in this process, with a thread for tasks and one for what recurs."""

import errno
import socket
import threading
from collections.abc import Callable

from daphne.endpoints import build_endpoint_description_strings
from daphne.server import Server
from django.conf import settings

from community.core.jobs.worker import new_worker, run_scheduler

LONGEST_GOODBYE = 3


class CannotListen(Exception):
    """One French sentence with the remedy."""


def addresses() -> list[str]:
    return ["127.0.0.1", "::1"] if settings.HOST == "localhost" else [settings.HOST]


def usable_addresses() -> list[str]:
    """Tried before any other work: nobody waits a minute to learn that the port is taken."""
    found = [address for address in addresses() if can_listen(address)]
    if not found:
        raise CannotListen(f"l’adresse {settings.HOST} n’est pas celle de cette machine : changez HOST.")
    return found


def can_listen(address: str) -> bool:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((address, settings.PORT))
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise CannotListen(
                f"le port {settings.PORT} est déjà pris : arrêtez l’autre programme, "
                f"ou choisissez un autre port avec « PORT={settings.PORT + 1} make run »."
            ) from None
        if error.errno == errno.EACCES:
            raise CannotListen(
                f"le port {settings.PORT} est réservé à l’administrateur : choisissez PORT=8000 ou plus."
            ) from None
        return False  # this machine has no such address (IPv6 is often off)
    return True


class Background:
    """The task thread and the scheduler thread; both leave when told, and the process does not wait long."""

    def __init__(self) -> None:
        self.worker = new_worker()
        self.stopping = threading.Event()
        self.threads = [
            threading.Thread(target=self.worker.run, name="tasks", daemon=True),
            threading.Thread(target=run_scheduler, args=[self.stopping], name="scheduler", daemon=True),
        ]

    def start(self) -> None:
        for thread in self.threads:
            thread.start()

    def stop(self) -> None:
        self.stopping.set()
        self.worker.stop()
        for thread in self.threads:
            thread.join(LONGEST_GOODBYE)


def listen(application, addresses: list[str], *, ready: Callable[[], None]) -> None:
    """Serves until SIGTERM or SIGINT."""
    endpoints = [
        endpoint
        for address in addresses
        for endpoint in build_endpoint_description_strings(host=address, port=settings.PORT)
    ]
    Server(
        application=application,
        endpoints=endpoints,
        ready_callable=ready,
        server_name="entraide",
        application_close_timeout=2,
    ).run()
