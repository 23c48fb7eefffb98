"""The auditor's desk: what changed, who took what away, and where to look further. Read-only."""
