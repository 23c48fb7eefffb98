"""The PDF of a record that is kept: made once, by a job, or by whoever wants it first."""
