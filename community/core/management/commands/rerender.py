from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from community.core.richtext import RENDERER_VERSION
from community.core.richtext.models import RichTextModel
from community.core.richtext.stale import Rendering, renderings

BATCH = 200


def rerender_stale(model: type[RichTextModel]) -> int:
    return render_again(Rendering(model, ("body",), body_again))


def render_again(rendering: Rendering) -> int:
    """Write the rendering of the texts whose version is not the renderer's; safe to stop and start again.

    A text changed meanwhile keeps its own rendering: the write applies to what was read only.
    """
    rows, done, last = rendering.model._base_manager, 0, 0
    while batch := list(rows.exclude(renderer_version=RENDERER_VERSION).filter(pk__gt=last).order_by("pk")[:BATCH]):
        for row in batch:
            read = {name: getattr(row, name) for name in rendering.reads}
            values = rendering.again(row) | {"renderer_version": RENDERER_VERSION}
            done += rows.filter(pk=row.pk, **read).update(**values)
        last = batch[-1].pk
    return done


def body_again(row: RichTextModel) -> dict[str, Any]:
    row.set_body(row.body)
    return {name: getattr(row, name) for name in RichTextModel.RICH_TEXT_FIELDS}


def every_rendering() -> list[Rendering]:
    rich = [model for model in apps.get_models() if issubclass(model, RichTextModel) and not model._meta.proxy]
    return [*(Rendering(model, ("body",), body_again) for model in rich), *renderings()]


class Command(BaseCommand):
    help = "Writes the rendering of the texts that an earlier renderer rendered."

    def handle(self, **options) -> None:
        for rendering in every_rendering():
            told = {"kind": rendering.model._meta.label, "count": render_again(rendering)}
            self.stdout.write(_("%(kind)s : %(count)d textes mis à jour.") % told)
