from django.db import migrations

from motcua.ledger.guards import record


class Migration(migrations.Migration):
    dependencies = [("files", "0001_initial"), ("ledger", "0002_guards")]
    operations = [record("files_blob")]
