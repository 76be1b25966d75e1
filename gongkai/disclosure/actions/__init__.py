"""Every write of proactive disclosure: one verb, one transaction, one audit event."""
