import django.db.models.deletion
import taggit.managers
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("library", "0004_link_choices"),
        ("members", "0001_initial"),
        ("members", "__first__"),
        ("spaces", "0001_initial"),
        ("taxonomy", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="ExperienceReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Brouillon"), ("published", "Publié"), ("withdrawn", "Retiré")],
                        default="draft",
                        max_length=10,
                    ),
                ),
                (
                    "naming",
                    models.CharField(
                        choices=[
                            ("name", "Avec mon nom"),
                            ("kind", "Avec mon type d’organisation seulement"),
                            ("anonymous", "Anonyme pour la communauté"),
                        ],
                        default="name",
                        max_length=10,
                        verbose_name="qui signe",
                    ),
                ),
                ("hides_organisation", models.BooleanField(default=False, verbose_name="masquer mon organisation")),
                ("rounds", models.BooleanField(default=False, verbose_name="arrondir le montant et les dates")),
                (
                    "subject",
                    models.CharField(
                        choices=[
                            ("purchase", "Un achat"),
                            ("spaser", "Un SPASER"),
                            ("label", "Un label social"),
                            ("sourcing", "Un sourcing"),
                            ("organisation", "L’organisation du service"),
                        ],
                        default="purchase",
                        max_length=12,
                        verbose_name="le récit porte sur",
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=160, verbose_name="titre")),
                ("slug", models.SlugField(blank=True, max_length=80)),
                ("summary", models.CharField(blank=True, max_length=280, verbose_name="en une phrase")),
                (
                    "text_kept",
                    models.CharField(
                        blank=True,
                        choices=[("as_is", "Repris tel quel"), ("adapted", "Adapté"), ("rewritten", "Réécrit")],
                        max_length=10,
                        verbose_name="son texte",
                    ),
                ),
                (
                    "buyer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("town", "Commune ou intercommunalité"),
                            ("county", "Département ou région"),
                            ("health", "Santé et médico-social"),
                            ("housing", "Bailleur social"),
                            ("state", "État et ses établissements"),
                            ("university", "Université ou recherche"),
                            ("group", "Groupement ou centrale d’achat"),
                            ("other", "Autre acheteur"),
                        ],
                        max_length=10,
                        verbose_name="type d’acheteur",
                    ),
                ),
                (
                    "size",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("under_10k", "moins de 10 000 habitants"),
                            ("under_50k", "10 000 à 50 000 habitants"),
                            ("under_100k", "50 000 à 100 000 habitants"),
                            ("under_500k", "100 000 à 500 000 habitants"),
                            ("over_500k", "plus de 500 000 habitants"),
                        ],
                        max_length=10,
                        verbose_name="taille",
                    ),
                ),
                (
                    "procedure",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("adapted", "Procédure adaptée"),
                            ("open_call", "Appel d’offres ouvert"),
                            ("restricted_call", "Appel d’offres restreint"),
                            ("negotiated", "Procédure avec négociation"),
                            ("direct", "Sans publicité ni mise en concurrence"),
                            ("dialogue", "Dialogue compétitif"),
                            ("concession", "Concession"),
                        ],
                        max_length=16,
                        verbose_name="procédure",
                    ),
                ),
                ("amount", models.BigIntegerField(blank=True, null=True, verbose_name="montant, en euros hors taxes")),
                ("launched_on", models.DateField(blank=True, null=True, verbose_name="consultation lancée le")),
                ("year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="année")),
                ("bids", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="offres reçues")),
                (
                    "weight",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="poids du critère, en %"),
                ),
                (
                    "price_gap",
                    models.SmallIntegerField(blank=True, null=True, verbose_name="écart de prix, en dixièmes de %"),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("awarded", "Contractualisé"),
                            ("no_award", "Infructueux"),
                            ("abandoned", "Abandonné"),
                            ("disputed", "Contesté"),
                        ],
                        max_length=10,
                        verbose_name="résultat",
                    ),
                ),
                (
                    "advice",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "Oui"), ("adapt", "Oui, en l’adaptant"), ("no", "Non")],
                        max_length=6,
                        verbose_name="à recommander",
                    ),
                ),
                ("context", models.TextField(blank=True, max_length=6000, verbose_name="Le contexte")),
                ("need", models.TextField(blank=True, max_length=6000, verbose_name="Le besoin")),
                (
                    "lever",
                    models.TextField(blank=True, max_length=6000, verbose_name="Le levier : ce que nous avons fait"),
                ),
                ("wording", models.TextField(blank=True, max_length=6000, verbose_name="La rédaction retenue")),
                ("worked", models.TextField(blank=True, max_length=6000, verbose_name="Ce qui a marché")),
                ("difficulties", models.TextField(blank=True, max_length=6000, verbose_name="Les difficultés")),
                (
                    "execution",
                    models.TextField(blank=True, max_length=6000, verbose_name="L’exécution : contrôles, pénalités"),
                ),
                ("redo", models.TextField(blank=True, max_length=6000, verbose_name="Si c’était à refaire")),
                ("html", models.JSONField(default=dict, editable=False)),
                ("plain_text", models.TextField(blank=True, editable=False)),
                ("renderer_version", models.PositiveSmallIntegerField(default=0, editable=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                ("edited_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("useful_count", models.PositiveIntegerField(default=0)),
                ("hidden_at", models.DateTimeField(blank=True, null=True)),
                ("hidden_reason", models.CharField(blank=True, max_length=300)),
                ("client_token", models.UUIDField(blank=True, editable=False, null=True)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="experience_reports",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("clauses", models.ManyToManyField(blank=True, related_name="experience_reports", to="library.clause")),
                (
                    "family",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="experience_reports",
                        to="taxonomy.purchasefamily",
                    ),
                ),
                (
                    "hidden_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="experience_reports",
                        to="members.organisation",
                    ),
                ),
                (
                    "space",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="experience_reports",
                        to="spaces.space",
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="experience_reports",
                        to="members.territory",
                    ),
                ),
                ("themes", models.ManyToManyField(blank=True, related_name="experience_reports", to="taxonomy.theme")),
            ],
            options={
                "verbose_name": "retour d’expérience",
                "verbose_name_plural": "retours d’expérience",
                "indexes": [
                    models.Index(fields=["state", "-published_at", "-id"], name="experience_recent"),
                    models.Index(fields=["family", "-published_at"], name="experience_of_family"),
                    models.Index(
                        fields=["changed_at", "state", "hidden_at", "version", "useful_count", "space"],
                        name="experience_stamp",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("client_token__isnull", False)),
                        fields=("author", "client_token"),
                        name="experience_sent_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "published"), _negated=True),
                            models.Q(("published_at__isnull", False), models.Q(("title", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="experience_published_is_dated_and_titled",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("bids", None), ("bids__lte", 500), _connector="OR"),
                        name="experience_bids_plausible",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("year", None), models.Q(("year__gte", 1990), ("year__lte", 2100)), _connector="OR"
                        ),
                        name="experience_year_plausible",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("weight", None), ("weight__lte", 100), _connector="OR"),
                        name="experience_weight_percent",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportTag",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "content_object",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tagged_items",
                        to="reports.experiencereport",
                    ),
                ),
                (
                    "tag",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="report_items", to="taxonomy.tag"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("tag", "content_object"), name="report_tag_once")],
            },
        ),
        migrations.AddField(
            model_name="experiencereport",
            name="tags",
            field=taggit.managers.TaggableManager(
                blank=True,
                help_text="A comma-separated list of tags.",
                through="reports.ReportTag",
                to="taxonomy.Tag",
                verbose_name="Tags",
            ),
        ),
        migrations.CreateModel(
            name="ReportUseful",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="useful_marks",
                        to="reports.experiencereport",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("report", "member"), name="experience_useful_once")],
            },
        ),
        migrations.CreateModel(
            name="UsageAsk",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField()),
                ("asked_at", models.DateTimeField(auto_now_add=True)),
                ("declined_at", models.DateTimeField(blank=True, null=True)),
                (
                    "clause",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="usage_asks", to="library.clause"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="usage_asks",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "demande de retour d’usage",
                "constraints": [
                    models.UniqueConstraint(fields=("member", "clause", "version"), name="usage_asked_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="UsageReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField()),
                ("adapted", models.BooleanField(blank=True, null=True, verbose_name="rédaction adaptée")),
                ("bids", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="offres reçues")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("unknown", "Pas encore connu"),
                            ("awarded", "Contractualisé"),
                            ("no_award", "Infructueux"),
                            ("abandoned", "Abandonné"),
                            ("disputed", "Contesté"),
                        ],
                        default="unknown",
                        max_length=10,
                        verbose_name="suite",
                    ),
                ),
                ("would_reuse", models.BooleanField(blank=True, null=True, verbose_name="à reprendre")),
                (
                    "difficulty",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("none", "Aucune"),
                            ("supply", "Trop peu d’offres"),
                            ("price", "Le prix"),
                            ("wording", "La rédaction, mal comprise"),
                            ("proof", "Les preuves, à réunir ou à lire"),
                            ("control", "Le contrôle en exécution"),
                            ("legal", "Une contestation"),
                            ("inside", "L’accord en interne"),
                        ],
                        max_length=8,
                        verbose_name="principale difficulté",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=600, verbose_name="ce qu’il faut savoir")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("edited_at", models.DateTimeField(auto_now=True)),
                ("client_token", models.UUIDField(blank=True, editable=False, null=True)),
                (
                    "clause",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="usage_reports", to="library.clause"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="usage_reports",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "retour d’usage",
                "ordering": ["-created_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("client_token__isnull", False)),
                        fields=("member", "client_token"),
                        name="usage_sent_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("bids", None), ("bids__lte", 500), _connector="OR"),
                        name="usage_bids_plausible",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportRevision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("text", models.TextField()),
                ("created_at", models.DateTimeField()),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="revisions",
                        to="reports.experiencereport",
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [models.UniqueConstraint(fields=("report", "number"), name="experience_revision_once")],
            },
        ),
    ]
