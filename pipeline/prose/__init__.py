"""The wording of the documents: rules as Vale's styles, and Vale run over the passages that they apply to."""
