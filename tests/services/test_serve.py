"""`manage.py serve` and its tools, run as processes on bases of their own."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from functools import partial
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
COLD, WARM = 150, 30

pytestmark = [pytest.mark.sqlite, pytest.mark.xdist_group("serve")]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Served:
    """A server started on `var`; `seconds` is the time it took to say that it is ready."""

    def __init__(self, var: Path, **environment: str):
        kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "PYTHONPYCACHEPREFIX")}
        self.port = int(environment.pop("PORT", free_port()))
        began = time.monotonic()
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "serve"],
            cwd=ROOT,
            env={**kept, "VAR_DIR": str(var), "PORT": str(self.port), "PYTHONUNBUFFERED": "1", **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            # A shell that runs the tests in its background has Ctrl-C ignored by them, and by what they start.
            preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
        )
        self.lines: list[str] = []
        for line in self.process.stdout:
            self.lines.append(line)
            if "prêt" in line:
                break
        self.seconds = time.monotonic() - began

    @property
    def said(self) -> str:
        return "".join(self.lines)

    def get(self, path: str):
        return urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=20)  # noqa: S310  our own server

    def stop(self, number: int = signal.SIGTERM) -> tuple[int, float]:
        began = time.monotonic()
        self.process.send_signal(number)
        rest, _nothing = self.process.communicate(timeout=30)
        self.lines.append(rest)
        return self.process.returncode, time.monotonic() - began


@pytest.fixture(scope="module")
def var(tmp_path_factory):
    """A folder served once: migrated, loaded, its static files collected."""
    path = tmp_path_factory.mktemp("served")
    served = Served(path, DEMO="0")
    try:
        assert served.process.poll() is None, served.said
        assert served.seconds < COLD
        with served.get("/sante/") as response:
            assert response.status == 200
    finally:
        served.stop()
    return path


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_next_start_is_quick_and_the_end_too(var, number):
    served = Served(var, DEMO="0")
    with served.get("/pages/charte/") as response:
        assert "Charte" in response.read().decode()
    code, seconds = served.stop(number)
    assert code == 0, served.said
    assert seconds < 5
    assert served.seconds < WARM
    assert "Base de données" not in served.said
    assert "Fichiers statiques" not in served.said


def test_static_files_are_served_compressed_and_kept_for_ever(var):
    served = Served(var, DEMO="0")
    try:
        with served.get("/pages/charte/") as response:
            page = response.read().decode()
        address = page.split('rel="stylesheet" href="')[1].split('"')[0]
        request = urllib.request.Request(
            f"http://127.0.0.1:{served.port}{address}", headers={"Accept-Encoding": "gzip"}
        )  # noqa: S310
        with urllib.request.urlopen(request, timeout=20) as response:  # noqa: S310
            assert response.headers["Content-Encoding"] == "gzip"
            assert "immutable" in response.headers["Cache-Control"]
    finally:
        served.stop()


def test_a_task_queued_by_a_page_is_run_by_the_server_and_leaves_a_mail(var):
    base = sqlite3.connect(var / "entraide.sqlite3")
    with base:
        mail = base.execute(
            'INSERT INTO core_outgoingmail (public_id, kind, "to", context, created_at) VALUES '
            "('0123456789abcdef0123456789abcdef', 'account', 'claude@example.org', "
            '\'{"subject": "Votre code", "text": "7K2M4Q"}\', \'2026-01-01\')'
        ).lastrowid
        base.execute(
            "INSERT INTO django_tasks_database_dbtaskresult "
            "(id, status, enqueued_at, args_kwargs, priority, task_path, "
            "worker_ids, queue_name, backend_name, run_after, exception_class_path, traceback) VALUES "
            "('fedcba9876543210fedcba9876543210', 'READY', '2026-01-01', ?, 0, 'community.core.mail.queue.deliver', "
            "'[]', 'mail', 'default', '2026-01-01', '', '')",
            [f'{{"args": [{mail}], "kwargs": {{}}}}'],
        )
    base.close()
    served = Served(var, DEMO="0")
    try:
        for _attempt in range(100):
            if list((var / "mail").glob("*.eml")):
                break
            time.sleep(0.1)
        with served.get("/dev/mail/") as response:
            assert "Votre code" in response.read().decode()
    finally:
        served.stop()


def test_a_port_that_is_taken_is_said_in_one_sentence(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        served = Served(tmp_path, PORT=str(port))
        assert served.process.wait(timeout=30) == 1
    assert f"PORT={port + 1}" in served.said
    assert len(served.said.strip().splitlines()) == 1
    assert not list(tmp_path.glob("*.sqlite3")), "no work was done before"


def test_a_base_with_demo_accounts_is_not_served_to_others(var, tmp_path):
    base = sqlite3.connect(var / "entraide.sqlite3")
    with base:
        base.execute("INSERT INTO core_startupstamp (step, fingerprint) VALUES ('demo', 'x')")
    try:
        served = Served(
            var,
            HOST="0.0.0.0",
            SECRET_KEY="k" * 60,
            BASE_URL="http://entraide.example",
            ALLOWED_HOSTS="entraide.example",  # noqa: S104
        )
        assert served.process.wait(timeout=30) == 1
        assert "démonstration" in served.said
    finally:
        with base:
            base.execute("DELETE FROM core_startupstamp WHERE step = 'demo'")
        base.close()


def wait_for_row(var: Path, table: str) -> None:
    base = sqlite3.connect(var / "entraide.sqlite3")
    for _attempt in range(600):
        if base.execute(f"SELECT count(*) FROM {table}").fetchone()[0]:  # noqa: S608  our own tables
            break
        time.sleep(0.1)
    base.close()


@pytest.mark.parametrize(("command", "table"), [("scheduler", "core_scheduledjob"), ("db_worker", "core_workerbeat")])
def test_the_processes_of_the_scaled_set_up_stop_in_order(var, command, table):
    base = sqlite3.connect(var / "entraide.sqlite3")
    with base:
        base.execute(f"DELETE FROM {table}")  # noqa: S608  our own tables
    base.close()
    process = subprocess.Popen(
        [sys.executable, "manage.py", command],
        cwd=ROOT,
        env={**{n: os.environ[n] for n in ("PATH", "HOME") if n in os.environ}, "VAR_DIR": str(var)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    wait_for_row(var, table)
    assert process.poll() is None
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=20) == 0


@pytest.mark.parametrize("python", ["absent", "old"])
def test_an_old_python_is_said_in_one_sentence(tmp_path, python):
    """`bin/install` in a folder that has only what git gives."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "requirements").mkdir()
    (tmp_path / "bin" / "install").write_text((ROOT / "bin" / "install").read_text())
    (tmp_path / "requirements" / "base.txt").write_text("")
    tools = tmp_path / "tools"
    tools.mkdir()
    for tool in ("dirname", "cksum", "cat", "rm"):
        (tools / tool).symlink_to(
            subprocess.run(["which", tool], capture_output=True, text=True, check=True).stdout.strip()
        )
    if python == "old":
        (tools / "python3").write_text('#!/bin/sh\ncase "$2" in *sys.exit*) exit 1;; *) echo 3.9.2;; esac\n')
        (tools / "python3").chmod(0o755)
    done = subprocess.run(
        ["/bin/sh", "bin/install"], cwd=tmp_path, env={"PATH": str(tools)}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "Python 3.11" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
