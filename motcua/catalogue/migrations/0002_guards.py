from django.db import migrations

from motcua.ledger.guards import guard

SEALED = """
CREATE FUNCTION catalogue_sealed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (to_jsonb(OLD) - 'valid') = (to_jsonb(NEW) - 'valid')
       AND lower(OLD.valid) IS NOT DISTINCT FROM lower(NEW.valid) THEN
        RETURN NEW;  -- only the end of its validity may be set
    END IF;
    RAISE EXCEPTION 'Bảng %: bản đã ban hành không sửa, không xóa; hãy ban hành bản mới.', TG_TABLE_NAME
        USING ERRCODE = 'MC003';
END $$;
"""
DATED = ("catalogue_procedureversion", "catalogue_offering")
FIXED = ("catalogue_channelrule", "catalogue_feerule", "catalogue_paperrule", "catalogue_resultrule",
         "catalogue_process", "catalogue_decision")


def seal(table):
    return migrations.RunSQL(
        f"CREATE TRIGGER sealed BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION catalogue_sealed()",
        f"DROP TRIGGER sealed ON {table}",
    )


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0001_initial"), ("ledger", "0002_guards")]
    operations = [
        migrations.RunSQL(SEALED, "DROP FUNCTION catalogue_sealed()"),
        guard("catalogue_domain", "catalogue_procedure", *DATED, *FIXED),
        *[seal(table) for table in (*DATED, *FIXED)],
    ]
