import logging

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import DraftStateMixin, Revision

from clauses.library.actions.cms import keep_from_calendar
from clauses.library.actions.publish import NotPublishable
from community.core import audit
from community.core.errors import Refused
from community.core.events import FollowedTopicsChanged, PagesChanged, emit
from community.core.mending import Mending, nothing_to_mend
from community.core.models import Reference
from community.core.references import record_references
from community.core.richtext import render
from community.law.models import LegalChange
from community.law.selectors.citing import moved_with
from community.notifications.actions import set_level, tell_again
from community.notifications.models import Level
from community.notifications.tasks import fan_out
from community.taxonomy.models import PurchaseFamily

from .models import PAGE, BasePage, ResourcePage
from .permissions import can_mend
from .policies import SpacePagePolicy

logger = logging.getLogger(__name__)


def publish_what_is_due() -> dict[str, int]:
    """What editors set a date for comes out, what has expired leaves; each in its own transaction, whatever becomes of
    the others. What the checklist of clauses refuses stays a draft, and its editor is told.
    """
    done = {"published": 0, "unpublished": 0, "refused": 0}
    for model in _with_drafts():
        for item in list(model.objects.filter(live=True, expire_at__lt=timezone.now()).order_by("expire_at")):
            with transaction.atomic():
                item.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
            done["unpublished"] += 1
    due = Revision.objects.filter(approved_go_live_at__lt=timezone.now()).order_by("approved_go_live_at")
    for revision in list(due):
        done[_publish(revision)] += 1
    return done


def _publish(revision: Revision) -> str:
    try:
        with transaction.atomic():
            revision.publish(log_action="wagtail.publish.scheduled")
    except NotPublishable as refusal:
        keep_from_calendar(clause=revision.content_object, revision=revision, refusal=refusal)
        return "refused"
    except Exception:
        logger.exception("scheduled revision %s was not published", revision.pk)
        return "refused"
    return "published"


def _with_drafts() -> list[type]:
    """Pages are one model here; those that stand for another are met through it."""
    others = [model for model in apps.get_models() if issubclass(model, DraftStateMixin) and not model._meta.proxy]
    return [BasePage, *(model for model in others if not issubclass(model, BasePage))]


def record_page_references(*, page: ResourcePage) -> None:
    """What the text that went live cites: its readers are told when the law that it cites moves."""
    rendered = render(page.body)
    record_references(kind=PAGE, pk=page.pk, paths=rendered.references, text=rendered.text)


@transaction.atomic
def mend_page(*, page: ResourcePage, actor, mending: Mending) -> None:
    """Another revision, published, with the citations of the law brought up to date."""
    if not can_mend(actor, page):
        raise PermissionDenied
    page = ResourcePage._base_manager.select_for_update(of=("self",)).get(pk=page.pk)
    mending.require_unchanged([page.body])
    if page.has_unpublished_changes:
        raise Refused(_("Un brouillon attend dans l’outil d’édition : publiez-le ou retirez-le d’abord."))
    before, page.body = page.body, mending.words(page.body)
    if page.body == before:
        raise nothing_to_mend()
    page.save_revision(user=actor, log_action=True).publish(user=actor)
    audit.record("mend_page", actor=actor, kind=PAGE, object_id=page.pk, reason=mending.reason)


def tell_pages_changed(page: BasePage) -> None:
    """It and those below it: they share its space and its restrictions."""
    below = BasePage._base_manager.filter(path__startswith=page.path).values_list("pk", flat=True)
    emit(PagesChanged(page_ids=tuple(sorted({page.pk, *below}))))


def tell_editors_unguarded(*, cause_kind: str, cause_id: int, change_id: int, by_id: int | None) -> int:
    """Whoever may change a page that cites what moved is told to read it again; returns how many pages wait for it."""
    change = LegalChange.objects.values_list("change", flat=True).filter(pk=change_id).first() or ""
    cited = Reference.objects.filter(moved_with(cause_kind, cause_id, change), source_kind=PAGE)
    pages = list(BasePage.objects.filter(pk__in=cited.values("source_id"), live=True).order_by("pk"))
    policy = SpacePagePolicy(BasePage)
    for page in pages:
        editors = policy.users_with_permission_for_instance("change", page, include_superusers=False)
        tell_again(reason="page_law_changed", kind=PAGE, pk=page.pk)
        fan_out.enqueue(
            reason="page_law_changed",
            subject=[PAGE, page.pk],
            target=[PAGE, page.pk],
            actor_id=by_id,
            member_ids=list(editors.values_list("pk", flat=True)),
            only=True,
        )
    return len(pages)


@transaction.atomic
def watch_family(*, family: PurchaseFamily, actor, level: str) -> None:
    """How closely the member follows a family; her profile, where families are ticked, says the same."""
    if level == Level.NONE:
        actor.families_followed.remove(family)
    else:
        actor.families_followed.add(family)
    emit(FollowedTopicsChanged(member_id=actor.pk))
    set_level(actor=actor, kind="family", pk=family.pk, level=level)
