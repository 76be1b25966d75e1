"""Complaints and reports of how organs disclose, told and followed on the site (Art. 47, 51)."""
