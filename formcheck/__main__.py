"""`python -m formcheck` is the same as `formcheck`."""

from formcheck.cli import main

main()
