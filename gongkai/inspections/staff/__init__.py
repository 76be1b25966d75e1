"""Screens of inspections: the ledger, a finding and its steps, sites, lists, bulletins."""
