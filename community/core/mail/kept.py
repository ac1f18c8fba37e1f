"""Reads back the mails of `KeptMailBackend`."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings

NAME = re.compile(r"\d{8}-\d{6}-\d{6}-[0-9a-f]{8}")
SHOWN = 100


@dataclass(frozen=True)
class KeptMail:
    name: str
    to: str
    subject: str
    headers: list[tuple[str, str]]
    text: str
    html: str

    @property
    def kept_at(self) -> datetime:
        return datetime.strptime(self.name[:22], "%Y%m%d-%H%M%S-%f").replace(tzinfo=UTC)


def kept_mails() -> list[KeptMail]:
    files = sorted(Path(settings.MAIL_DIR).glob("*.eml"), reverse=True)[:SHOWN]
    return [read_mail(path) for path in files if NAME.fullmatch(path.stem)]


def kept_mail(name: str) -> KeptMail | None:
    path = Path(settings.MAIL_DIR) / f"{name}.eml"
    if not NAME.fullmatch(name) or not path.is_file():
        return None
    return read_mail(path)


def read_mail(path: Path) -> KeptMail:
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    return KeptMail(
        name=path.stem,
        to=str(message["To"]),
        subject=str(message["Subject"]),
        headers=[(name, str(value)) for name, value in message.items()],
        text=content(message, "plain"),
        html=content(message, "html"),
    )


def content(message: EmailMessage, subtype: str) -> str:
    part = message.get_body((subtype,))
    return part.get_content() if part is not None else ""
