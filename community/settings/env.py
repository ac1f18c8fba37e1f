"""Reads settings from the environment; a wrong value is one clear line, not a traceback."""

import os
import re
import sys
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

HOST_AND_PORT = re.compile(r"(\[[0-9a-f:.]+\]|[\w.-]+)(:\d+)?", re.ASCII | re.IGNORECASE)


class SettingError(Exception):
    """A variable of the environment that cannot be used; its text says which and how to mend it."""


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default).strip()


def flag(name: str, default: bool = False) -> bool:
    value = text(name).lower()
    if value in ("", "0", "false", "no", "off", "1", "true", "yes", "on"):
        return default if value == "" else value in ("1", "true", "yes", "on")
    raise SettingError(f"{name}={value!r}: expected 1 or 0.")


def integer(name: str, default: int, *, minimum: int = 0, maximum: int = 2**31) -> int:
    value = text(name)
    if not value:
        return default
    try:
        number = int(value)
    except ValueError:
        raise SettingError(f"{name}={value!r}: expected a whole number.") from None
    if not minimum <= number <= maximum:
        raise SettingError(f"{name}={number}: expected between {minimum} and {maximum}.")
    return number


def words(name: str, default: str = "") -> list[str]:
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def directory(name: str, default: Path) -> Path:
    """A folder that this process can write, made if it is missing."""
    path = Path(text(name) or default)
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingError(f"{name}={path}: cannot be made ({error.strerror}); choose another with {name}.") from None
    if not os.access(path, os.W_OK | os.X_OK):
        raise SettingError(f"{name}={path}: cannot be written; change its owner or choose another with {name}.")
    return path


def database(name: str, default: str) -> dict:
    """Django's settings for `sqlite:////absolute/path` or `postgresql://user:password@host:port/base`."""
    url = urlsplit(text(name, default))
    if url.scheme == "sqlite":
        return sqlite(Path(unquote(url.path[1:])))
    if url.scheme in ("postgres", "postgresql"):
        return postgresql(url)
    raise SettingError(f"{name}: expected sqlite:////path or postgresql://user:password@host/base.")


def sqlite(path: Path) -> dict:
    # WAL without IMMEDIATE lets a reader that starts to write fail at once; the pair was measured to lose nothing.
    return {
        "ENGINE": "community.core.sqlite",
        "NAME": path,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA mmap_size=134217728;"
                "PRAGMA journal_size_limit=27103364;PRAGMA cache_size=-20000;"
            ),
        },
    }


def postgresql(url) -> dict:
    options = dict(parse_qsl(url.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(url.path.lstrip("/")),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": unquote(url.hostname or options.pop("host", "")),
        "PORT": str(url.port or ""),
        "CONN_MAX_AGE": 0,  # the pool keeps connections; persistent ones leak under ASGI
        "OPTIONS": {"pool": {"min_size": 2, "max_size": integer("DATABASE_POOL", 8, minimum=2)}, **options},
    }


def stop(error: SettingError) -> None:
    sys.stderr.write(f"entraide: {error}\n")
    sys.exit(2)


def choice(name: str, allowed: tuple[str, ...]) -> str:
    value = text(name)
    if value not in allowed:
        raise SettingError(f"{name}={value!r}: expected one of {', '.join(repr(word) for word in allowed)}.")
    return value


def server(name: str) -> str:
    """An address of HTTP with its port, and a path perhaps; not shown when it is wrong, as it may hold a password."""
    value = text(name)
    try:
        url = urlsplit(value)
        is_right = url.scheme in ("http", "https") and bool(url.hostname) and url.port is not None
    except ValueError:
        is_right = False
    if value and not is_right:
        raise SettingError(f"{name}: expected http://host:port/prefix, the port always said.")
    return value


def site(name: str, default: str) -> str:
    """The address that mails and feeds begin with: a scheme and a host, no path, as the site is served at the root."""
    value = text(name, default).rstrip("/")
    try:
        url = urlsplit(value)
        origin = f"{url.scheme}://{url.netloc}" if url.scheme in ("http", "https") and url.hostname else ""
        is_right = value == origin and url.port != 0 and HOST_AND_PORT.fullmatch(url.netloc)
    except ValueError:
        is_right = False
    if not is_right:
        raise SettingError(f"{name}={value!r}: expected https://host or http://host:port, without a path.")
    return value


def smtp(address: str) -> dict:
    """Django's mail settings for `smtp://user:password@host:port` (STARTTLS) or `smtps://…` (TLS)."""
    url = urlsplit(address)
    if url.scheme not in ("smtp", "smtps") or not url.hostname:
        raise SettingError("SMTP_URL: expected smtp://user:password@host:port or smtps://….")
    return {
        "EMAIL_HOST": url.hostname,
        "EMAIL_PORT": url.port or (465 if url.scheme == "smtps" else 587),
        "EMAIL_HOST_USER": unquote(url.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(url.password or ""),
        "EMAIL_USE_SSL": url.scheme == "smtps",
        "EMAIL_USE_TLS": url.scheme == "smtp" and url.hostname not in ("localhost", "127.0.0.1"),
    }
