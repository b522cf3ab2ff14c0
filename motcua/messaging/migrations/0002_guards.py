from django.db import migrations

from motcua.ledger.guards import guard


class Migration(migrations.Migration):
    dependencies = [("messaging", "0001_initial"), ("ledger", "0002_guards")]
    operations = [guard("messaging_notice")]
