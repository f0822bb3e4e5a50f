"""The skins, hair, cloths and cuts that a script can name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

Colour = tuple[float, float, float]  # linear red, green, blue, 0 to 1

TONES: Mapping[str, Colour] = MappingProxyType({
    "pale": (0.80, 0.60, 0.50),
    "light": (0.72, 0.47, 0.36),
    "olive": (0.60, 0.40, 0.27),
    "brown": (0.40, 0.23, 0.14),
    "dark": (0.25, 0.13, 0.08),
})  # fmt: skip
HAIR_COLOURS: Mapping[str, Colour] = MappingProxyType({
    "black": (0.02, 0.015, 0.012),
    "brown": (0.06, 0.035, 0.02),
    "blond": (0.42, 0.29, 0.13),
    "grey": (0.45, 0.43, 0.40),
    "red": (0.25, 0.08, 0.03),
})  # fmt: skip
CLOTH_COLOURS: Mapping[str, Colour] = MappingProxyType({
    "blue": (0.10, 0.25, 0.55),
    "red": (0.60, 0.10, 0.12),
    "green": (0.12, 0.45, 0.25),
    "white": (0.75, 0.75, 0.72),
    "grey": (0.25, 0.26, 0.28),
    "black": (0.05, 0.05, 0.06),
    "navy": (0.04, 0.06, 0.16),
    "khaki": (0.30, 0.26, 0.16),
    "yellow": (0.70, 0.50, 0.10),
    "purple": (0.28, 0.12, 0.40),
})  # fmt: skip


@dataclass(frozen=True)
class Bottom:
    """A pair of shorts or trousers."""

    hem_dm: float  # height of the hem on the generic body
    loose_m: float  # how far the cloth stands off at the waist
    flare_m: float  # how much further at the hem


BOTTOMS: Mapping[str, Bottom] = MappingProxyType({
    "shorts": Bottom(-2.3, 0.006, 0.016),
    "leggings": Bottom(-6.9, 0.004, 0.0),
    "trousers": Bottom(-7.1, 0.008, 0.034),
})  # fmt: skip
# Length of the sleeve from the shoulder, decimetres on the generic body.
SLEEVES: Mapping[str, float] = MappingProxyType({"vest": 0.1, "t-shirt": 1.35, "long": 3.7})
