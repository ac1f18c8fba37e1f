"""Background work: harmless when run twice."""

from django_tasks import task

from .actions.usage_ask import ask_usages_unguarded


@task()
def ask_usages() -> int:
    """Each day: what became of the clauses that were taken away some months ago."""
    return ask_usages_unguarded()
