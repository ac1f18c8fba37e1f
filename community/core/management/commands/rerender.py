from django.apps import apps
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from community.core.richtext import RENDERER_VERSION
from community.core.richtext.models import RichTextModel

BATCH = 200


def rerender_stale(model: type[RichTextModel]) -> int:
    """Write the rendering of the texts whose version is not the renderer's; safe to stop and start again.

    A text changed meanwhile keeps its own rendering: the write applies to the body that was read only.
    """
    done = 0
    last = 0
    while batch := list(
        model._base_manager.exclude(renderer_version=RENDERER_VERSION).filter(pk__gt=last).order_by("pk")[:BATCH]
    ):
        for row in batch:
            read = row.body
            row.set_body(read)
            values = {name: getattr(row, name) for name in RichTextModel.RICH_TEXT_FIELDS}
            done += model._base_manager.filter(pk=row.pk, body=read).update(**values)
        last = batch[-1].pk
    return done


class Command(BaseCommand):
    help = "Writes the rendering of the texts that an earlier renderer rendered."

    def handle(self, **options) -> None:
        for model in apps.get_models():
            if issubclass(model, RichTextModel) and not model._meta.proxy:
                done = rerender_stale(model)
                self.stdout.write(
                    _("%(kind)s : %(count)d textes mis à jour.") % {"kind": model._meta.label, "count": done}
                )
