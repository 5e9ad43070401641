"""The figures of the reference programme a second time: read with PyYAML, counted by hand, with no code of Paraph's."""
