"""Screens of the working-day calendar: the notices, a new notice shown old against new."""
