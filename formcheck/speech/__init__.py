"""What is heard: the voice and the ticks, each behind a process of its own.

Says what it is told, when it is told; which sentence is due is the coach's business.
"""
