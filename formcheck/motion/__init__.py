"""A signal over time: rest, rise, top and return, frame by frame.

Numbers and times only: no body, no exercise.
"""
