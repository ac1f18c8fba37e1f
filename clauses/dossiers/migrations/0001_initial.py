import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("library", "0004_link_choices"),
        ("members", "0001_initial"),
        ("members", "__first__"),
        ("taxonomy", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Dossier",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=160, verbose_name="nom du dossier")),
                ("need", models.TextField(blank=True, max_length=2000, verbose_name="objet du marché")),
                (
                    "nature",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("supplies", "Fournitures"),
                            ("services", "Services"),
                            ("works", "Travaux"),
                            ("concession", "Concession"),
                        ],
                        max_length=10,
                        verbose_name="nature",
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
                        max_length=20,
                        verbose_name="procédure",
                    ),
                ),
                (
                    "buyer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("local", "Collectivités"),
                            ("state", "État"),
                            ("health", "Santé"),
                            ("housing", "Bailleurs sociaux"),
                            ("university", "Universités"),
                            ("entity", "Entités adjudicatrices"),
                        ],
                        max_length=12,
                        verbose_name="acheteur",
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="montant estimé (€ HT)"
                    ),
                ),
                (
                    "duration_months",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="durée, en mois"),
                ),
                ("launch_on", models.DateField(blank=True, null=True, verbose_name="publication prévue le")),
                ("notified_on", models.DateField(blank=True, null=True, verbose_name="notification prévue le")),
                ("version", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("edited_at", models.DateTimeField(auto_now=True)),
                ("client_token", models.UUIDField(blank=True, editable=False, null=True)),
                (
                    "cpv",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="taxonomy.cpvcode",
                        verbose_name="code CPV",
                    ),
                ),
                (
                    "edited_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "family",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="taxonomy.purchasefamily",
                        verbose_name="famille",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="dossiers",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="members.territory",
                        verbose_name="territoire",
                    ),
                ),
            ],
            options={
                "verbose_name": "dossier",
                "ordering": ["-edited_at", "-pk"],
                "indexes": [models.Index(fields=["owner", "-edited_at"], name="dossier_mine")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount", None), ("amount__gte", 0), _connector="OR"),
                        name="dossier_amount_positive",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True), name="dossier_has_a_title"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("launch_on", None),
                            ("notified_on", None),
                            ("launch_on__lte", models.F("notified_on")),
                            _connector="OR",
                        ),
                        name="dossier_dates_in_order",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("client_token__isnull", False)),
                        fields=("owner", "client_token"),
                        name="dossier_created_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CompanyMet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=160, verbose_name="entreprise")),
                ("met_on", models.DateField(blank=True, null=True, verbose_name="rencontrée le")),
                ("contact", models.CharField(blank=True, max_length=300, verbose_name="qui")),
                ("notes", models.TextField(blank=True, max_length=2000, verbose_name="ce qu’elle a dit")),
                ("version", models.PositiveIntegerField(default=1)),
                ("edited_at", models.DateTimeField(auto_now=True)),
                ("client_token", models.UUIDField(blank=True, editable=False, null=True)),
                (
                    "edited_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="companies", to="dossiers.dossier"
                    ),
                ),
            ],
            options={
                "verbose_name": "entreprise rencontrée",
                "ordering": ["met_on", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("client_token__isnull", False)),
                        fields=("dossier", "client_token"),
                        name="dossier_company_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DossierItem",
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
                ("position", models.PositiveIntegerField(default=0)),
                ("taken_version", models.PositiveIntegerField(blank=True, null=True)),
                ("kept_version", models.PositiveIntegerField(blank=True, null=True)),
                ("wording_key", models.SlugField(blank=True, max_length=40)),
                ("kind", models.CharField(blank=True, max_length=20)),
                ("pillar", models.CharField(blank=True, max_length=10)),
                ("title", models.CharField(max_length=160, verbose_name="titre")),
                ("text", models.TextField(max_length=20000, verbose_name="texte")),
                ("is_adapted", models.BooleanField(default=False)),
                ("html", models.TextField(blank=True)),
                ("renderer_version", models.PositiveSmallIntegerField(default=0)),
                ("variables", models.JSONField(blank=True, default=list)),
                ("cited", models.JSONField(blank=True, default=list)),
                (
                    "weight",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="poids dans la note (%)",
                    ),
                ),
                ("notes", models.TextField(blank=True, max_length=4000, verbose_name="notes")),
                ("version", models.PositiveIntegerField(default=1)),
                ("added_at", models.DateTimeField(auto_now_add=True)),
                ("edited_at", models.DateTimeField(auto_now=True)),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
                ("client_token", models.UUIDField(blank=True, editable=False, null=True)),
                (
                    "added_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "clause",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="dossier_items",
                        to="library.clause",
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="items", to="dossiers.dossier"
                    ),
                ),
                (
                    "edited_by",
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
                "ordering": ["position", "pk"],
                "indexes": [models.Index(fields=["dossier", "position"], name="dossier_item_order")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("clause", None), ("taken_version", None), ("wording_key", "")),
                            ("taken_version__gte", 1),
                            _connector="OR",
                        ),
                        name="dossier_item_taken_or_own",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True), name="dossier_item_has_a_title"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("weight", None), models.Q(("weight__gte", 1), ("weight__lte", 100)), _connector="OR"
                        ),
                        name="dossier_item_weight_plausible",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("client_token__isnull", False)),
                        fields=("dossier", "client_token"),
                        name="dossier_item_added_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DossierMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[("reader", "Peut lire"), ("editor", "Peut modifier")], default="reader", max_length=6
                    ),
                ),
                ("added_at", models.DateTimeField(auto_now_add=True)),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="people", to="dossiers.dossier"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="dossier_shares",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["added_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("dossier", "member"), name="dossier_member_once"),
                    models.CheckConstraint(
                        condition=models.Q(("role__in", ["reader", "editor"])), name="dossier_member_role"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DossierNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(max_length=2000, verbose_name="note")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("client_token", models.UUIDField(blank=True, editable=False, null=True)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="notes", to="dossiers.dossier"
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("client_token__isnull", False)),
                        fields=("dossier", "client_token"),
                        name="dossier_note_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DossierVariable",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=40)),
                ("label", models.CharField(blank=True, max_length=120)),
                ("value", models.CharField(max_length=200)),
                ("edited_at", models.DateTimeField(auto_now=True)),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="values", to="dossiers.dossier"
                    ),
                ),
                (
                    "edited_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="own_values",
                        to="dossiers.dossieritem",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("item", None)),
                        fields=("dossier", "key", "label"),
                        name="dossier_variable_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("item__isnull", False)),
                        fields=("item", "key", "label"),
                        name="dossier_item_variable_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("value", ""), _negated=True), name="dossier_variable_says_something"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Lot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=160, verbose_name="lot")),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="lots", to="dossiers.dossier"
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("dossier", "number"), name="dossier_lot_once"),
                    models.CheckConstraint(condition=models.Q(("number__gte", 1)), name="dossier_lot_numbered"),
                ],
            },
        ),
        migrations.AddField(
            model_name="dossieritem",
            name="lot",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="items",
                to="dossiers.lot",
            ),
        ),
        migrations.CreateModel(
            name="ReviewLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("email", models.EmailField(max_length=254, verbose_name="adresse électronique")),
                ("name", models.CharField(max_length=120, verbose_name="nom")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("prescriber", "Prescriptrice, prescripteur"),
                            ("technician", "Technicienne, technicien"),
                            ("jurist", "Juriste"),
                        ],
                        max_length=10,
                        verbose_name="relit en tant que",
                    ),
                ),
                ("documents", models.JSONField(blank=True, default=list, verbose_name="pièces à relire")),
                ("message", models.TextField(blank=True, max_length=1000, verbose_name="mot")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("sent_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("declined", models.BooleanField(default=False)),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("code_seed", models.CharField(blank=True, max_length=32)),
                ("code_sent_at", models.DateTimeField(blank=True, null=True)),
                ("code_attempts", models.PositiveSmallIntegerField(default=0)),
                ("opened_at", models.DateTimeField(blank=True, null=True)),
                (
                    "conclusion",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("favourable", "Favorable"),
                            ("reserved", "Favorable avec réserves"),
                            ("unfavourable", "Défavorable"),
                        ],
                        max_length=12,
                    ),
                ),
                ("conclusion_text", models.TextField(blank=True, max_length=2000)),
                ("concluded_at", models.DateTimeField(blank=True, null=True)),
                ("more_time_asked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="review_links", to="dossiers.dossier"
                    ),
                ),
                (
                    "invited_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "relecture sans compte",
                "ordering": ["created_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("dossier"),
                        django.db.models.functions.text.Lower("email"),
                        condition=models.Q(("withdrawn_at", None)),
                        name="review_link_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("role__in", ["prescriber", "technician", "jurist"])),
                        name="review_link_role",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("declined", False), ("withdrawn_at__isnull", False), _connector="OR"),
                        name="review_link_declined_is_over",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReviewRemark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("item_version", models.PositiveIntegerField()),
                ("title", models.CharField(max_length=160)),
                (
                    "decision",
                    models.CharField(
                        choices=[("accept", "Accepter"), ("change", "Faire modifier"), ("comment", "Commenter")],
                        max_length=8,
                    ),
                ),
                ("text", models.TextField(blank=True, max_length=2000)),
                ("proposal", models.TextField(blank=True, max_length=20000)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("client_token", models.UUIDField(blank=True, editable=False, null=True)),
                (
                    "handling",
                    models.CharField(
                        blank=True, choices=[("taken", "Proposition reprise"), ("dismissed", "Écartée")], max_length=10
                    ),
                ),
                ("reply", models.TextField(blank=True, max_length=2000)),
                ("handled_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=0)),
                (
                    "handled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="remarks",
                        to="dossiers.dossieritem",
                    ),
                ),
                (
                    "link",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="remarks", to="dossiers.reviewlink"
                    ),
                ),
            ],
            options={
                "ordering": ["created_at", "pk"],
                "indexes": [models.Index(fields=["link", "item", "-created_at"], name="review_remark_latest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("decision__in", ["accept", "change", "comment"])),
                        name="review_decision_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("client_token__isnull", False)),
                        fields=("link", "client_token"),
                        name="review_remark_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ShareInvitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("email", models.EmailField(max_length=254)),
                (
                    "role",
                    models.CharField(
                        choices=[("reader", "Peut lire"), ("editor", "Peut modifier")], default="reader", max_length=6
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("expires_at", models.DateTimeField()),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="invitations", to="dossiers.dossier"
                    ),
                ),
            ],
            options={
                "ordering": ["created_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("dossier"),
                        django.db.models.functions.text.Lower("email"),
                        name="dossier_invitation_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("role__in", ["reader", "editor"])), name="dossier_invitation_role"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SourcingSheet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("questions", models.TextField(blank=True, max_length=10000, verbose_name="questions aux entreprises")),
                ("links", models.TextField(blank=True, max_length=10000, verbose_name="liens utiles")),
                (
                    "findings",
                    models.TextField(blank=True, max_length=10000, verbose_name="ce que le sourcing a appris"),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("edited_at", models.DateTimeField(auto_now=True)),
                (
                    "dossier",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sourcing", to="dossiers.dossier"
                    ),
                ),
                (
                    "edited_by",
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
                "verbose_name": "fiche de sourcing",
            },
        ),
    ]
