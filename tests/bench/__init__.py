"""Benchmarks: accuracy against rendered truth, and speed. Run by make, not by pytest."""
