"""Renders people whose joint angles are exactly known: the proof and test bench of formcheck.

Data flows one way: script (what is done) -> timeline (the posture at every moment) -> solve
(the skeleton) -> skin and render (the frame), with truth read from the skeleton on the side.
"""
