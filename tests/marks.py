"""Marks that several test files use."""

from __future__ import annotations

import pytest

SLOW = pytest.mark.slow
"""Too slow for `make test`; `make test-all` runs it, and CI does."""


def one_worker(name: str) -> pytest.MarkDecorator:
    """Tests of one name look at the same expensive run: the same worker takes them all."""
    return pytest.mark.xdist_group(name)
