"""What letters say and must say: kinds, numbers, remedies, terms, wording. Plain Python."""
