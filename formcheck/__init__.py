"""Counts, times and corrects plantar-fasciitis exercises from a video or a webcam."""
