"""What the public sees of the service hall: items with guides, halls, policies paid, zones."""
