"""The operating system: folders, threads, native libraries and what they print.

Nothing here knows pictures or people.
"""
