"""The live session: set-up, count-in, sets, holds, pauses, and which sentence is due.

It is told what is seen and the time; it opens no camera and draws nothing.
"""
