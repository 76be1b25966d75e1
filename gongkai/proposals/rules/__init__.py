"""The chapter's rules in plain Python: kinds, texts, what is told, wording, figures, tables."""
