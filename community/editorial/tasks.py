from django_tasks import task

from .actions import publish_what_is_due


@task()
def follow_editorial_calendar() -> dict[str, int]:
    return publish_what_is_due()
