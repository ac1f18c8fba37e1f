from .errors import csrf_failure, forbidden, not_found, server_error, too_many_requests

__all__ = ["csrf_failure", "forbidden", "not_found", "server_error", "too_many_requests"]
