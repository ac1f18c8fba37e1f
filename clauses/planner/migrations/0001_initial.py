import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("dossiers", "0001_initial"),
        ("members", "__first__"),
        ("taxonomy", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="PurchaseImport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("file_name", models.CharField(max_length=120)),
                ("line_count", models.PositiveIntegerField()),
                ("added_count", models.PositiveIntegerField()),
                ("lines", models.JSONField(default=list)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                ("client_token", models.UUIDField(blank=True, editable=False, null=True)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="purchase_imports",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "import d’achats",
                "ordering": ["-created_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("client_token__isnull", False)),
                        fields=("owner", "client_token"),
                        name="purchase_import_sent_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PlannedPurchase",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200, verbose_name="objet")),
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
                        max_length=12,
                        verbose_name="nature",
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=13, null=True, verbose_name="montant HT"
                    ),
                ),
                ("organisation", models.CharField(blank=True, max_length=160, verbose_name="organisation")),
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
                ("starts_on", models.DateField(verbose_name="début du nouveau marché")),
                ("launch_on", models.DateField(blank=True, null=True, verbose_name="lancement")),
                ("social_clause", models.BooleanField(default=False, verbose_name="clause sociale prévue")),
                ("notes", models.TextField(blank=True, max_length=4000, verbose_name="notes")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("planned", "En préparation"),
                            ("launched", "Consultation lancée"),
                            ("awarded", "Attribué"),
                            ("dropped", "Abandonné"),
                        ],
                        default="planned",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                ("visible_to_peers", models.BooleanField(default=False, verbose_name="visible des pairs")),
                ("version", models.PositiveIntegerField(default=1)),
                ("client_token", models.UUIDField(blank=True, editable=False, null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("edited_at", models.DateTimeField(auto_now=True)),
                (
                    "cpv",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="taxonomy.cpvcode",
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="dossiers.dossier",
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
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="planned_purchases",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "came_from",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="purchases",
                        to="planner.purchaseimport",
                    ),
                ),
            ],
            options={
                "verbose_name": "achat à venir",
                "verbose_name_plural": "achats à venir",
                "ordering": ["starts_on", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("visible_to_peers", True)),
                        fields=["family", "starts_on"],
                        name="planned_purchase_peers",
                    ),
                    models.Index(fields=["status", "starts_on"], name="planned_purchase_due"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("client_token__isnull", False)),
                        fields=("owner", "client_token"),
                        name="planned_purchase_sent_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount", None), ("amount__gt", 0), _connector="OR"),
                        name="planned_purchase_amount_positive",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PurchaseShare",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[("reader", "Peut lire"), ("editor", "Peut modifier")], default="reader", max_length=10
                    ),
                ),
                ("shared_at", models.DateTimeField(auto_now_add=True)),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="purchase_shares",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "purchase",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="shares", to="planner.plannedpurchase"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("purchase", "member"), name="purchase_share_once")],
            },
        ),
        migrations.CreateModel(
            name="StepDone",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("source", "Sourcer"),
                            ("facilitator", "Prévenir le facilitateur"),
                            ("obligations", "Vérifier les obligations"),
                            ("launch", "Lancer la consultation"),
                        ],
                        max_length=12,
                    ),
                ),
                ("done_on", models.DateField()),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="ce qui a été fait")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "purchase",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps_done",
                        to="planner.plannedpurchase",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("purchase", "step"), name="purchase_step_done_once")],
            },
        ),
        migrations.CreateModel(
            name="StepReminder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("source", "Sourcer"),
                            ("facilitator", "Prévenir le facilitateur"),
                            ("obligations", "Vérifier les obligations"),
                            ("launch", "Lancer la consultation"),
                        ],
                        max_length=12,
                    ),
                ),
                ("due_on", models.DateField()),
                ("days_before", models.PositiveSmallIntegerField()),
                ("sent_at", models.DateTimeField(auto_now_add=True)),
                (
                    "purchase",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminders",
                        to="planner.plannedpurchase",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("purchase", "step", "due_on", "days_before"), name="step_reminder_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PlannerSettings",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("remind_before", models.BooleanField(default=True, verbose_name="quinze jours avant")),
                ("remind_same_day", models.BooleanField(default=True, verbose_name="le jour même")),
                ("weekly_mail", models.BooleanField(default=False, verbose_name="chaque lundi, par courriel")),
                ("weekly_sent_on", models.DateField(blank=True, null=True)),
                ("feed_nonce", models.CharField(blank=True, max_length=32)),
                ("feed_hash", models.CharField(blank=True, max_length=64)),
                (
                    "member",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="planner_settings",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("feed_hash", ""), _negated=True),
                        fields=("feed_hash",),
                        name="planner_feed_once",
                    )
                ],
            },
        ),
    ]
