"""A second pair of eyes on sealed decisions: to support and to learn, not to blame."""
