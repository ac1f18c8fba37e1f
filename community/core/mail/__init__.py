"""Mails: queued as rows in the transaction that wants them, rendered and checked again when they leave."""

from .account import send_account_mail
from .kinds import MailKind, register_kind
from .queue import send

__all__ = ["MailKind", "register_kind", "send", "send_account_mail"]
