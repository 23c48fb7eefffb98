"""The exact files of every edition that was used, kept by digest."""

from django.db import models

from infoshare import clock


class StoredEdition(models.Model):
    """An edition that a draft or record ran on. Written once; never changed or removed."""

    digest = models.CharField(primary_key=True, max_length=64, editable=False)
    edition_id = models.CharField(max_length=100)
    stored_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(digest__regex=r"^[0-9a-f]{64}$"), name="stored_edition_digest"
            )
        ]

    def __str__(self) -> str:
        return f"{self.edition_id} ({self.digest[:12]})"


class StoredFile(models.Model):
    """One file of a stored edition, byte for byte."""

    edition = models.ForeignKey(StoredEdition, models.PROTECT, related_name="files")
    name = models.CharField(max_length=100)
    content = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "name"], name="stored_file_once")]

    def __str__(self) -> str:
        return self.name
