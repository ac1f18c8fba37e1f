"""Pieces of addresses that several rooms share; importing this module registers them."""

from django.urls import register_converter
from django.urls.converters import IntConverter


class PkConverter(IntConverter):
    """At most what a database key holds: a longer number is no address at all, rather than an error."""

    regex = "[0-9]{1,18}"


register_converter(PkConverter, "pk")
