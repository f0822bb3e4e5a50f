"""The exercise cards: one file each, named as on the command line, and found by that name.

Data and pure functions of what is seen. No card knows another, an engine or an output.
"""
