"""Where a body's joints are in a picture, and the one file that imports MediaPipe.

No exercise, no judgement: a pose or its absence.
"""
