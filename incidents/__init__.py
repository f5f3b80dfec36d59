"""Several reports told as one incident."""
