"""The live coach: a session in front of a camera, hands-free."""
