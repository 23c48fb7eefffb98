"""What the application may do in the database: `allowed` says it, PostgreSQL holds it.

The owner owns every table and migrates. The application owns nothing, and has the rights of
`allowed` alone. `docs/adr/0012-database-roles.md` says why it is built so.
"""
