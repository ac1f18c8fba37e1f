"""The open community's clauses in /cms/: drafts, revisions, workflow, locking, preview. A space's own are not there:
`OpenClause` has no manager that knows them.
"""

from django.dispatch import receiver
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy
from wagtail.signals import published, unpublished
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.chooser import SnippetChooserViewSet
from wagtail.snippets.views.snippets import SnippetViewSet
from wagtail.snippets.widgets import AdminSnippetChooser

from .actions.cms import keep_unpublished, publish_revision
from .forms.cms import OpenClauseForm
from .models import Clause, OpenClause
from .vocabularies import (
    MAX_BASES,
    MAX_LINKS,
    MAX_PROVENANCES,
    MAX_STEPS,
    MAX_VARIABLES,
    MAX_WORDINGS,
)

ESSENTIALS = [
    FieldPanel("title"),
    FieldPanel("summary"),
    FieldRowPanel([FieldPanel("kind"), FieldPanel("document"), FieldPanel("pillar"), FieldPanel("ambition")]),
    InlinePanel("also_in", label=_("Autre pièce possible"), max_num=5),
    FieldPanel("family"),
    FieldPanel("other_families"),
    FieldPanel("objectives", widget=CheckboxSelectMultiple),
    FieldRowPanel(
        [
            FieldPanel("for_works"),
            FieldPanel("for_supplies"),
            FieldPanel("for_services"),
            FieldPanel("for_concessions"),
        ],
        heading=_("Pour quels marchés"),
    ),
    FieldRowPanel([FieldPanel("amount_min"), FieldPanel("amount_max")]),
    FieldPanel("territories"),
    FieldPanel("cpv_codes"),
    FieldPanel("tag_words", heading=_("Mots-clés")),
]
WORDINGS = [
    InlinePanel(
        "wordings",
        label=_("Rédaction"),
        min_num=1,
        max_num=MAX_WORDINGS,
        panels=[FieldPanel("title"), FieldPanel("text"), FieldPanel("ambition"), FieldPanel("conditions")],
    ),
    InlinePanel("variables", label=_("Variable"), max_num=MAX_VARIABLES),
]
CRITERION = [
    FieldPanel("assessed"),
    FieldPanel("expected_elements"),
    FieldPanel("scoring_method"),
    FieldRowPanel([FieldPanel("weight_min"), FieldPanel("weight_max")]),
    InlinePanel("scale", label=_("Ligne du barème"), max_num=MAX_STEPS),
]
USE = [
    FieldPanel("why"),
    FieldPanel("vigilance"),
    FieldPanel("proofs"),
    FieldPanel("execution_control"),
    FieldPanel("penalty"),
    FieldPanel("sourcing_questions"),
    FieldRowPanel([FieldPanel("supply_maturity"), FieldPanel("price_impact")]),
    InlinePanel(
        "links",
        label=_("Articulation"),
        max_num=MAX_LINKS,
        panels=[FieldPanel("relation"), FieldPanel("target", widget=AdminSnippetChooser(OpenClause))],
    ),
]
GROUNDS = [
    InlinePanel("bases", label=_("Fondement juridique"), max_num=MAX_BASES),
    InlinePanel("provenances", label=_("Provenance"), max_num=MAX_PROVENANCES),
    MultiFieldPanel(
        [
            FieldPanel("licence"),
            FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_until"), FieldPanel("review_by")]),
            FieldPanel("is_sample"),
        ],
        heading=_("Licence et dates"),
    ),
]


class KeepClauses(ModelPermissionPolicy):
    """What was published stays readable by its address: a clause is archived, nobody erases it."""

    def user_has_permission(self, user, action) -> bool:
        return action != "delete" and super().user_has_permission(user, action)


class OpenClauseChooser(SnippetChooserViewSet):
    """Those that stand in the open community, by their title."""


class OpenClauseViewSet(SnippetViewSet):
    model = OpenClause
    icon = "doc-full"
    menu_label = _("Clauses")
    menu_order = 150
    add_to_admin_menu = True
    list_display = ["title", "reference", "kind", "state", "legal_state", "version"]
    list_filter = ["kind", "document", "state", "legal_state", "consolidation"]
    search_fields = ["title", "summary"]
    search_backend_name = None
    ordering = ["-edited_at"]
    copy_view_enabled = False
    chooser_viewset_class = OpenClauseChooser
    edit_handler = TabbedInterface(
        [
            ObjectList(ESSENTIALS, heading=_("L’essentiel")),
            ObjectList(WORDINGS, heading=_("La rédaction")),
            ObjectList(CRITERION, heading=_("Le critère")),
            ObjectList(USE, heading=_("Bien s’en servir")),
            ObjectList(GROUNDS, heading=_("Fondement")),
        ],
        base_form_class=OpenClauseForm,
    )


register_permission_policy(OpenClause, KeepClauses(OpenClause))
register_snippet(OpenClauseViewSet)


@receiver(published, sender=OpenClause)
def write_version_of_revision(sender, instance, revision, **kwargs) -> None:
    publish_revision(clause=instance, revision=revision)


# Wagtail's calendar unpublishes through the model that holds the rows.
@receiver(unpublished, sender=Clause)
@receiver(unpublished, sender=OpenClause)
def archive_what_was_unpublished(sender, instance, **kwargs) -> None:
    keep_unpublished(clause=instance)
