"""Background work above django-tasks: retries, reclaim after a kill, recurring jobs.

A task takes ids, reloads, tolerates absence and may run twice: a worker can die between its work and its last word.
"""

from .retries import job
from .schedule import register_recurring

__all__ = ["job", "register_recurring"]
