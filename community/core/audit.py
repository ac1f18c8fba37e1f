from .models import AuditEntry


def record(
    action: str, *, actor, kind: str = "", object_id=None, space_id=None, reason: str = "", **detail
) -> AuditEntry:
    """Keeps who did what with power; called in the action's own transaction."""
    return AuditEntry.objects.create(
        actor=actor, action=action, kind=kind, object_id=object_id, space_id=space_id, reason=reason, detail=detail
    )
