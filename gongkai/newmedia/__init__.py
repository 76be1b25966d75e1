"""Government new media: the registry of accounts, what they posted, cleaning-up campaigns."""
