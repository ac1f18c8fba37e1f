"""The library of clauses."""

from . import urls_read

urlpatterns = [*urls_read.acts, *urls_read.pages]
