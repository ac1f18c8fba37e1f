"""Before the law is loaded."""

import pytest

from community.law import citations
from community.law.vocabulary import Vocabulary

pytestmark = pytest.mark.django_db


def test_nothing_is_found_without_texts():
    assert citations.find("L. 2112-2 et la loi AGEC") == []
    assert Vocabulary().is_empty
