"""The library of clauses. Acts come first: a clause's slug would take their words."""

from . import urls_data, urls_obligations, urls_read, urls_write

urlpatterns = [*urls_data.acts, *urls_obligations.acts, *urls_read.acts, *urls_write.acts, *urls_read.pages]
