"""Spaces and who is in them: every right in the product starts here."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from community.core.models.loaded import LoadedModel

from .querysets import BreakGlassQuerySet, InvitationQuerySet, MembershipQuerySet, SpaceQuerySet


class SpaceVisibility(models.TextChoices):
    OPEN = "open", _("Ouvert : tout le monde lit, même sans compte")
    MEMBERS = "members", _("Réservé : les membres vérifiés de la communauté lisent")
    PRIVATE = "private", _("Privé : seules les personnes de l’espace lisent")


class SpaceKind(models.TextChoices):
    GROUP = "group", _("Groupe de travail")
    NETWORK = "network", _("Réseau territorial")


class Role(models.TextChoices):
    """From the least to the most; the order of `RANKS` is the order of power."""

    GUEST = "guest", pgettext_lazy("role", "Invité·e")
    MEMBER = "member", pgettext_lazy("role", "Membre")
    REVIEWER = "reviewer", pgettext_lazy("role", "Relecture")
    MODERATOR = "moderator", pgettext_lazy("role", "Animation")
    OWNER = "owner", pgettext_lazy("role", "Propriétaire")


RANKS = {role: rank for rank, role in enumerate(Role.values)}
MODERATING_ROLES = (Role.MODERATOR, Role.OWNER)


class Space(LoadedModel):
    """A place of its own members. Contents without a space belong to the open community.

    `history_from_joining`: newcomers of a private space see what was written after they came, not before.
    A network covers `territories`; its moderators approve the members of those.
    """

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(_("nom"), max_length=120)
    description = models.CharField(_("présentation"), max_length=600, blank=True)
    kind = models.CharField(max_length=10, choices=SpaceKind, default=SpaceKind.GROUP)
    visibility = models.CharField(_("qui peut lire"), max_length=10, choices=SpaceVisibility)
    territories = models.ManyToManyField("members.Territory", blank=True, related_name="networks")
    history_from_joining = models.BooleanField(_("les nouveaux membres ne voient pas le passé"), default=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = SpaceQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("espace")

    def __str__(self) -> str:
        return self.name


class Membership(LoadedModel):
    space = models.ForeignKey(Space, models.CASCADE, related_name="memberships")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role, default=Role.MEMBER)
    joined_at = models.DateTimeField(auto_now_add=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["space", "member"], name="membership_once")]

    def __str__(self) -> str:
        return f"{self.member} · {self.space}"


MAX_REASON = 500
RESEND_AFTER = timedelta(days=1)
MAX_EMAIL = 200


class Invitation(models.Model):
    """An e-mail asked into a space. The token is kept as its SHA-256; only the account of that e-mail may accept.

    Ended by `accepted_at`, or by `revoked_at`: an animator's act, or the invited person's when `declined_at` is set.
    """

    space = models.ForeignKey(Space, models.CASCADE, related_name="invitations")
    email = models.EmailField(max_length=MAX_EMAIL)
    role = models.CharField(max_length=10, choices=Role, default=Role.MEMBER)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    message = models.CharField(_("mot d’accueil"), max_length=600, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "space",
                Lower("email"),
                condition=Q(accepted_at=None, revoked_at=None),
                name="invitation_pending_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.email} → {self.space}"

    @property
    def has_expired(self) -> bool:
        return self.expires_at <= timezone.now()

    @property
    def may_be_resent(self) -> bool:
        """Not the day it left."""
        return self.created_at <= timezone.now() - RESEND_AFTER


class Pseudonym(LoadedModel):
    """The lasting name of one member's anonymous posts in one space (none: the open community)."""

    space = models.ForeignKey(Space, models.CASCADE, null=True, related_name="pseudonyms")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="pseudonyms")
    number = models.PositiveIntegerField()

    class Meta:
        constraints = [
            # Two by two, as SQLite has no NULLS NOT DISTINCT and would leave the constraint out.
            models.UniqueConstraint(fields=["space", "member"], name="pseudonym_once"),
            models.UniqueConstraint(fields=["space", "number"], name="pseudonym_number_once"),
            models.UniqueConstraint(fields=["member"], condition=Q(space=None), name="pseudonym_open_once"),
            models.UniqueConstraint(fields=["number"], condition=Q(space=None), name="pseudonym_open_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.space_id}/{self.number}"


class BreakGlass(models.Model):
    """Exceptional access of an administrator, or the lifting of an anonymity: a reason, an end, an audit line.

    Of a space's whole content (`space`), or of the identity behind one content (`kind`, `object_id`).
    """

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="break_glasses")
    space = models.ForeignKey(Space, models.CASCADE, null=True, blank=True, related_name="break_glasses")
    kind = models.CharField(max_length=40, blank=True)
    object_id = models.BigIntegerField(null=True, blank=True)
    reason = models.CharField(_("motif"), max_length=MAX_REASON)
    opened_at = models.DateTimeField(auto_now_add=True)
    ends_at = models.DateTimeField()

    objects = BreakGlassQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(space__isnull=False) | Q(object_id__isnull=False), name="break_glass_opens_something"
            )
        ]

    def __str__(self) -> str:
        return f"{self.member}: {self.reason[:40]}"

    @property
    def is_current(self) -> bool:
        return self.ends_at > timezone.now()
