"""Where the camera stands, seen from above: small drawings for the cards."""

SIDE_ON = """\
      you, facing left
            ◄●
             │
             │  2-3 m
             │
            [◉]  camera, knee to hip high"""

AT_THE_WALL = """\
   wall
    ┃
    ┃◄──● you, one leg back
    ┃   │
    ┃   │  2-3 m
    ┃   │
       [◉]  camera, hip high, side-on"""

SIDE_LYING = """\
   head ●━━━━━╸ feet, lying on your side,
          │     your front to the camera
          │  2-3 m
          │
         [◉]  camera, low, at mat height"""

LONG_SITTING = """\
   side-on:   you ●━━━━ feet     from your feet:   you ●━━━━ feet  [◉]
                 │  2-3 m         for in and out          2-3 m
                [◉]  camera, seat high"""

SEATED_SIDE_ON = """\
      you, sitting, facing left
            ◄●▐
             │
             │  2-3 m
             │
            [◉]  camera, knee high"""

SEATED = """\
      ┌─┐
      │●│ you, on a chair
      └┬┘
       ▼  ╲
           ╲  2-3 m
            ╲
            [◉]  camera, seat to chest high"""
