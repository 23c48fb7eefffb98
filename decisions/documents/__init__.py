"""The PDF of a sealed record: snapshot bytes in, PDF bytes out. No database, no request."""
