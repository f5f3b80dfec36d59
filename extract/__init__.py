"""Reports to events: pure text work over the words of one report."""
