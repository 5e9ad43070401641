"""From the programme to Markdown for one audience in one dialect: the site's tree, and the text of a deliverable."""
