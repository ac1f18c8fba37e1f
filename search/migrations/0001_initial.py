import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import search.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("members", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="SearchAcl",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("names", models.TextField(unique=True)),
            ],
            options={
                "verbose_name": "liste d’accès de la recherche",
            },
        ),
        migrations.CreateModel(
            name="SearchGroup",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=32, unique=True)),
                ("kind", models.CharField(max_length=20)),
                ("space_id", models.BigIntegerField(null=True)),
                ("family_id", models.BigIntegerField(null=True)),
                ("top_family_id", models.BigIntegerField(null=True)),
                ("state", models.CharField(blank=True, max_length=20)),
                ("facets", models.TextField(blank=True)),
                (
                    "acl",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="search.searchacl"
                    ),
                ),
            ],
            options={
                "verbose_name": "groupe de documents de la recherche",
            },
        ),
        migrations.CreateModel(
            name="SearchDocument",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("object_id", models.BigIntegerField()),
                ("part", models.PositiveSmallIntegerField(default=0)),
                ("thread", models.CharField(max_length=40)),
                ("owner_id", models.BigIntegerField(null=True)),
                ("written", models.BigIntegerField()),
                ("opened", models.BigIntegerField()),
                ("weight", models.FloatField(default=1.0)),
                ("digest", models.CharField(max_length=32)),
                (
                    "group",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="search.searchgroup",
                    ),
                ),
            ],
            options={
                "verbose_name": "document de la recherche",
                "indexes": [
                    models.Index(fields=["id", "group", "written", "weight"], name="search_document_narrow"),
                    models.Index(fields=["group", "written", "weight"], name="search_document_by_group"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "object_id", "part"), name="search_document_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                ("word", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("backwards", models.CharField(db_index=True, max_length=40)),
                ("stem", models.CharField(max_length=41)),
                ("length", models.PositiveSmallIntegerField()),
                ("seen", models.PositiveIntegerField(default=1)),
            ],
            options={
                "verbose_name": "mot de la recherche",
                "indexes": [models.Index(fields=["stem", "seen"], name="search_word_stem")],
            },
        ),
        migrations.CreateModel(
            name="SynonymGroup",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "terms",
                    models.TextField(
                        help_text="Séparées par des virgules : « ccap, cahier des clauses administratives particulières ». Pour un sigle ambigu, dans un seul sens : « rc => rc, règlement de la consultation ».",
                        unique=True,
                        validators=[search.models.check_synonyms],
                        verbose_name="expressions",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                ("changed_at", models.DateTimeField(auto_now=True)),
            ],
            options={
                "verbose_name": "groupe de synonymes",
                "verbose_name_plural": "synonymes de la recherche",
                "ordering": ["terms"],
            },
        ),
        migrations.CreateModel(
            name="OutboxEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("object_id", models.BigIntegerField()),
                ("at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "verbose_name": "changement à indexer",
                "indexes": [models.Index(fields=["kind", "object_id"], name="search_outbox_key")],
            },
        ),
        migrations.CreateModel(
            name="SearchText",
            fields=[
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="text",
                        serialize=False,
                        to="search.searchdocument",
                    ),
                ),
                ("title", models.TextField()),
                ("body", models.TextField()),
                ("title_words", models.TextField()),
                ("body_words", models.TextField()),
                ("title_stems", models.TextField()),
                ("body_stems", models.TextField()),
                ("context", models.TextField()),
            ],
            options={
                "verbose_name": "texte de la recherche",
            },
        ),
        migrations.CreateModel(
            name="SearchFacet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=12)),
                ("value", models.CharField(max_length=60)),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="facets", to="search.searchdocument"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["name", "value"], name="search_facet_value")],
                "constraints": [
                    models.UniqueConstraint(fields=("document", "name", "value"), name="search_facet_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="SearchMiss",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=80)),
                ("day", models.DateField()),
                ("times", models.PositiveIntegerField(default=1)),
            ],
            options={
                "verbose_name": "recherche sans résultat",
                "constraints": [models.UniqueConstraint(fields=("text", "day"), name="search_miss_once")],
            },
        ),
        migrations.CreateModel(
            name="SavedSearch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("address", models.CharField(max_length=2000)),
                ("label", models.CharField(max_length=200)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("told_until", models.DateTimeField()),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="saved_searches",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "recherche enregistrée",
                "ordering": ["-created_at"],
                "constraints": [models.UniqueConstraint(fields=("member", "address"), name="saved_search_once")],
            },
        ),
        migrations.CreateModel(
            name="SearchAclName",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=40)),
                (
                    "acl",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="each", to="search.searchacl"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("name", "acl"), name="search_acl_name_once")],
            },
        ),
    ]
