from django.db import migrations, models
from django.db.models import F, Func, TextField, Value

_UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"


def said(name, form):
    text = Func(F("content"), Value("escape"), function="encode", output_field=TextField())
    pattern = Value(f'"{name}":"({form})"')
    return Func(text, pattern, function="substring", output_field=TextField())


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_checkpoints")]

    operations = [
        migrations.AddIndex(
            model_name="statement",
            index=models.Index(
                said("organisation", _UUID),
                said("kind", "[a-z-]{1,40}"),
                F("leaf").desc(),
                name="statement_of_organisation",
            ),
        ),
    ]
