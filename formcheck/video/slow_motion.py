"""How much slower than life a recording plays, from what the phone wrote about it.

Android writes the rate at which it filmed (`com.android.capture.fps`); the times in the file are
those of playing, at a nominal 30 pictures a second where it is slow motion (Android's
CamcorderProfile: 240 filmed and 30 played are 1/8 of the speed). Pictures that were dropped make
the average lower and do not change the stretch, so the nominal rate counts and not the average.

An iPhone keeps true times and slows down only as it plays; a slowed-down copy that was exported
no longer says where.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction

ANDROID_RATE = "com.android.capture.fps"
APPLE_INTENT = "com.apple.quicktime.full-frame-rate-playback-intent"
"""0: an iPhone plays it slowed down; 1: at full speed."""
NOMINAL_RATES = (30, 60, 120, 240, 480, 960)
"""Pictures a second at which phones' files are played; dropped ones lower the average."""
NEAR = 1.05
"""Rates that differ by less are the same: 29.97 is 30."""
APPLE_SLOW_RATE = 100.0
"""An iPhone films slow motion at 120 or 240."""


def slow_down(metadata: Mapping[str, str], rate: Fraction | float | None) -> Fraction:
    """How many times longer than life the recording's times are; below 1 it is a time-lapse.

    metadata: of the container. rate: pictures a second as it plays, on average.
    """
    filmed = _number(metadata.get(ANDROID_RATE))
    if not filmed or not rate:
        return Fraction(1)
    if filmed > rate * NEAR:
        nominal = next((n for n in NOMINAL_RATES if rate <= n * NEAR), NOMINAL_RATES[-1])
        return max(Fraction(1), Fraction(filmed).limit_denominator(1000) / nominal)
    if filmed * NEAR < rate:
        return Fraction(filmed / float(rate)).limit_denominator(1000)
    return Fraction(1)


def slowed_somewhere(metadata: Mapping[str, str], rate: Fraction | float | None) -> bool:
    """Whether an iPhone's slow motion was exported slowed down, in a place that nothing tells."""
    return metadata.get(APPLE_INTENT) == "0" and bool(rate) and float(rate or 0) < APPLE_SLOW_RATE


def _number(text: str | None) -> float | None:
    try:
        value = float(text or "")
    except ValueError:
        return None
    return value if 0 < value < math.inf else None
