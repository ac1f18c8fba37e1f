from django_tasks import task

from .actions import publish_what_is_due, tell_editors_unguarded


@task()
def follow_editorial_calendar() -> dict[str, int]:
    return publish_what_is_due()


@task()
def tell_editors(*, cause_kind: str, cause_id: int, change_id: int, by_id: int | None) -> int:
    return tell_editors_unguarded(cause_kind=cause_kind, cause_id=cause_id, change_id=change_id, by_id=by_id)
