"""From a camera to sightings: which device, newest picture first, how fast.

Nothing of the session: no count, no sentence.
"""
