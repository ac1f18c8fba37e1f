from typing import Any

from clauses.library.vocabularies import TEMPLATES

from .criteria import check_criterion
from .fields import check_advice, check_caps, check_fields
from .findings import Finding
from .labels import check_labels
from .law import Read, ReadBases, check_law, read_bases, read_citations
from .variables import check_variables


def check_content(
    content: dict[str, Any], *, read: Read = read_citations, read_list: ReadBases = read_bases
) -> list[Finding]:
    """Everything to mend or to know, refusals first, each once.

    Whole templates are not held to their variables: people rewrite them.
    """
    rules = [check_fields, check_caps, check_labels, check_criterion, check_advice]
    if content["kind"] not in TEMPLATES:
        rules.append(check_variables)
    findings = [finding for rule in rules for finding in rule(content)]
    findings += check_law(content, read, read_list)
    return sorted(dict.fromkeys(findings), key=lambda finding: not finding.stops)
