import secrets

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from community.core.models.loaded import LoadedModel
from community.members.querysets import MemberQuerySet
from community.taxonomy.text import fold


class AccountKind(models.TextChoices):
    AGENT = "agent", _("Agent public")
    ELECTED = "elected", _("Élu ou élue")
    FACILITATOR = "facilitator", _("Facilitation des clauses sociales")
    ANIMATOR = "animator", _("Animation de réseau")
    PARTNER = "partner", _("Partenaire (formation, chambre consulaire…)")


class Visibility(models.TextChoices):
    """Who sees one field of a profile."""

    EVERYONE = "everyone", _("Tout le monde")
    MEMBERS = "members", _("Membres vérifiés")
    NOBODY = "nobody", _("Personne")


class Verification(models.TextChoices):
    DOMAIN = "domain", _("Domaine de l’adresse")
    APPROVAL = "approval", _("Validation par l’animation")


def new_public_id() -> str:
    return secrets.token_hex(6)


class MemberManager(BaseUserManager.from_queryset(MemberQuerySet)):
    def create_user(self, email: str, password: str | None = None, **fields):
        member = self.model(email=self.normalize_email(email).lower(), **fields)
        member.set_password(password)
        member.save(using=self._db)
        return member

    def create_superuser(self, email: str, password: str | None = None, **fields):
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class Member(AbstractUser, LoadedModel):
    """A person with an account; the e-mail is the login.

    *Verified* (`verified_at`) by the confirmed e-mail domain of a known organisation or by an animator. A *ghost* came
    with an import: it signs contents, cannot sign in, has an address under `.invalid` (RFC 2606), and a person may
    claim it with a moderator's approval.
    """

    username = None
    email = models.EmailField(_("adresse électronique"), max_length=200, unique=True)
    folded_name = models.CharField(max_length=620, editable=False, blank=True)
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    account_kind = models.CharField(_("vous êtes"), max_length=12, choices=AccountKind, default=AccountKind.AGENT)
    job = models.CharField(_("fonction"), max_length=120, blank=True)
    organisation = models.ForeignKey(
        "members.Organisation", models.SET_NULL, null=True, blank=True, related_name="members"
    )
    territory = models.ForeignKey("members.Territory", models.SET_NULL, null=True, blank=True, related_name="members")
    bio = models.CharField(_("présentation"), max_length=600, blank=True)
    families_followed = models.ManyToManyField("taxonomy.PurchaseFamily", blank=True, related_name="followers")
    families_practised = models.ManyToManyField("taxonomy.PurchaseFamily", blank=True, related_name="practitioners")
    themes_followed = models.ManyToManyField("taxonomy.Theme", blank=True, related_name="followers")
    themes_practised = models.ManyToManyField("taxonomy.Theme", blank=True, related_name="practitioners")
    available_to_be_asked = models.BooleanField(_("disponible pour être sollicité·e"), default=False)
    field_visibility = models.JSONField(default=dict, blank=True)
    charter_accepted_at = models.DateTimeField(null=True, blank=True)
    verified_at = models.DateTimeField(null=True, blank=True)
    verified_by = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    verification = models.CharField(max_length=10, choices=Verification, blank=True)
    is_ghost = models.BooleanField(default=False)
    claimed_by = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="claimed_ghosts")

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []

    objects = MemberManager()

    class Meta:
        verbose_name = _("membre")
        # A name typed after an « @ » is looked for whole, while a text is written.
        indexes = [models.Index(fields=["folded_name"], name="member_folded_name")]
        constraints = [
            models.CheckConstraint(condition=Q(email=Lower("email")), name="member_email_lower"),
            models.CheckConstraint(
                condition=Q(is_ghost=False) | Q(is_active=False), name="member_ghost_cannot_sign_in"
            ),
        ]

    def __str__(self) -> str:
        return self.get_full_name() or str(_("Membre"))

    def save(self, *args, update_fields=None, **kwargs):
        """`folded_name` follows the name, for people search; `bulk_create` must set it."""
        if update_fields is None or not {"first_name", "last_name"}.isdisjoint(update_fields):
            self.folded_name = fold(self.get_full_name())
            update_fields = update_fields and [*update_fields, "folded_name"]
        super().save(*args, update_fields=update_fields, **kwargs)

    @property
    def is_verified(self) -> bool:
        return self.verified_at is not None
