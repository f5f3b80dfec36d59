"""The dashboard: draws the frame, and in it the page that the address names; nothing else."""

from views import shell

shell.draw()
