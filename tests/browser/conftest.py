"""Browser tests run against the real thing: `manage.py serve` with its demo content, and Chromium."""

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
SCREENSHOTS = ROOT / "var" / "screenshots"
INSTALL = "apt-get install -y --no-install-recommends chromium fonts-dejavu-core"
START_UP_SECONDS = 180
PATIENCE = 15_000
SCREEN = {"width": 1440, "height": 900}
SESSION_COOKIE = "entraide_session"


def chromium() -> str | None:
    return os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(item.fspath).parent == Path(__file__).parent:
            item.add_marker(pytest.mark.browser)
            if chromium() is None:
                item.add_marker(pytest.mark.skip(reason=f"Chromium is missing. Install it: {INSTALL}"))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    quiet = [
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--disable-gpu",
        "--disable-background-networking",
        "--lang=fr-FR",
    ]
    return {**browser_type_launch_args, "executable_path": chromium(), "args": quiet}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args, site):
    return {**browser_context_args, "base_url": site.url, "locale": "fr-FR", "timezone_id": "Europe/Paris"}


class Site:
    def __init__(self, url: str, var: Path):
        self.url = url
        self.var = var
        self.mail_dir = var / "mail"

    @property
    def environment(self) -> dict[str, str]:
        """Of the server and of the commands beside it, whatever the settings of the tests say."""
        clean = {name: value for name, value in os.environ.items() if not name.startswith("DJANGO_")}
        clean.pop("SECRET_KEY", None)
        return {
            **clean,
            "VAR_DIR": str(self.var),
            "PORT": self.url.rsplit(":", 1)[1],
            "HOST": "localhost",
            "DATABASE_URL": f"sqlite:///{self.var}/entraide.sqlite3",
            "DJANGO_SETTINGS_MODULE": "community.settings.base",
        }


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """A server of its own, on a data folder of its own; or the one that BROWSER_SITE=url and BROWSER_VAR name."""
    if running := os.environ.get("BROWSER_SITE"):
        yield Site(running.rstrip("/"), Path(os.environ["BROWSER_VAR"]))
        return
    site = Site(f"http://localhost:{free_port()}", tmp_path_factory.mktemp("var"))
    log = site.var / "serve.log"
    with log.open("w") as output:
        process = subprocess.Popen(  # noqa: S603  our own command
            [sys.executable, "manage.py", "serve"], cwd=ROOT, env=site.environment, stdout=output, stderr=output
        )
        try:
            wait_until_healthy(site.url, process, log)
            yield site
        finally:
            process.send_signal(signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(10)
            process.kill()


@pytest.fixture(scope="session")
def seeded(site) -> dict:
    """The people and threads of `seed.py`, with a session for each person."""
    command = [sys.executable, "manage.py", "shell", "-v", "0", "-c", "from tests.browser.seed import main; main()"]
    done = subprocess.run(  # noqa: S603  our own command
        command, cwd=ROOT, env=site.environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.strip().splitlines()[-1])


def wait_until_healthy(url: str, process, log: Path) -> None:
    deadline = time.monotonic() + START_UP_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            pytest.fail(f"serve stopped:\n{log.read_text()[-3000:]}")
        try:
            with urllib.request.urlopen(f"{url}/sante/", timeout=2) as answer:  # noqa: S310  our own loopback
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.3)
    pytest.fail(f"serve did not start:\n{log.read_text()[-3000:]}")


@pytest.fixture
def open_page(new_context, seeded):
    """`open_page("asker")` is a page of a browser of her own, signed in; `open_page()` a visitor's.

    Every page of every test: no error of script, no violation of the content policy.
    """
    faults: list[str] = []

    def open_one(who: str = "", **options):
        context = new_context(**{"viewport": SCREEN, **options})
        if who:
            value = seeded["people"][who]["session"]
            context.add_cookies([{"name": SESSION_COOKIE, "value": value, "domain": "localhost", "path": "/"}])
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: faults.append(f"error: {error}"))
        page.on("console", lambda message: note_console(faults, message))
        return page

    yield open_one
    assert not faults, faults


def note_console(faults: list[str], message) -> None:
    """What has no address comes from the test itself: axe and pictures write styles that the policy refuses."""
    address = message.location.get("url", "")
    if message.type == "error" and address and "Failed to load resource" not in message.text:
        faults.append(f"{address}: {message.text}")
