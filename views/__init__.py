"""Rows of the store turned into what a page shows."""
