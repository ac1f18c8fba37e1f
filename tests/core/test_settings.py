"""A wrong setting is one line; a right production set-up passes Django's own deployment checks."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


def manage(*arguments: str, tmp_path: Path, **environment: str) -> subprocess.CompletedProcess:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "PYTHONPYCACHEPREFIX") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={**kept, "VAR_DIR": str(tmp_path), **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"PORT": "mille"}, "PORT"),
        ({"PORT": "70000"}, "PORT"),
        ({"DEBUG": "maybe"}, "DEBUG"),
        ({"DATABASE_URL": "mysql://base"}, "DATABASE_URL"),
        ({"REDIS_URL": "http://redis"}, "REDIS_URL"),
        ({"SEARCH_URL": "http://search.example"}, "SEARCH_URL"),
        ({"SMTP_URL": "mail.example.org"}, "SMTP_URL"),
        ({"HOST": "entraide.example"}, "SECRET_KEY"),
        ({"SENDFILE_BACKEND": "apache"}, "SENDFILE_BACKEND"),
        ({"VAR_DIR": "/proc/entraide"}, "VAR_DIR"),
        ({"BASE_URL": "entraide.example"}, "BASE_URL"),
        ({"BASE_URL": "https://entraide.example/achats"}, "BASE_URL"),
        ({"BASE_URL": "https://entraide.example:https"}, "BASE_URL"),
        ({"BASE_URL": "https://nora@entraide.example"}, "BASE_URL"),
    ],
)
def test_a_wrong_setting_is_one_clear_line(tmp_path, environment, said):
    done = manage("check", tmp_path=tmp_path, **environment)
    assert done.returncode == 2
    assert done.stderr.startswith("entraide: ")
    assert said in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize("host", ["localhost", "::1"])
def test_a_laptop_needs_no_setting(tmp_path, host):
    done = manage("check", tmp_path=tmp_path, HOST=host)
    assert done.returncode == 0, done.stderr


def production(**changed: str) -> dict[str, str]:
    return {
        "HOST": "0.0.0.0",  # noqa: S104  behind a proxy
        "BASE_URL": "https://entraide.example",
        "ALLOWED_HOSTS": "entraide.example",
        "SECRET_KEY": "kP0vXq7-2mZrT8wYc4hJn6bLs9dFg1aEu3oIx5tRy-QVWMB_CkzNpHDS",
        "SMTP_URL": "smtp://user:word@mail.example.org",
        "TRUSTED_PROXIES": "1",
        **changed,
    }


def test_the_deployment_checks_are_clean(tmp_path):
    done = manage("check", "--deploy", "--fail-level", "WARNING", tmp_path=tmp_path, **production())
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


@pytest.mark.parametrize(
    ("changed", "code"), [({"ALLOWED_HOSTS": "other.example"}, "entraide.E002"), ({"SMTP_URL": ""}, "entraide.W003")]
)
def test_what_would_not_work_in_production_is_said(tmp_path, changed, code):
    done = manage("check", "--deploy", "--fail-level", "WARNING", tmp_path=tmp_path, **production(**changed))
    assert done.returncode == 1
    assert code in done.stderr
