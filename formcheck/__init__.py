"""Counts, times and corrects plantar-fasciitis exercises from a video or a webcam.

import formcheck
result = formcheck.analyze("clip.mp4", exercise="heel-raise")
result.reps[0].measures["plantarflexion_deg"]
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from formcheck.analysis.loop import Progress
    from formcheck.analysis.run import analyze, analyze_auto, analyze_poses
    from formcheck.errors import FormcheckError
    from formcheck.pose.pose import Pose, Sighting
    from formcheck.pose.side_view import Side, View
    from formcheck.report.session_file import load_session
    from formcheck.results import Finding, Hold, Quality, Rep, SessionResult, Signals

__all__ = [
    "Finding",
    "FormcheckError",
    "Hold",
    "Pose",
    "Progress",
    "Quality",
    "Rep",
    "SessionResult",
    "Side",
    "Sighting",
    "Signals",
    "View",
    "analyze",
    "analyze_auto",
    "analyze_poses",
    "load_session",
]

_HOMES = {
    "FormcheckError": "errors",
    "Pose": "pose.pose",
    "Progress": "analysis.loop",
    "Side": "pose.side_view",
    "Sighting": "pose.pose",
    "View": "pose.side_view",
    "analyze": "analysis.run",
    "analyze_auto": "analysis.run",
    "analyze_poses": "analysis.run",
    "load_session": "report.session_file",
}
"""Modules of the names above; the others live in `results`."""


def __getattr__(name: str) -> object:
    """Load what is asked for when it is: importing formcheck itself costs nothing."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home = importlib.import_module(f"{__name__}.{_HOMES.get(name, 'results')}")
    return getattr(home, name)
