"""One file per movement: a pose as a dataclass of angles, and its MOVEMENTS."""
