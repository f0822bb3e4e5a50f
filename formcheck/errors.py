"""The errors a user can meet. Each message is one line: what failed, and what to do.

FormcheckError            anything the command line turns into one line and exit status 2
├── InputError            a video, camera, exercise or option that cannot be used
├── ModelError            a pose model that is missing, altered or cannot be loaded
├── OutputError           a folder or file that cannot be written
└── CardError             an exercise card or programme that is not valid

"Not seen" is no error: it is `None` by decision.
"""


class FormcheckError(Exception):
    """What failed and what to do, in one line."""


class InputError(FormcheckError):
    """A video, camera, exercise or option cannot be used."""


class ModelError(FormcheckError):
    """A pose model is missing, altered or cannot be loaded."""


class OutputError(FormcheckError):
    """A folder or file cannot be written."""


class CardError(FormcheckError):
    """An exercise card or programme is not valid."""
