"""The only code that knows the database, and the only code that writes to it."""
