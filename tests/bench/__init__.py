"""Measures what the project promises: `make bench` prints medians of CPU time on one core, beside their floors."""
