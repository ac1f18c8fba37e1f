"""One server process, started for a measure: its CPU time read from the system, its pages asked for one at a time."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 90


@dataclass
class Server:
    process: subprocess.Popen
    port: int

    def cpu(self) -> float:
        """Seconds of processor taken so far by the process and those it started."""
        return sum(_cpu_of(pid) for pid in [self.process.pid, *_children(self.process.pid)])

    def client(self, **headers: str) -> "Client":
        return Client(http.client.HTTPConnection("localhost", self.port, timeout=60), headers)


@dataclass
class Client:
    connection: http.client.HTTPConnection
    headers: dict[str, str]

    def get(self, path: str) -> tuple[int, bytes]:
        return self._ask("GET", path, None, {})

    def post(self, path: str, body: str) -> tuple[int, bytes]:
        return self._ask("POST", path, body.encode(), {"Content-Type": "application/x-www-form-urlencoded"})

    def _ask(self, method: str, path: str, body: bytes | None, headers: dict) -> tuple[int, bytes]:
        self.connection.request(method, path, body, {**self.headers, **headers})
        response = self.connection.getresponse()
        return response.status, response.read()


@contextmanager
def serving(name: str, **settings: str):
    """`gunicorn` (one gthread worker) or `daphne`, on a free port, with this process’s environment and `settings`."""
    port = _free_port()
    environment = {**os.environ, "PORT": str(port), "HOST": "localhost", **settings}
    address = f"localhost:{port}"
    command = {
        "gunicorn": ["gunicorn", "community.wsgi", "-k", "gthread", "-w", "1", "--threads", "4", "-b", address],
        "daphne": ["daphne", "-b", "localhost", "-p", str(port), "community.asgi:application"],
    }[name]
    if name == "gunicorn":
        # A connection waits for its turn while another measure runs.
        command += ["--keep-alive", "300"]
    process = subprocess.Popen(
        [sys.executable, "-m", *command],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    server = Server(process, port)
    try:
        _wait_until_ready(server)
        yield server
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)


def _wait_until_ready(server: Server) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if server.process.poll() is not None:
            raise RuntimeError(f"the server stopped at its start, code {server.process.returncode}")
        try:
            server.client().get("/")
        except OSError:
            time.sleep(0.3)
        else:
            return
    raise RuntimeError("the server did not start")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        return probe.getsockname()[1]


def _children(pid: int) -> list[int]:
    try:
        found = [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except FileNotFoundError:
        return []
    return [*found, *(grandchild for child in found for grandchild in _children(child))]


def _cpu_of(pid: int) -> float:
    """Its own clock, which counts its ended threads too, in nanoseconds where /proc counts hundredths of a second."""
    try:
        # What clock_getcpuclockid(3) gives for another process.
        return time.clock_gettime(~pid << 3 | 2)
    except OSError:
        return 0.0
