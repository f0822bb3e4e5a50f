"""From sightings to a result: repetitions, holds and what was wrong with them.

The same for live and recorded video. It reads no clock, opens nothing and draws nothing.
"""
