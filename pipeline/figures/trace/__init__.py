"""The chain from objective to test run: what follows from what, what is covered, and what is missing."""
