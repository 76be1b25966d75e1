"""Screens of items, halls, policies, cases, help, zones and figures."""
