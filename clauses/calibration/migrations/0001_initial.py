import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("dossiers", "0001_initial"),
        ("members", "0001_initial"),
        ("members", "__first__"),
        ("spaces", "0001_initial"),
        ("taxonomy", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="CalibrationRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "asked",
                    models.CharField(
                        choices=[
                            ("facilitator", "Facilitation des clauses sociales"),
                            ("network", "Animation du réseau"),
                            ("staff", "Équipe de la plateforme"),
                        ],
                        max_length=12,
                    ),
                ),
                ("title", models.CharField(max_length=160, verbose_name="marché")),
                ("subject", models.TextField(blank=True, max_length=2000, verbose_name="objet")),
                (
                    "bracket",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("under_60k", "Moins de 60 000 €"),
                            ("under_140k", "De 60 000 à 140 000 €"),
                            ("under_216k", "De 140 000 à 216 000 €"),
                            ("under_1m", "De 216 000 € à 1 M€"),
                            ("under_5404k", "De 1 M€ à 5 404 000 €"),
                            ("over_5404k", "Plus de 5 404 000 €"),
                        ],
                        max_length=12,
                        verbose_name="montant",
                    ),
                ),
                ("launch_on", models.DateField(blank=True, null=True, verbose_name="publication prévue le")),
                ("message", models.TextField(blank=True, max_length=2000, verbose_name="votre demande")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("sent", "En attente de réponse"),
                            ("answered", "Calibré"),
                            ("declined", "Décliné"),
                            ("withdrawn", "Retiré"),
                        ],
                        default="sent",
                        max_length=10,
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("client_token", models.UUIDField(blank=True, editable=False, null=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("publics", models.TextField(blank=True, max_length=1000, verbose_name="publics")),
                ("wording", models.TextField(blank=True, max_length=6000, verbose_name="rédaction")),
                ("answer_note", models.TextField(blank=True, max_length=2000, verbose_name="précisions")),
                ("joined_at", models.DateTimeField(blank=True, null=True)),
                ("awarded_on", models.DateField(blank=True, null=True, verbose_name="attribué le")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="fin du marché")),
                (
                    "answered_by",
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
                        on_delete=django.db.models.deletion.CASCADE, related_name="calibrations", to="dossiers.dossier"
                    ),
                ),
                (
                    "facilitator",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="calibrations_received",
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
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="dossiers.dossieritem",
                    ),
                ),
                (
                    "requester",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="calibrations_asked",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "space",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="calibrations",
                        to="spaces.space",
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="members.territory"
                    ),
                ),
            ],
            options={
                "verbose_name": "demande de calibrage",
                "ordering": ["-created_at", "-pk"],
                "indexes": [models.Index(fields=["state", "created_at"], name="calibration_waiting")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("asked", "facilitator"), ("facilitator__isnull", False), ("space", None)),
                            models.Q(("asked", "network"), ("facilitator", None), ("space__isnull", False)),
                            models.Q(("asked", "staff"), ("facilitator", None), ("space", None)),
                            _connector="OR",
                        ),
                        name="calibration_asks_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answered_at", None), models.Q(("state", "sent"), _negated=True), _connector="OR"
                        ),
                        name="calibration_answered_is_not_waiting",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("client_token__isnull", False)),
                        fields=("dossier", "client_token"),
                        name="calibration_sent_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CalibrationReminder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.CharField(choices=[("answer", "réponse"), ("hours", "heures")], max_length=10)),
                ("due_on", models.DateField()),
                ("sent_at", models.DateTimeField(auto_now_add=True)),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminders",
                        to="calibration.calibrationrequest",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("request", "reason", "due_on"), name="calibration_reminder_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="CalibrationLot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=160, verbose_name="lot")),
                (
                    "amount",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=13, null=True, verbose_name="montant HT"
                    ),
                ),
                ("planned_hours", models.PositiveIntegerField(blank=True, null=True, verbose_name="heures prévues")),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lots",
                        to="calibration.calibrationrequest",
                    ),
                ),
            ],
            options={
                "ordering": ["position", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("request", "position"), name="calibration_lot_once"),
                    models.CheckConstraint(
                        condition=models.Q(("planned_hours", None), ("planned_hours__lte", 1000000), _connector="OR"),
                        name="calibration_lot_plausible",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ConfirmedFacilitator",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                    "member",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="confirmed_facilitator",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="members.territory"
                    ),
                ),
            ],
            options={
                "verbose_name": "facilitation confirmée",
            },
        ),
        migrations.CreateModel(
            name="HoursEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("until", models.DateField(verbose_name="jusqu’au")),
                ("hours", models.PositiveIntegerField(verbose_name="heures réalisées")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="précision")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("client_token", models.UUIDField(blank=True, editable=False, null=True)),
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
                    "lot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="entries",
                        to="calibration.calibrationlot",
                    ),
                ),
            ],
            options={
                "ordering": ["-until", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("client_token__isnull", False)),
                        fields=("lot", "client_token"),
                        name="hours_entry_sent_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("hours__gte", 1), ("hours__lte", 1000000)), name="hours_entry_plausible"
                    ),
                ],
            },
        ),
    ]
