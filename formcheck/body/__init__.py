"""The followed body: lengths and angles of a pose, whose they are, and how the camera is tilted.

Nothing here knows an exercise; what it needs of a card it is given as functions.
"""
