"""Where a running server is found, for this process and for others."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import quote


@dataclass(frozen=True)
class Address:
    """A running server: its socket's folder, and the processes that make it run."""

    host: str
    port: int
    user: str
    keeper: int
    postmaster: int

    def parameters(self) -> dict[str, str | int]:
        """The keywords that psycopg's `connect` needs beside `dbname`."""
        return {"host": self.host, "port": self.port, "user": self.user}

    def url(self, database: str) -> str:
        """A `DATABASE_URL` of one database, for another process."""
        query = f"host={quote(self.host, safe='')}&port={self.port}"
        return f"postgresql://{self.user}@/{quote(database, safe='')}?{query}"

    def environment(self, database: str) -> dict[str, str]:
        """The variables that make psql, pg_dump and pgbench use one database."""
        return {
            "PGHOST": self.host,
            "PGPORT": str(self.port),
            "PGUSER": self.user,
            "PGDATABASE": database,
        }


def read(path: Path) -> Address | None:
    """The address in the file, or None when there is none (any more)."""
    try:
        return Address(**json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None


def write(path: Path, address: Address) -> None:
    """Publish an address; a reader sees all of it or nothing."""
    new = path.with_suffix(".new")
    new.write_text(json.dumps(asdict(address)), encoding="utf-8")
    new.replace(path)
