"""The command line: one thin file per command, options in and files or tables out.

Nothing is measured here, and nothing else imports it.
"""
