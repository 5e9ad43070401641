"""From a woven deliverable to the document that a reader holds: HTML by pandoc, PDF by WeasyPrint."""
