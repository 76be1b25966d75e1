"""What an inspector holds against a site: judging plain values, without I/O or clock."""
