"""Bodies are built once: they are frozen."""

import pytest

from samples.studio.body import Body, Shape, build


@pytest.fixture(scope="session")
def body() -> Body:
    return build(Shape(sex="male", height_cm=178))
