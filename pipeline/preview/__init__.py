"""The site as one writes: what changes is checked, woven and built again, and the browser shows it."""
