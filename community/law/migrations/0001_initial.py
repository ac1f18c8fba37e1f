import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import community.law.models.change


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("members", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="LegalText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(blank=True, max_length=300, verbose_name="source")),
                ("source_url", models.URLField(blank=True, max_length=500, verbose_name="adresse de la source")),
                ("verified_on", models.DateField(blank=True, null=True, verbose_name="vérifié le")),
                ("to_check", models.BooleanField(default=False, verbose_name="à vérifier")),
                ("in_force_from", models.DateField(blank=True, null=True, verbose_name="en vigueur depuis le")),
                ("repealed_on", models.DateField(blank=True, null=True, verbose_name="abrogé à compter du")),
                ("slug", models.SlugField(max_length=80, unique=True)),
                (
                    "nature",
                    models.CharField(
                        choices=[
                            ("code", "Code"),
                            ("law", "Loi"),
                            ("ordinance", "Ordonnance"),
                            ("decree", "Décret"),
                            ("order", "Arrêté"),
                            ("eu_regulation", "Règlement européen"),
                            ("directive", "Directive européenne"),
                            ("case_law", "Jurisprudence"),
                            ("guide", "Guide ou fiche"),
                        ],
                        max_length=14,
                        verbose_name="nature",
                    ),
                ),
                (
                    "number",
                    models.CharField(
                        blank=True, help_text="Par exemple 2024-134.", max_length=40, verbose_name="numéro"
                    ),
                ),
                ("short_title", models.CharField(max_length=120, verbose_name="nom court")),
                ("title", models.CharField(max_length=300, verbose_name="intitulé")),
                ("aliases", models.JSONField(blank=True, default=list, verbose_name="autres noms")),
                ("scope", models.CharField(blank=True, max_length=300, verbose_name="champ")),
                ("note", models.CharField(blank=True, max_length=600, verbose_name="précision")),
                (
                    "replaced_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaces",
                        to="law.legaltext",
                        verbose_name="remplacé par",
                    ),
                ),
                (
                    "verified_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "texte",
                "verbose_name_plural": "textes",
                "ordering": ["short_title", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("number", ""), _negated=True),
                        fields=("nature", "number"),
                        name="legal_text_number_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("repealed_on", None),
                            ("in_force_from", None),
                            ("repealed_on__gte", models.F("in_force_from")),
                            _connector="OR",
                        ),
                        name="legal_text_dates_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("replaced_by", None),
                            models.Q(("replaced_by", models.F("pk")), _negated=True),
                            _connector="OR",
                        ),
                        name="legal_text_not_by_itself",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LegalProvision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(blank=True, max_length=300, verbose_name="source")),
                ("source_url", models.URLField(blank=True, max_length=500, verbose_name="adresse de la source")),
                ("verified_on", models.DateField(blank=True, null=True, verbose_name="vérifié le")),
                ("to_check", models.BooleanField(default=False, verbose_name="à vérifier")),
                ("in_force_from", models.DateField(blank=True, null=True, verbose_name="en vigueur depuis le")),
                ("repealed_on", models.DateField(blank=True, null=True, verbose_name="abrogé à compter du")),
                ("key", models.CharField(max_length=40)),
                ("label", models.CharField(max_length=60, verbose_name="article")),
                ("title", models.CharField(max_length=200, verbose_name="objet")),
                ("summary", models.CharField(blank=True, max_length=1200, verbose_name="en nos mots")),
                ("changed", models.CharField(blank=True, max_length=1200, verbose_name="ce qui a changé")),
                (
                    "replaced_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaces",
                        to="law.legalprovision",
                        verbose_name="remplacé par",
                    ),
                ),
                (
                    "verified_by",
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
                    "text",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="provisions",
                        to="law.legaltext",
                        verbose_name="texte",
                    ),
                ),
            ],
            options={
                "verbose_name": "article",
                "verbose_name_plural": "articles",
                "ordering": ["text", "key"],
                "constraints": [
                    models.UniqueConstraint(fields=("text", "key"), name="legal_provision_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("repealed_on", None),
                            ("in_force_from", None),
                            ("repealed_on__gte", models.F("in_force_from")),
                            _connector="OR",
                        ),
                        name="legal_provision_dates_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("replaced_by", None),
                            models.Q(("replaced_by", models.F("pk")), _negated=True),
                            _connector="OR",
                        ),
                        name="legal_provision_not_by_itself",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Obligation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(blank=True, max_length=300, verbose_name="source")),
                ("source_url", models.URLField(blank=True, max_length=500, verbose_name="adresse de la source")),
                ("verified_on", models.DateField(blank=True, null=True, verbose_name="vérifié le")),
                ("to_check", models.BooleanField(default=False, verbose_name="à vérifier")),
                ("slug", models.SlugField(max_length=80, unique=True)),
                ("starts_on", models.DateField(verbose_name="date d’effet")),
                ("year_only", models.BooleanField(default=False, verbose_name="seule l’année est connue")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="dernier jour")),
                ("title", models.CharField(max_length=200, verbose_name="titre")),
                (
                    "summary",
                    models.CharField(blank=True, max_length=600, verbose_name="la règle, en une phrase ou deux"),
                ),
                ("scope", models.CharField(blank=True, max_length=300, verbose_name="champ")),
                ("threshold_text", models.CharField(blank=True, max_length=300, verbose_name="seuil")),
                ("audiences", models.JSONField(blank=True, default=list, verbose_name="concerne")),
                ("is_essential", models.BooleanField(default=False, verbose_name="dans l’essentiel")),
                (
                    "provisions",
                    models.ManyToManyField(
                        blank=True, related_name="obligations", to="law.legalprovision", verbose_name="articles"
                    ),
                ),
                (
                    "texts",
                    models.ManyToManyField(
                        blank=True, related_name="obligations", to="law.legaltext", verbose_name="textes"
                    ),
                ),
                (
                    "verified_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "échéance",
                "verbose_name_plural": "échéances",
                "ordering": ["starts_on", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on", None), ("ends_on__gte", models.F("starts_on")), _connector="OR"),
                        name="obligation_dates_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("year_only", False),
                            models.Q(("starts_on__day", 1), ("starts_on__month", 1)),
                            _connector="OR",
                        ),
                        name="obligation_year_starts_in_january",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Threshold",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(blank=True, max_length=300, verbose_name="source")),
                ("source_url", models.URLField(blank=True, max_length=500, verbose_name="adresse de la source")),
                ("verified_on", models.DateField(blank=True, null=True, verbose_name="vérifié le")),
                ("to_check", models.BooleanField(default=False, verbose_name="à vérifier")),
                ("key", models.SlugField(max_length=40, verbose_name="clé")),
                ("label", models.CharField(max_length=160, verbose_name="libellé")),
                ("amount", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="montant, en euros HT")),
                ("applies_from", models.DateField(verbose_name="du")),
                ("applies_until", models.DateField(blank=True, null=True, verbose_name="au")),
                ("concerns", models.CharField(blank=True, max_length=300, verbose_name="ce qu’il concerne")),
                (
                    "provisions",
                    models.ManyToManyField(
                        blank=True, related_name="thresholds", to="law.legalprovision", verbose_name="articles"
                    ),
                ),
                (
                    "verified_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "seuil",
                "verbose_name_plural": "seuils",
                "ordering": ["key", "applies_from"],
                "constraints": [
                    models.UniqueConstraint(fields=("key", "applies_from"), name="threshold_starts_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("applies_until", None), ("applies_until__gte", models.F("applies_from")), _connector="OR"
                        ),
                        name="threshold_dates_in_order",
                    ),
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="threshold_amount_positive"),
                ],
            },
        ),
        migrations.CreateModel(
            name="LegalChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40)),
                ("object_id", models.BigIntegerField()),
                (
                    "change",
                    models.CharField(
                        choices=[
                            ("created", "Fiche créée"),
                            ("edited", "Fiche modifiée"),
                            ("verified", "Vérifié"),
                            ("repealed", "Marqué abrogé"),
                            ("restored", "Remis en vigueur"),
                        ],
                        max_length=10,
                    ),
                ),
                ("by_loader", models.BooleanField(default=False)),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("before", models.JSONField(default=dict)),
                ("after", models.JSONField(default=dict)),
                ("note", models.CharField(blank=True, max_length=600)),
                (
                    "stamp",
                    models.CharField(default=community.law.models.change.new_stamp, editable=False, max_length=16),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "indexes": [models.Index(fields=["kind", "object_id"], name="legal_change_target")],
            },
        ),
    ]
