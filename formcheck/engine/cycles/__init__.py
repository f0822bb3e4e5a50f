"""Repetitions that go several ways in turn, as the four-way foot flex does.

Strokes, their directions and how they join to repetitions. Nothing of one single exercise.
"""
