"""From a recorded video to a result and its folder.

Decoding, engine and outputs are brought together here; nothing is measured or drawn here.
"""
