from django.db import migrations

from motcua.ledger.guards import guard


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial"), ("ledger", "0002_guards")]
    operations = [
        guard(
            "people_person",
            "people_account",
            "people_postheld",
            "people_delegation",
            "people_grant",
            "people_apitoken",
        ),
    ]
