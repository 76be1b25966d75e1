"""Commands of the inspections."""
