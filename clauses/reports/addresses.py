"""Addresses of experience reports."""

from community.core.addresses import address, filtered_address, titled_address

__all__ = ["address", "experience_url", "reports_url"]


def experience_url(report) -> str:
    return titled_address("experience_detail", report.pk, report.slug)


def reports_url(**filters: str | list[str]) -> str:
    return filtered_address("experience_list", filters)
