"""What the window shows: picture, count, gauges, demonstration.

It draws a state that it is given and decides nothing.
"""
