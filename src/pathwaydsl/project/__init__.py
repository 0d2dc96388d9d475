"""Projects on disk: finding files, reading them safely, and what `pathwaydsl.toml` says.

The disk, the clock and other programs are touched here and in the command line, nowhere below.
"""
