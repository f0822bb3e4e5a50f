"""What a session leaves behind: files, pages and a table on the terminal."""
