"""What was done over weeks: every session in one SQLite file in the user's own data folder."""
