"""The system administrator's screens (organs, people, posts) and the auditor's (the log)."""
