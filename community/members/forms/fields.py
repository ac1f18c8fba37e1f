from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from community.members.models import Territory
from community.members.models.territory import TerritoryKind
from community.taxonomy.fields import grouped
from community.taxonomy.models import PurchaseFamily, Theme


class TerritoryField(forms.ModelChoiceField):
    """A département, with its number as people look for it."""

    def __init__(self, **kwargs):
        departements = Territory.objects.filter(kind=TerritoryKind.DEPARTEMENT).order_by("code")
        super().__init__(departements, label=_("Territoire"), empty_label=_("Choisir un département"), **kwargs)

    def label_from_instance(self, territory: Territory) -> str:
        return f"{territory.code} {territory.name}"


class GroupedTerritoryField(forms.ModelChoiceField):
    """Départements under their région, in one query."""

    def __init__(self, **kwargs):
        super().__init__(Territory.objects.all(), required=False, label=_("Territoire"), **kwargs)

    def group(self) -> None:
        self.choices = [("", _("Toute la France")), *grouped(Territory.objects.all(), _("toute la région"))]


class FamiliesField(forms.ModelMultipleChoiceField):
    """Top families, with their swatch."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs):
        super().__init__(PurchaseFamily.objects.top(), required=False, **kwargs)

    def label_from_instance(self, family: PurchaseFamily) -> str:
        return format_html(
            '<span class="family" data-family="{}">{}</span>', family.swatch or family.slug, family.label
        )


class FamilyTreeField(FamiliesField):
    """Families of both levels: who follows a top family hears of what is filed under those below it."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.queryset = PurchaseFamily.objects.all()

    def label_from_instance(self, family: PurchaseFamily) -> str:
        return family.label if family.parent_id else super().label_from_instance(family)


def tree_of(field: forms.BoundField) -> dict:
    """The boxes of a `FamilyTreeField`: `tops`, each with its `children`; `open` when one of these is ticked."""
    tops: dict[int, dict] = {}
    below: dict[int, list[dict]] = {}
    for box in field.subwidgets:
        family = box.data["value"].instance
        row = {"tag": box.tag(), "label": box.choice_label, "ticked": box.data["selected"], "name": family.label}
        if family.parent_id is None:
            tops[family.pk] = row
        else:
            below.setdefault(family.parent_id, []).append(row)
    for pk, row in tops.items():
        row["children"] = below.get(pk, [])
    is_open = any(child["ticked"] for row in tops.values() for child in row["children"])
    return {"tops": list(tops.values()), "open": is_open, "has_children": bool(below)}


class ThemesField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs):
        super().__init__(Theme.objects.all(), required=False, **kwargs)

    def label_from_instance(self, theme: Theme) -> str:
        return format_html('<span class="theme">{}</span>', theme.label)
