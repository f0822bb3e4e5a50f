"""Files and their pictures: true times, orientation, cuts, and writing video.

Pictures only: nobody is looked for here.
"""
