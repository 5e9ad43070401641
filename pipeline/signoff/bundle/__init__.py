"""The bundle: all that a deliverable was woven from at its audience, and nothing else, as one archive in its PDF."""
