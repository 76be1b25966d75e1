"""Inspections: sites and accounts looked at as a national inspector would (国办秘函2019年19号)."""
