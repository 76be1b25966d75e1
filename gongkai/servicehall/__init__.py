"""Service items with their guides, halls, help for applicants, policies for enterprises, zones."""
