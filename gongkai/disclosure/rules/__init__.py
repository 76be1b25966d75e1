"""What an entry must be: errors, metadata, index numbers, who may do which step. Plain Python."""
