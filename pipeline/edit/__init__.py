"""The only room that writes sources."""
