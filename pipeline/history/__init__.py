"""Other revisions of the programme, read from git without a checkout."""
