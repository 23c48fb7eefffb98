"""The ledger's tables. They only grow, and only `ledger_append` writes the first two."""

from django.db import models
from django.db.models import F, Func, TextField, Value

_UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"


class Leaf(models.Model):
    """One leaf, and the nodes of the tree that it completes.

    `hashes` is the leaf's own hash and then, upwards, that of each subtree which ends with this
    leaf: 32 bytes each. So node (level, index) stands in the row `(index + 1) * 2**level - 1`,
    from byte `32 * level` on; one row is written for an append, and the rows in their order are
    the tree in the order in which it grew.
    """

    seq = models.BigIntegerField(primary_key=True)
    leaf = models.BinaryField(help_text="The exact bytes that were hashed")
    hashes = models.BinaryField(help_text="32 bytes for each level that this leaf completes")
    record = models.UUIDField(null=True, help_text="As in the leaf, to find it by")
    revision = models.IntegerField(help_text="As in the leaf")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["record", "revision"],
                condition=models.Q(record__isnull=False),
                name="leaf_of_record",
            ),
        ]

    def __str__(self) -> str:
        return f"Leaf {self.seq}"


class Head(models.Model):
    """How far the ledger has come: the one row that an append locks."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    size = models.BigIntegerField(default=0)
    time = models.DateTimeField(help_text="The time of the newest leaf")

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="head_is_one")]

    def __str__(self) -> str:
        return f"{self.size} leaves"


def said(name: str, form: str) -> Func:
    """What a statement says under a name, as text of a form; NULL when it says no such thing.

    Read from its bytes by what PostgreSQL calls immutable, and by what takes any bytes, so that
    there can be an index over it. A quotation mark within a text has a backslash in front, so
    only a name is found; the first of that name, and nothing in front of `kind` and
    `organisation` holds such a name.
    """
    text = Func(F("content"), Value("escape"), function="encode", output_field=TextField())
    pattern = Value(f'"{name}":"({form})"')
    return Func(text, pattern, function="substring", output_field=TextField())


KIND = said("kind", "[a-z-]{1,40}")
ORGANISATION = said("organisation", _UUID)
PERSON = said("person", _UUID)


class Statement(models.Model):
    """What a leaf about no record commits to: its salt and its exact canonical bytes."""

    leaf = models.OneToOneField(Leaf, models.PROTECT, primary_key=True, related_name="statement")
    salt = models.BinaryField()
    content = models.BinaryField()

    class Meta:
        indexes = [
            models.Index(ORGANISATION, KIND, F("leaf").desc(), name="statement_of_organisation"),
        ]

    def __str__(self) -> str:
        return f"Statement of leaf {self.leaf_id}"


class SignedCheckpoint(models.Model):
    """A signed note that says what the ledger was at a size."""

    size = models.BigIntegerField(primary_key=True)
    note = models.TextField(help_text="The signed note, exactly")
    signed_at = models.DateTimeField()

    class Meta:
        db_table = "ledger_checkpoint"

    def __str__(self) -> str:
        return f"Checkpoint of {self.size} leaves"
