from .urls_read import read_patterns, thread_patterns

urlpatterns: list = [*read_patterns, *thread_patterns]
