"""Charts: drawn by Vega-Lite from the templates, made quiet, and put where a text wants them."""
