import django.db.models.deletion
import taggit.managers
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("members", "0001_initial"),
        ("members", "__first__"),
        ("spaces", "0001_initial"),
        ("taxonomy", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Answer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("body", models.TextField(max_length=50000, verbose_name="texte")),
                ("body_html", models.TextField(blank=True, default="", editable=False)),
                ("body_text", models.TextField(blank=True, default="", editable=False)),
                ("renderer_version", models.PositiveSmallIntegerField(default=0, editable=False)),
                (
                    "naming",
                    models.CharField(
                        choices=[
                            ("name", "Avec mon nom et mon organisation"),
                            ("kind", "Avec mon type d’organisation seulement"),
                            ("anonymous", "Anonyme pour la communauté"),
                        ],
                        default="name",
                        max_length=10,
                    ),
                ),
                ("created_at", models.DateTimeField(db_index=True)),
                ("edited_at", models.DateTimeField(blank=True, null=True)),
                ("edit_count", models.PositiveIntegerField(default=0)),
                ("useful_count", models.IntegerField(default=0)),
                ("imported_useful", models.IntegerField(default=0)),
                ("comment_count", models.PositiveIntegerField(default=0)),
                ("is_wiki", models.BooleanField(default=False)),
                ("hidden_at", models.DateTimeField(blank=True, null=True)),
                ("hidden_reason", models.CharField(blank=True, max_length=300)),
                ("deleted_at", models.DateTimeField(blank=True, null=True)),
                ("attribution_name", models.CharField(blank=True, max_length=120)),
                ("attribution_url", models.URLField(blank=True, max_length=300)),
                ("licence", models.CharField(blank=True, max_length=40)),
                ("source", models.CharField(blank=True, max_length=40)),
                ("source_id", models.CharField(blank=True, max_length=120)),
                ("client_token", models.UUIDField(blank=True, editable=False, null=True)),
                ("position", models.PositiveIntegerField()),
                ("doubt_count", models.PositiveIntegerField(default=0)),
                ("endorsement_count", models.PositiveIntegerField(default=0)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "deleted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
            ],
            options={
                "verbose_name": "réponse",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("source", ""), _negated=True),
                        fields=("source", "source_id"),
                        name="answer_imported_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("client_token__isnull", False)),
                        fields=("author", "client_token"),
                        name="answer_sent_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("body", models.TextField(max_length=50000, verbose_name="texte")),
                ("body_html", models.TextField(blank=True, default="", editable=False)),
                ("body_text", models.TextField(blank=True, default="", editable=False)),
                ("renderer_version", models.PositiveSmallIntegerField(default=0, editable=False)),
                (
                    "naming",
                    models.CharField(
                        choices=[
                            ("name", "Avec mon nom et mon organisation"),
                            ("kind", "Avec mon type d’organisation seulement"),
                            ("anonymous", "Anonyme pour la communauté"),
                        ],
                        default="name",
                        max_length=10,
                    ),
                ),
                ("created_at", models.DateTimeField(db_index=True)),
                ("edited_at", models.DateTimeField(blank=True, null=True)),
                ("edit_count", models.PositiveIntegerField(default=0)),
                ("useful_count", models.IntegerField(default=0)),
                ("imported_useful", models.IntegerField(default=0)),
                ("comment_count", models.PositiveIntegerField(default=0)),
                ("is_wiki", models.BooleanField(default=False)),
                ("hidden_at", models.DateTimeField(blank=True, null=True)),
                ("hidden_reason", models.CharField(blank=True, max_length=300)),
                ("deleted_at", models.DateTimeField(blank=True, null=True)),
                ("attribution_name", models.CharField(blank=True, max_length=120)),
                ("attribution_url", models.URLField(blank=True, max_length=300)),
                ("licence", models.CharField(blank=True, max_length=40)),
                ("source", models.CharField(blank=True, max_length=40)),
                ("source_id", models.CharField(blank=True, max_length=120)),
                ("client_token", models.UUIDField(blank=True, editable=False, null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[("question", "Question"), ("discussion", "Discussion"), ("announcement", "Annonce")],
                        default="question",
                        max_length=14,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("embargoed", "À publier après attribution"),
                            ("open", "Ouverte"),
                            ("closed", "Close"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="titre")),
                ("slug", models.SlugField(blank=True, max_length=80)),
                ("tried", models.TextField(blank=True, verbose_name="ce qui a été essayé")),
                ("tried_html", models.TextField(blank=True, editable=False)),
                (
                    "amount",
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
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("need", "Définition du besoin"),
                            ("sourcing", "Sourcing"),
                            ("drafting", "Rédaction du DCE"),
                            ("consultation", "Consultation en cours"),
                            ("analysis", "Analyse des offres"),
                            ("execution", "Exécution"),
                            ("review", "Bilan"),
                        ],
                        max_length=14,
                    ),
                ),
                ("needed_by", models.DateField(blank=True, null=True, verbose_name="réponse utile avant le")),
                ("publish_after", models.DateField(blank=True, null=True, verbose_name="attribution prévue le")),
                ("asked_to_publish_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("pinned_until", models.DateTimeField(blank=True, null=True)),
                ("last_activity_at", models.DateTimeField(db_index=True)),
                ("post_count", models.PositiveIntegerField(default=1)),
                ("answer_count", models.PositiveIntegerField(default=0)),
                ("same_need_count", models.PositiveIntegerField(default=0)),
                ("accepted_at", models.DateTimeField(blank=True, null=True)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("close_reason", models.CharField(blank=True, max_length=300)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "accepted_answer",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="accepted_in",
                        to="qa.answer",
                    ),
                ),
                (
                    "accepted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "cpv",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="taxonomy.cpvcode",
                    ),
                ),
                (
                    "deleted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "duplicate_of",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="duplicates",
                        to="qa.question",
                    ),
                ),
                (
                    "family",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="questions",
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
                    "space",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="questions",
                        to="spaces.space",
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
                    ),
                ),
                (
                    "theme",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="questions",
                        to="taxonomy.theme",
                    ),
                ),
            ],
            options={
                "verbose_name": "question",
                "indexes": [
                    models.Index(fields=["-last_activity_at", "-id"], name="question_recent"),
                    models.Index(fields=["space", "-last_activity_at"], name="question_space_recent"),
                    models.Index(fields=["family", "-last_activity_at"], name="question_family_recent"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("duplicate_of", models.F("id")), _negated=True),
                        name="question_not_its_own_duplicate",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("family", None), ("theme", None), _connector="OR"),
                        name="question_family_or_theme",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("accepted_answer", None), ("accepted_at__isnull", False), _connector="OR"),
                        name="question_accepted_is_dated",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("source", ""), _negated=True),
                        fields=("source", "source_id"),
                        name="question_imported_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("client_token__isnull", False)),
                        fields=("author", "client_token"),
                        name="question_sent_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PrivateExchange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("opened_at", models.DateTimeField(auto_now_add=True)),
                ("last_message_at", models.DateTimeField()),
                (
                    "answer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="exchanges",
                        to="qa.answer",
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="exchanges",
                        to="qa.question",
                    ),
                ),
            ],
            options={
                "verbose_name": "échange privé",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", None), ("question__isnull", False)),
                            models.Q(("answer__isnull", False), ("question", None)),
                            _connector="OR",
                        ),
                        name="exchange_about_one_post",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("answer", None)), fields=("question",), name="question_exchange_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("question", None)), fields=("answer",), name="answer_exchange_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PostRevision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("title", models.CharField(blank=True, max_length=200)),
                ("body", models.TextField(blank=True)),
                ("tried", models.TextField(blank=True)),
                ("tags", models.CharField(blank=True, max_length=300)),
                ("facts", models.TextField(blank=True)),
                ("reason", models.CharField(blank=True, max_length=200)),
                ("by_post_author", models.BooleanField(default=True)),
                ("created_at", models.DateTimeField()),
                ("source_html", models.TextField(blank=True)),
                ("hidden_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="revisions",
                        to="qa.answer",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="revisions",
                        to="qa.question",
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", None), ("question__isnull", False)),
                            models.Q(("answer__isnull", False), ("question", None)),
                            _connector="OR",
                        ),
                        name="revision_of_one_post",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("answer", None)),
                        fields=("question", "number"),
                        name="question_revision_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("question", None)), fields=("answer", "number"), name="answer_revision_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Comment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "naming",
                    models.CharField(
                        choices=[
                            ("name", "Avec mon nom et mon organisation"),
                            ("kind", "Avec mon type d’organisation seulement"),
                            ("anonymous", "Anonyme pour la communauté"),
                        ],
                        default="name",
                        max_length=10,
                    ),
                ),
                ("text", models.CharField(max_length=600)),
                ("created_at", models.DateTimeField()),
                ("edited_at", models.DateTimeField(blank=True, null=True)),
                ("hidden_at", models.DateTimeField(blank=True, null=True)),
                ("deleted_at", models.DateTimeField(blank=True, null=True)),
                ("attribution_name", models.CharField(blank=True, max_length=120)),
                ("attribution_url", models.URLField(blank=True, max_length=300)),
                ("licence", models.CharField(blank=True, max_length=40)),
                ("source", models.CharField(blank=True, max_length=40)),
                ("source_id", models.CharField(blank=True, max_length=120)),
                ("client_token", models.UUIDField(blank=True, editable=False, null=True)),
                (
                    "answer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="comments",
                        to="qa.answer",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "became_answer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="qa.answer",
                    ),
                ),
                (
                    "deleted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="comments", to="qa.question"
                    ),
                ),
            ],
            options={
                "verbose_name": "commentaire",
                "ordering": ["created_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("source", ""), _negated=True),
                        fields=("source", "source_id"),
                        name="comment_imported_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("client_token__isnull", False)),
                        fields=("author", "client_token"),
                        name="comment_sent_once",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="answer",
            name="question",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="qa.question"
            ),
        ),
        migrations.CreateModel(
            name="QuestionTag",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "content_object",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="tagged_items", to="qa.question"
                    ),
                ),
                (
                    "tag",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="question_items", to="taxonomy.tag"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("tag", "content_object"), name="question_tag_once")],
            },
        ),
        migrations.AddField(
            model_name="question",
            name="tags",
            field=taggit.managers.TaggableManager(
                blank=True,
                help_text="A comma-separated list of tags.",
                through="qa.QuestionTag",
                to="taxonomy.Tag",
                verbose_name="Tags",
            ),
        ),
        migrations.CreateModel(
            name="SameNeed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="same_needs",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="same_needs", to="qa.question"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("member", "question"), name="same_need_once")],
            },
        ),
        migrations.CreateModel(
            name="Vote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "answer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="votes",
                        to="qa.answer",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="votes", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="votes",
                        to="qa.question",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", None), ("question__isnull", False)),
                            models.Q(("answer__isnull", False), ("question", None)),
                            _connector="OR",
                        ),
                        name="vote_on_one_post",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("answer", None)), fields=("member", "question"), name="question_vote_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("question", None)), fields=("member", "answer"), name="answer_vote_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AnswerDoubt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.CharField(max_length=300)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="doubts", to="qa.answer"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["created_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("settled_at", None)),
                        fields=("answer", "member"),
                        name="answer_doubt_open_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Endorsement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "verdict",
                    models.CharField(
                        choices=[("favourable", "Avis d’expert favorable"), ("reserved", "Avis d’expert réservé")],
                        default="favourable",
                        max_length=12,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "answer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="endorsements", to="qa.answer"
                    ),
                ),
                (
                    "expert",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="endorsements",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["created_at"],
                "constraints": [models.UniqueConstraint(fields=("answer", "expert"), name="endorsement_once")],
            },
        ),
        migrations.CreateModel(
            name="ExchangeMessage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("from_moderation", models.BooleanField()),
                ("text", models.CharField(max_length=2000)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("client_token", models.UUIDField(blank=True, editable=False, null=True)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "exchange",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="messages", to="qa.privateexchange"
                    ),
                ),
            ],
            options={
                "verbose_name": "message de l’animation",
                "ordering": ["created_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("client_token__isnull", False)),
                        fields=("author", "client_token"),
                        name="exchange_sent_once",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.UniqueConstraint(fields=("question", "position"), name="answer_position_once"),
        ),
    ]
