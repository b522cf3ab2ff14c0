from django.db import migrations, models

SEALED = """
CREATE OR REPLACE FUNCTION catalogue_sealed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(OLD) ? 'valid' THEN
        IF (to_jsonb(OLD) - 'valid') = (to_jsonb(NEW) - 'valid')
           AND lower(OLD.valid) IS NOT DISTINCT FROM lower(NEW.valid)
           AND NEW.valid <@ OLD.valid AND NOT isempty(NEW.valid) THEN
            RETURN NEW;  -- only the end of its validity may be brought forward
        END IF;
    END IF;
    RAISE EXCEPTION 'Bảng %: bản đã ban hành không sửa, không xóa; hãy ban hành bản mới.', TG_TABLE_NAME
        USING ERRCODE = 'MC003';
END $$;
"""


def text(model, name, **options):
    return migrations.AlterField(model, name, models.TextField(**options))


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0002_guards")]
    operations = [
        text("domain", "name"),
        text("procedureversion", "name"),
        text("procedureversion", "folded_name"),
        text("paperrule", "case", blank=True),
        text("paperrule", "form_file", blank=True),
        text("paperrule", "replaced_by", blank=True),
        text("resultrule", "code", blank=True),
        migrations.RunSQL(SEALED, migrations.RunSQL.noop),
    ]
