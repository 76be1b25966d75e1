"""Screens of the office's own work; `shown` is what they show, `access` who enters."""
