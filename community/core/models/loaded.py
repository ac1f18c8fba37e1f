from django.db import models
from django.db.models.base import ModelState


class LoadedModel(models.Model):
    """Rows become objects without passing through `__init__`, which sets each column one by one and sends two signals:
    a tenth of the time of a page that shows a list.

    For models that nothing else watches being made: no `__init__` of their own, no receiver of `pre_init` nor
    `post_init`, columns without a setter of their own (held by tests/architecture).
    """

    class Meta:
        abstract = True

    @classmethod
    def from_db(cls, db, field_names, values):
        """As Django's: a column that was not read is absent, and read when it is asked."""
        loaded = cls.__new__(cls)
        state = ModelState()
        state.adding, state.db = False, db
        loaded.__dict__.update(zip(field_names, values, strict=True), _state=state)
        return loaded
