"""The dossier of an artifact: what an auditor samples, in one archive that can be checked without this program."""
