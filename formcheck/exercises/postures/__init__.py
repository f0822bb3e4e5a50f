"""The postures that several cards share: standing, at a wall, sitting, feet on the floor.

Measures of a posture and whether a body is in it. What a single card needs stays in that card.
"""
