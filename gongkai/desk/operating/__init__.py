"""Operation: backups and their return, the state of the installation, probes and figures of it."""
