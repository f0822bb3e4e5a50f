"""What is drawn into a picture: text, skeleton, marks, blurred faces.

Draws what it is given and decides nothing; windows and pages are elsewhere.
"""
