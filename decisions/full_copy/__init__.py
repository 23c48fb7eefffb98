"""A copy of a record with all that other copies leave out: for few, for a reason, and noted."""
