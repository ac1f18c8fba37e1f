import django.core.validators
import django.db.models.deletion
import modelcluster.contrib.taggit
import modelcluster.fields
import wagtail.models.preview
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("law", "0001_initial"),
        ("members", "0001_initial"),
        ("members", "__first__"),
        ("spaces", "0001_initial"),
        ("taxonomy", "0001_initial"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.CreateModel(
            name="Clause",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("live", models.BooleanField(default=True, editable=False, verbose_name="live")),
                (
                    "has_unpublished_changes",
                    models.BooleanField(default=False, editable=False, verbose_name="has unpublished changes"),
                ),
                (
                    "first_published_at",
                    models.DateTimeField(blank=True, db_index=True, null=True, verbose_name="first published at"),
                ),
                (
                    "last_published_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="last published at"),
                ),
                ("go_live_at", models.DateTimeField(blank=True, null=True, verbose_name="go live date/time")),
                ("expire_at", models.DateTimeField(blank=True, null=True, verbose_name="expiry date/time")),
                ("expired", models.BooleanField(default=False, editable=False, verbose_name="expired")),
                ("locked", models.BooleanField(default=False, editable=False, verbose_name="locked")),
                ("locked_at", models.DateTimeField(editable=False, null=True, verbose_name="locked at")),
                (
                    "naming",
                    models.CharField(
                        choices=[
                            ("name", "Avec mon nom et mon organisation"),
                            ("kind", "Avec mon type d’organisation seulement"),
                        ],
                        default="name",
                        max_length=10,
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("edited_at", models.DateTimeField(auto_now=True)),
                ("title", models.CharField(max_length=160, verbose_name="titre")),
                ("slug", models.SlugField(blank=True, max_length=80)),
                ("summary", models.CharField(max_length=280, verbose_name="résumé")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("subject", "Objet du marché"),
                            ("specification", "Spécification technique"),
                            ("performance", "Exigence de performance"),
                            ("label", "Exigence de label"),
                            ("condition_env", "Condition d’exécution environnementale"),
                            ("condition_social", "Condition d’exécution sociale"),
                            ("insertion", "Clause sociale d’insertion"),
                            ("training", "Clause sociale de formation"),
                            ("criterion", "Critère d’attribution"),
                            ("subcriterion", "Sous-critère"),
                            ("variant", "Variante"),
                            ("option", "Prestation supplémentaire éventuelle"),
                            ("reservation", "Marché réservé"),
                            ("review", "Clause de réexamen ou de progrès"),
                            ("penalty", "Pénalité ou incitation"),
                            ("proof", "Moyen de preuve, contrôle et suivi"),
                            ("response_frame", "Cadre de réponse"),
                            ("exclusion", "Motif d’exclusion à l’appréciation"),
                            ("price_revision", "Révision des prix"),
                            ("advance", "Avance"),
                            ("payment", "Règlement et délais de paiement"),
                            ("simplified_rules", "Règlement de consultation simplifié"),
                            ("progress_plan", "Plan de progrès"),
                            ("sourcing_form", "Questionnaire de sourcing"),
                        ],
                        max_length=20,
                        verbose_name="type de clause",
                    ),
                ),
                (
                    "document",
                    models.CharField(
                        choices=[
                            ("cctp", "CCTP"),
                            ("ccap", "CCAP"),
                            ("rc", "Règlement de la consultation"),
                            ("ae", "Acte d’engagement"),
                            ("notice", "Avis de marché"),
                            ("annex", "Annexe et cadre de réponse"),
                        ],
                        max_length=10,
                        verbose_name="pièce du marché",
                    ),
                ),
                (
                    "pillar",
                    models.CharField(
                        choices=[("env", "Environnement"), ("social", "Social"), ("eco", "Économie")],
                        max_length=10,
                        verbose_name="volet",
                    ),
                ),
                (
                    "ambition",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "Socle"), (2, "Engagé"), (3, "Ambitieux"), (4, "Pionnier")],
                        default=1,
                        verbose_name="ambition",
                    ),
                ),
                ("for_works", models.BooleanField(default=False, verbose_name="travaux")),
                ("for_supplies", models.BooleanField(default=False, verbose_name="fournitures")),
                ("for_services", models.BooleanField(default=False, verbose_name="services")),
                ("for_concessions", models.BooleanField(default=False, verbose_name="concessions")),
                (
                    "amount_min",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="à partir de (€ HT)"
                    ),
                ),
                (
                    "amount_max",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="jusqu’à (€ HT)"
                    ),
                ),
                ("assessed", models.TextField(blank=True, max_length=4000, verbose_name="ce qui est évalué")),
                (
                    "expected_elements",
                    models.TextField(blank=True, max_length=4000, verbose_name="éléments attendus dans l’offre"),
                ),
                ("scoring_method", models.TextField(blank=True, max_length=4000, verbose_name="méthode de notation")),
                (
                    "weight_min",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="pondération conseillée, minimum (%)",
                    ),
                ),
                (
                    "weight_max",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="pondération conseillée, maximum (%)",
                    ),
                ),
                ("why", models.TextField(blank=True, max_length=4000, verbose_name="pourquoi cette clause")),
                ("vigilance", models.TextField(blank=True, max_length=4000, verbose_name="points de vigilance")),
                ("proofs", models.TextField(blank=True, max_length=4000, verbose_name="moyens de preuve")),
                (
                    "execution_control",
                    models.TextField(blank=True, max_length=4000, verbose_name="contrôle en exécution"),
                ),
                ("penalty", models.TextField(blank=True, max_length=4000, verbose_name="pénalité associée")),
                (
                    "sourcing_questions",
                    models.TextField(blank=True, max_length=4000, verbose_name="questions à poser en sourcing"),
                ),
                (
                    "supply_maturity",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[(1, "Faible"), (2, "Moyenne"), (3, "Forte")],
                        null=True,
                        verbose_name="maturité de l’offre",
                    ),
                ),
                (
                    "price_impact",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("lower", "Plutôt à la baisse"),
                            ("neutral", "Neutre"),
                            ("higher", "Plutôt à la hausse"),
                            ("much_higher", "Nettement à la hausse"),
                        ],
                        max_length=12,
                        verbose_name="effet sur le prix",
                    ),
                ),
                (
                    "licence",
                    models.CharField(
                        choices=[("cc-by-4.0", "CC BY 4.0"), ("etalab-2.0", "Licence Ouverte 2.0")],
                        default="cc-by-4.0",
                        max_length=12,
                        verbose_name="licence",
                    ),
                ),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="utilisable à partir du")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="utilisable jusqu’au")),
                ("review_by", models.DateField(blank=True, null=True, verbose_name="à relire avant le")),
                ("is_sample", models.BooleanField(default=False, verbose_name="exemple à faire valider")),
                ("source_key", models.CharField(blank=True, editable=False, max_length=160)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Brouillon"),
                            ("in_review", "En relecture"),
                            ("published", "Publiée"),
                            ("obsolete", "Obsolète"),
                            ("archived", "Archivée"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=10,
                    ),
                ),
                (
                    "legal_state",
                    models.CharField(
                        choices=[("current", "À jour"), ("to_review", "À revoir"), ("obsolete", "Obsolète")],
                        default="current",
                        editable=False,
                        max_length=10,
                    ),
                ),
                (
                    "consolidation",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "Contribution"),
                            (2, "Relue par un pair"),
                            (3, "Validée par un réseau"),
                            (4, "Validée par une juriste ou un juriste"),
                        ],
                        default=1,
                        editable=False,
                    ),
                ),
                ("reviewed_on", models.DateField(blank=True, editable=False, null=True)),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("published_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("review_note", models.CharField(blank=True, editable=False, max_length=600)),
                ("law_moved_on", models.DateField(blank=True, editable=False, null=True)),
                ("hidden_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("hidden_reason", models.CharField(blank=True, editable=False, max_length=300)),
                ("use_count", models.PositiveIntegerField(default=0, editable=False)),
                ("excerpt", models.CharField(blank=True, editable=False, max_length=400)),
                ("plain_text", models.TextField(blank=True, editable=False)),
                ("client_token", models.UUIDField(blank=True, editable=False, null=True)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="clauses", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "cpv_codes",
                    modelcluster.fields.ParentalManyToManyField(
                        blank=True, related_name="clauses", to="taxonomy.cpvcode", verbose_name="codes CPV"
                    ),
                ),
                (
                    "family",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="clauses",
                        to="taxonomy.purchasefamily",
                        verbose_name="famille principale",
                    ),
                ),
                (
                    "latest_revision",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.revision",
                        verbose_name="latest revision",
                    ),
                ),
                (
                    "live_revision",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.revision",
                        verbose_name="live revision",
                    ),
                ),
                (
                    "locked_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="locked_%(class)ss",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="locked by",
                    ),
                ),
                (
                    "objectives",
                    modelcluster.fields.ParentalManyToManyField(
                        blank=True, related_name="clauses", to="taxonomy.objective", verbose_name="objectifs"
                    ),
                ),
                (
                    "other_families",
                    modelcluster.fields.ParentalManyToManyField(
                        blank=True,
                        related_name="also_clauses",
                        to="taxonomy.purchasefamily",
                        verbose_name="autres familles",
                    ),
                ),
                (
                    "replaced_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="replaces_clauses",
                        to="library.clause",
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "space",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="clauses",
                        to="spaces.space",
                    ),
                ),
                (
                    "territories",
                    modelcluster.fields.ParentalManyToManyField(
                        blank=True, related_name="clauses", to="members.territory", verbose_name="territoires"
                    ),
                ),
            ],
            options={
                "verbose_name": "clause",
                "verbose_name_plural": "clauses",
                "indexes": [
                    models.Index(fields=["state", "-published_at"], name="clause_recent"),
                    models.Index(fields=["family", "state"], name="clause_family"),
                    models.Index(
                        fields=[
                            "edited_at",
                            "state",
                            "legal_state",
                            "hidden_at",
                            "consolidation",
                            "version",
                            "use_count",
                            "space",
                        ],
                        name="clause_stamp",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("replaced_by", models.F("id")), _negated=True),
                        name="clause_not_its_own_successor",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("weight_min", None),
                            ("weight_max", None),
                            ("weight_min__lte", models.F("weight_max")),
                            _connector="OR",
                        ),
                        name="clause_weights_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("amount_min", None),
                            ("amount_max", None),
                            ("amount_min__lte", models.F("amount_max")),
                            _connector="OR",
                        ),
                        name="clause_amounts_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["published", "obsolete"]), _negated=True),
                            ("version__gte", 1),
                            _connector="OR",
                        ),
                        name="clause_published_has_version",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("source_key", ""), _negated=True),
                        fields=("source_key",),
                        name="clause_imported_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("client_token__isnull", False)),
                        fields=("author", "client_token"),
                        name="clause_proposed_once",
                    ),
                ],
            },
            bases=(wagtail.models.preview.PreviewableMixin, models.Model),
        ),
        migrations.CreateModel(
            name="OpenClause",
            fields=[],
            options={
                "verbose_name": "clause",
                "verbose_name_plural": "clauses",
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("library.clause",),
        ),
        migrations.CreateModel(
            name="ClauseReview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField()),
                (
                    "level",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "Contribution"),
                            (2, "Relue par un pair"),
                            (3, "Validée par un réseau"),
                            (4, "Validée par une juriste ou un juriste"),
                        ]
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="remarque")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "clause",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reviews", to="library.clause"
                    ),
                ),
                (
                    "network",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="spaces.space",
                    ),
                ),
                (
                    "reviewer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="ClauseTag",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "content_object",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="tagged_items", to="library.clause"
                    ),
                ),
                (
                    "tag",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="clause_items", to="taxonomy.tag"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("tag", "content_object"), name="clause_tag_once")],
            },
        ),
        migrations.AddField(
            model_name="clause",
            name="tags",
            field=modelcluster.contrib.taggit.ClusterTaggableManager(
                blank=True,
                help_text="A comma-separated list of tags.",
                through="library.ClauseTag",
                to="taxonomy.Tag",
                verbose_name="mots-clés",
            ),
        ),
        migrations.CreateModel(
            name="ClauseVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("content", models.JSONField()),
                ("html", models.JSONField(default=dict)),
                ("renderer_version", models.PositiveSmallIntegerField(default=0)),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="ce qui change")),
                ("created_at", models.DateTimeField()),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "clause",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="library.clause"
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["-number"],
                "constraints": [models.UniqueConstraint(fields=("clause", "number"), name="clause_version_once")],
            },
        ),
        migrations.CreateModel(
            name="EditSuggestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("base_version", models.PositiveIntegerField()),
                ("message", models.CharField(blank=True, max_length=600, verbose_name="un mot pour l’équipe")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "À décider"), ("decided", "Décidée"), ("withdrawn", "Retirée")],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("published_version", models.PositiveIntegerField(blank=True, null=True)),
                ("client_token", models.UUIDField(blank=True, editable=False, null=True)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="clause_suggestions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "clause",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="suggestions", to="library.clause"
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("client_token__isnull", False)),
                        fields=("author", "client_token"),
                        name="suggestion_sent_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Hunk",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("wording_key", models.SlugField(max_length=40)),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("change", "Modifié"), ("add", "Ajouté"), ("remove", "Supprimé")], max_length=8
                    ),
                ),
                ("before", models.TextField(blank=True, max_length=6000)),
                ("after", models.TextField(blank=True, max_length=6000)),
                ("why", models.CharField(blank=True, max_length=300, verbose_name="pourquoi ce changement")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("pending", "À décider"),
                            ("accepted", "Repris"),
                            ("rewritten", "Repris en réécrivant"),
                            ("rejected", "Écarté"),
                        ],
                        default="pending",
                        max_length=10,
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("decided_text", models.TextField(blank=True, max_length=6000)),
                ("reply", models.CharField(blank=True, max_length=600, verbose_name="réponse")),
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
                    "suggestion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="hunks", to="library.editsuggestion"
                    ),
                ),
            ],
            options={
                "ordering": ["wording_key", "position", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state", "pending"), ("decided_at__isnull", False), _connector="OR"),
                        name="hunk_decided_is_dated",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Provenance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                ("organisation", models.CharField(max_length=160, verbose_name="organisme")),
                ("document", models.CharField(blank=True, max_length=200, verbose_name="document")),
                ("url", models.URLField(blank=True, max_length=300, verbose_name="adresse")),
                ("licence", models.CharField(blank=True, max_length=60, verbose_name="licence")),
                ("dated", models.DateField(blank=True, null=True, verbose_name="date")),
                (
                    "mode",
                    models.CharField(
                        choices=[
                            ("original", "Rédaction originale"),
                            ("inspired", "Inspirée de"),
                            ("taken", "Reprise avec accord ou sous licence"),
                        ],
                        max_length=10,
                        verbose_name="lien avec le texte",
                    ),
                ),
                (
                    "clause",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="provenances", to="library.clause"
                    ),
                ),
            ],
            options={
                "verbose_name": "provenance",
                "verbose_name_plural": "provenance",
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ScaleStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                ("score", models.CharField(max_length=20, verbose_name="note")),
                ("description", models.CharField(max_length=300, verbose_name="ce qui la justifie")),
                (
                    "clause",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="scale", to="library.clause"
                    ),
                ),
            ],
            options={
                "verbose_name": "ligne du barème",
                "verbose_name_plural": "barème",
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Variable",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                (
                    "key",
                    models.CharField(
                        max_length=40,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z][a-z0-9_]{0,39}$",
                                "Écrivez la variable en minuscules sans accent, chiffres et traits bas, comme « taux_reemploi ».",
                            )
                        ],
                        verbose_name="variable",
                    ),
                ),
                ("label", models.CharField(max_length=120, verbose_name="libellé")),
                ("unit", models.CharField(blank=True, max_length=40, verbose_name="unité")),
                ("minimum", models.CharField(blank=True, max_length=40, verbose_name="minimum")),
                ("maximum", models.CharField(blank=True, max_length=40, verbose_name="maximum")),
                ("default", models.CharField(blank=True, max_length=120, verbose_name="valeur courante")),
                ("guidance", models.CharField(blank=True, max_length=300, verbose_name="ce qui guide le choix")),
                (
                    "clause",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="variables", to="library.clause"
                    ),
                ),
            ],
            options={
                "verbose_name": "variable",
                "verbose_name_plural": "variables",
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Wording",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                ("key", models.SlugField(blank=True, editable=False, max_length=40)),
                ("title", models.CharField(blank=True, max_length=120, verbose_name="intitulé")),
                ("text", models.TextField(max_length=20000, verbose_name="texte")),
                (
                    "ambition",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[(1, "Socle"), (2, "Engagé"), (3, "Ambitieux"), (4, "Pionnier")],
                        null=True,
                        verbose_name="ambition",
                    ),
                ),
                ("conditions", models.CharField(blank=True, max_length=300, verbose_name="dans quel cas")),
                (
                    "clause",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="wordings", to="library.clause"
                    ),
                ),
            ],
            options={
                "verbose_name": "rédaction",
                "verbose_name_plural": "rédactions",
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Basis",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="ce qu’il dit pour cette clause")),
                (
                    "provision",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="law.legalprovision",
                        verbose_name="article",
                    ),
                ),
                (
                    "text",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="law.legaltext",
                        verbose_name="texte",
                    ),
                ),
                (
                    "clause",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="bases", to="library.clause"
                    ),
                ),
            ],
            options={
                "verbose_name": "fondement juridique",
                "verbose_name_plural": "fondement juridique",
                "ordering": ["sort_order"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("provision__isnull", False), ("text", None)),
                            models.Q(("provision", None), ("text__isnull", False)),
                            _connector="OR",
                        ),
                        name="basis_is_a_provision_or_a_text",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AlsoIn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "document",
                    models.CharField(
                        choices=[
                            ("cctp", "CCTP"),
                            ("ccap", "CCAP"),
                            ("rc", "Règlement de la consultation"),
                            ("ae", "Acte d’engagement"),
                            ("notice", "Avis de marché"),
                            ("annex", "Annexe et cadre de réponse"),
                        ],
                        max_length=10,
                        verbose_name="pièce du marché",
                    ),
                ),
                (
                    "clause",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="also_in", to="library.clause"
                    ),
                ),
            ],
            options={
                "verbose_name": "autre pièce possible",
                "verbose_name_plural": "autres pièces possibles",
                "constraints": [models.UniqueConstraint(fields=("clause", "document"), name="clause_also_in_once")],
            },
        ),
        migrations.CreateModel(
            name="ClauseCopy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField()),
                ("wording_key", models.SlugField(blank=True, max_length=40)),
                (
                    "form",
                    models.CharField(
                        choices=[
                            ("plain", "Texte"),
                            ("rich", "Texte mis en forme"),
                            ("docx", "Word"),
                            ("odt", "OpenDocument"),
                            ("md", "Markdown"),
                        ],
                        max_length=6,
                    ),
                ),
                ("first_at", models.DateTimeField(auto_now_add=True)),
                ("last_at", models.DateTimeField(auto_now=True)),
                (
                    "clause",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="copies", to="library.clause"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="clause_copies",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["member", "-last_at"], name="clause_copy_mine")],
                "constraints": [
                    models.UniqueConstraint(fields=("clause", "member", "version", "form"), name="clause_copy_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="ClauseLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                (
                    "relation",
                    models.CharField(
                        choices=[
                            ("pair", "Fait la paire avec"),
                            ("requirement", "Vient noter l’exigence"),
                            ("completes", "Complète"),
                            ("replaces", "Remplace"),
                            ("incompatible", "Incompatible avec"),
                            ("tier", "Palier suivant de"),
                        ],
                        max_length=14,
                        verbose_name="lien",
                    ),
                ),
                (
                    "clause",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="links", to="library.clause"
                    ),
                ),
                (
                    "target",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="linked_from",
                        to="library.clause",
                        verbose_name="autre clause",
                    ),
                ),
            ],
            options={
                "verbose_name": "articulation",
                "verbose_name_plural": "articulation avec d’autres clauses",
                "ordering": ["sort_order"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("clause", "target", "relation"), name="clause_link_once"),
                    models.CheckConstraint(
                        condition=models.Q(("target", models.F("clause")), _negated=True),
                        name="clause_not_linked_to_itself",
                    ),
                ],
            },
        ),
    ]
