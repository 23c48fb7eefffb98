"""A Django database engine for PostgreSQL that can bring its own server."""
