from .usage import edit_usage, remove_usage, report_usage

__all__ = ["edit_usage", "remove_usage", "report_usage"]
