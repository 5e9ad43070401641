"""What a checked programme is made into: the site and the deliverables, each whole or not at all."""
