from django.db import migrations

# What a role is called, and what it can therefore be rung about; the first that fits.
KINDS = (
    ("safeguard", "safeguarding"),
    ("out of hours", "out-of-hours"),
    ("out-of-hours", "out-of-hours"),
    ("caldicott", "caldicott"),
    ("data protection", "data-protection"),
)


def kind_of(role):
    """The kind of a contact that had none."""
    return next((kind for words, kind in KINDS if words in role.lower()), "other")


def move(apps, schema_editor):
    """Each contact as the first version of an entry in the organisation's list.

    How to reach somebody was one free text, so it becomes "another way to reach them".
    """
    Contact = apps.get_model("guidance", "Contact")
    for one in apps.get_model("decisions", "AdviceContact").objects.order_by("changed_at"):
        Contact.objects.create(
            organisation_id=one.organisation_id,
            entry=one.pk,
            number=one.version,
            by_id=one.changed_by_id,
            at=one.changed_at,
            is_removed=one.removed_at is not None,
            kind=kind_of(one.role),
            role=one.role,
            place=one.reach,
            hours=one.hours,
        )


class Migration(migrations.Migration):
    dependencies = [
        ("decisions", "0009_doubts"),
        ("guidance", "0005_local"),
    ]

    operations = [
        migrations.RunPython(move),
        migrations.DeleteModel(name="AdviceContact"),
    ]
