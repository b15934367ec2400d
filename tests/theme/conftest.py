"""Every shipped theme, and a clinic's colours over one, as a fixture."""

from __future__ import annotations

import pytest
from theme_samples import THEMES


@pytest.fixture(params=THEMES)
def theme(request: pytest.FixtureRequest) -> str:
    return str(request.param)
