"""Models whose rows become objects without `__init__` give the same objects as with it."""

import pytest
from django.apps import apps
from django.db import models
from django.db.models.signals import post_init, pre_init

from community.core.models.loaded import LoadedModel

LOADED = [model for model in apps.get_models() if issubclass(model, LoadedModel)]


def attributes(instance: models.Model) -> dict:
    state = {**vars(instance._state), "fields_cache": instance._state.fields_cache}
    return {**vars(instance), "_state": state}


@pytest.mark.parametrize("model", LOADED, ids=lambda model: model._meta.label)
@pytest.mark.parametrize("step", [1, 2], ids=["every column", "every other column"])
def test_a_row_is_the_object_that_django_would_make(model, step):
    names = [field.attname for field in model._meta.concrete_fields][::step]
    values = [f"{rank}" for rank in range(len(names))]
    usual = models.Model.from_db.__func__(model, "default", names, values)
    assert attributes(model.from_db("default", names, values)) == attributes(usual)


@pytest.mark.parametrize("model", LOADED, ids=lambda model: model._meta.label)
def test_nobody_waits_for_the_signals_that_are_not_sent(model):
    assert not pre_init.has_listeners(model)
    assert not post_init.has_listeners(model)
