"""Refusals that a person reads: each carries a French sentence that says how to mend it."""


class Refused(Exception):
    """An act that the state of things forbids (the thread is closed, the invitation has expired…)."""

    status = 409

    def __init__(self, message: str, *, field: str | None = None):
        super().__init__(message)
        self.message = message
        self.field = field


class Invalid(Refused):
    """Input that cannot be taken as it is."""

    status = 422


class TooOften(Refused):
    """A rate limit; `retry_after` is in seconds."""

    status = 429

    def __init__(self, message: str, *, retry_after: int):
        super().__init__(message)
        self.retry_after = retry_after
