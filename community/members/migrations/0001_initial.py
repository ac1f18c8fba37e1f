import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import community.members.models.member


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("taxonomy", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Member",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                ("first_name", models.CharField(blank=True, max_length=150, verbose_name="first name")),
                ("last_name", models.CharField(blank=True, max_length=150, verbose_name="last name")),
                (
                    "is_staff",
                    models.BooleanField(
                        default=False,
                        help_text="Designates whether the user can log into this admin site.",
                        verbose_name="staff status",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                        verbose_name="active",
                    ),
                ),
                ("date_joined", models.DateTimeField(default=django.utils.timezone.now, verbose_name="date joined")),
                ("email", models.EmailField(max_length=200, unique=True, verbose_name="adresse électronique")),
                ("folded_name", models.CharField(blank=True, editable=False, max_length=620)),
                (
                    "public_id",
                    models.CharField(
                        default=community.members.models.member.new_public_id,
                        editable=False,
                        max_length=12,
                        unique=True,
                    ),
                ),
                (
                    "account_kind",
                    models.CharField(
                        choices=[
                            ("agent", "Agent public"),
                            ("elected", "Élu ou élue"),
                            ("facilitator", "Facilitation des clauses sociales"),
                            ("animator", "Animation de réseau"),
                            ("partner", "Partenaire (formation, chambre consulaire…)"),
                        ],
                        default="agent",
                        max_length=12,
                        verbose_name="vous êtes",
                    ),
                ),
                ("job", models.CharField(blank=True, max_length=120, verbose_name="fonction")),
                ("bio", models.CharField(blank=True, max_length=600, verbose_name="présentation")),
                (
                    "available_to_be_asked",
                    models.BooleanField(default=False, verbose_name="disponible pour être sollicité·e"),
                ),
                ("field_visibility", models.JSONField(blank=True, default=dict)),
                ("charter_accepted_at", models.DateTimeField(blank=True, null=True)),
                ("verified_at", models.DateTimeField(blank=True, null=True)),
                (
                    "verification",
                    models.CharField(
                        blank=True,
                        choices=[("domain", "Domaine de l’adresse"), ("approval", "Validation par l’animation")],
                        max_length=10,
                    ),
                ),
                ("is_ghost", models.BooleanField(default=False)),
                (
                    "claimed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="claimed_ghosts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "families_followed",
                    models.ManyToManyField(blank=True, related_name="followers", to="taxonomy.purchasefamily"),
                ),
                (
                    "families_practised",
                    models.ManyToManyField(blank=True, related_name="practitioners", to="taxonomy.purchasefamily"),
                ),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                ("themes_followed", models.ManyToManyField(blank=True, related_name="followers", to="taxonomy.theme")),
                (
                    "themes_practised",
                    models.ManyToManyField(blank=True, related_name="practitioners", to="taxonomy.theme"),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
                (
                    "verified_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "membre",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("email", django.db.models.functions.text.Lower("email"))),
                        name="member_email_lower",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("is_ghost", False), ("is_active", False), _connector="OR"),
                        name="member_ghost_cannot_sign_in",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=160, verbose_name="nom")),
                ("folded", models.CharField(db_index=True, editable=False, max_length=320)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("state", "État et ses établissements"),
                            ("local", "Collectivité territoriale ou groupement"),
                            ("hospital", "Hôpital public"),
                            ("housing", "Bailleur social"),
                            ("university", "Université ou organisme de recherche"),
                            ("espic", "ESPIC ou établissement médico-social"),
                            ("network", "Réseau ou association d’acheteurs publics"),
                            ("support", "Structure d’accompagnement (facilitation, formation, chambre consulaire)"),
                            ("private", "Acheteur privé"),
                            ("other", "Autre"),
                        ],
                        max_length=12,
                        verbose_name="nature",
                    ),
                ),
                ("siret", models.CharField(blank=True, max_length=14, verbose_name="SIRET")),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "organisation",
                "ordering": ["name"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("siret", ""), _negated=True),
                        fields=("siret",),
                        name="organisation_siret_once",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="member",
            name="organisation",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="members",
                to="members.organisation",
            ),
        ),
        migrations.CreateModel(
            name="Territory",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=5, unique=True)),
                (
                    "kind",
                    models.CharField(choices=[("region", "Région"), ("departement", "Département")], max_length=12),
                ),
                ("name", models.CharField(max_length=80)),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="members.territory",
                    ),
                ),
            ],
            options={
                "verbose_name": "territoire",
                "ordering": ["name"],
            },
        ),
        migrations.AddField(
            model_name="organisation",
            name="territory",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="members.territory",
            ),
        ),
        migrations.AddField(
            model_name="member",
            name="territory",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="members",
                to="members.territory",
            ),
        ),
        migrations.CreateModel(
            name="Expertise",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("expert", "Expertise"), ("jurist", "Juriste")], max_length=10)),
                ("granted_at", models.DateTimeField(auto_now_add=True)),
                ("until", models.DateField(blank=True, null=True)),
                (
                    "family",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="taxonomy.purchasefamily",
                    ),
                ),
                (
                    "granted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="expertises",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("member", "kind", "family"), name="expertise_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("family", None)), fields=("member", "kind"), name="expertise_of_all_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GhostClaim",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("message", models.CharField(max_length=600, verbose_name="ce qui montre que c’est vous")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("approved", models.BooleanField(default=False)),
                (
                    "claimant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ghost_claims",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "ghost",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="claims", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "demande de reprise",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("decided_at", None)),
                        fields=("ghost", "claimant"),
                        name="ghost_claim_pending_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("approved", False), ("decided_at__isnull", False), _connector="OR"),
                        name="ghost_claim_approved_is_decided",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OrganisationDomain",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("domain", models.CharField(max_length=120, unique=True)),
                ("confirmed_at", models.DateTimeField(auto_now_add=True)),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="domains", to="members.organisation"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("domain", django.db.models.functions.text.Lower("domain"))),
                        name="organisation_domain_lower",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.UniqueConstraint(
                django.db.models.functions.text.Lower("name"),
                models.F("territory"),
                condition=models.Q(("confirmed_at__isnull", False)),
                name="organisation_known_once",
            ),
        ),
    ]
