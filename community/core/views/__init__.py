from .errors import csrf_failure, forbidden, not_found, server_error

__all__ = ["csrf_failure", "forbidden", "not_found", "server_error"]
