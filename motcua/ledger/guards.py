"""SQL that guards tables: for the migrations of the rooms.

guard(): no INSERT, UPDATE or DELETE unless an act is open in this transaction (SQLSTATE MC001).
record(): besides, no UPDATE, DELETE or TRUNCATE ever (SQLSTATE MC003).
"""

from __future__ import annotations

from django.db import migrations


def guard(*tables: str) -> migrations.RunSQL:
    """A migration operation that guards `tables` of the room."""
    return migrations.RunSQL(
        [
            f"""CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON {table}
                FOR EACH STATEMENT EXECUTE FUNCTION ledger_guard();
                CREATE TRIGGER no_truncate BEFORE TRUNCATE ON {table}
                FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse()"""
            for table in tables
        ],
        [f"DROP TRIGGER guard ON {table}; DROP TRIGGER no_truncate ON {table}" for table in tables],
    )


def record(*tables: str) -> migrations.RunSQL:
    """A migration operation that makes `tables` append-only, even for their owner."""
    return migrations.RunSQL(
        [
            f"""CREATE TRIGGER guard BEFORE INSERT ON {table}
                FOR EACH STATEMENT EXECUTE FUNCTION ledger_guard();
                CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
                FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse()"""
            for table in tables
        ],
        [f"DROP TRIGGER guard ON {table}; DROP TRIGGER append_only ON {table}" for table in tables],
    )


FUNCTIONS = """
CREATE UNLOGGED TABLE ledger_openact (
    id uuid PRIMARY KEY,
    xid xid8 NOT NULL UNIQUE DEFAULT pg_current_xact_id()
) WITH (autovacuum_vacuum_threshold = 500, autovacuum_vacuum_scale_factor = 0);

CREATE FUNCTION ledger_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM ledger_openact WHERE xid = pg_current_xact_id()) THEN
        RAISE EXCEPTION 'Bảng % chỉ được ghi trong một nghiệp vụ đang mở.', TG_TABLE_NAME
            USING ERRCODE = 'MC001', HINT = 'Hãy dùng nghiệp vụ của hệ thống, không ghi thẳng vào bảng.';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Bảng % không cho phép thao tác %.', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'MC003', HINT = 'Nhật ký không sửa, không xóa; sai thì ghi nghiệp vụ đính chính.';
END $$;

CREATE FUNCTION ledger_act_is_whole() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM ledger_openact WHERE id = NEW.id) THEN
        RAISE EXCEPTION 'Nghiệp vụ % chưa đóng.', NEW.id USING ERRCODE = 'MC002';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM ledger_entry WHERE id = NEW.id) THEN
        RAISE EXCEPTION 'Nghiệp vụ % đóng mà không ghi nhật ký.', NEW.id USING ERRCODE = 'MC002';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER whole AFTER INSERT ON ledger_openact
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_act_is_whole();
"""
