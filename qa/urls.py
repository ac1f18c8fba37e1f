"""Questions and answers. Acts come before the thread, whose slug would take their words."""

from .urls_read import read_patterns, thread_patterns
from .urls_write import write_patterns

urlpatterns: list = [*read_patterns, *write_patterns, *thread_patterns]
