"""Readers' errors found on our pages, and comments on drafts: public forms and what pages show."""
