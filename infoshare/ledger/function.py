"""The one database function that appends, and what keeps the head's row as it is. Pure text.

The tables stand in the schema `public`, which is named, so that nobody's search path matters.
A change here is a new migration: `verify_ledger` compares the database's source with this one.
"""

NAME = "ledger_append"
SETTINGS = ("search_path=pg_catalog, pg_temp",)
ARGUMENTS = "text, uuid, text, uuid, timestamp with time zone"

SOURCE = r"""
#variable_conflict use_variable
DECLARE
    left_hash bytea;
    node bytea;
    width bigint := 1;
    level integer := 0;
    revision integer := 0;
    leaf bytea;
    hashes bytea;
BEGIN
    IF type_ IS NULL OR type_ !~ '^[a-z][a-z-]{0,39}$' THEN
        RAISE EXCEPTION 'not a type of leaf: %', type_ USING ERRCODE = 'check_violation';
    END IF;
    IF commitment IS NULL OR commitment !~ '^[0-9a-f]{64}$' THEN
        RAISE EXCEPTION 'not a commitment: %', commitment USING ERRCODE = 'check_violation';
    END IF;
    IF moment IS NULL OR moment < '1970-01-01Z' OR moment >= '10000-01-01Z' THEN
        RAISE EXCEPTION 'not a time for a leaf: %', moment USING ERRCODE = 'check_violation';
    END IF;

    -- From here on one append at a time, until the transaction ends.
    UPDATE public.ledger_head AS head
        SET size = head.size + 1, time = greatest(head.time, moment)
        WHERE head.id = 1
        RETURNING head.size - 1, head.time INTO STRICT seq, time_;

    IF record IS NOT NULL THEN
        SELECT coalesce(max(earlier.revision), 0) + 1 INTO revision
            FROM public.ledger_leaf AS earlier WHERE earlier.record = ledger_append.record;
    END IF;
    IF type_ = 'sealed' AND revision <> 1 THEN
        RAISE EXCEPTION 'only the first leaf about a record is its seal'
            USING ERRCODE = 'unique_violation';
    END IF;

    leaf := convert_to(
        '{"actor":' || coalesce('"' || actor::text || '"', 'null')
        || ',"commitment":"' || commitment
        || '","record":' || coalesce('"' || record::text || '"', 'null')
        || ',"revision":' || revision::text
        || ',"seq":' || seq::text
        || ',"time":"' || to_char(time_ AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
        || '","type":"' || type_
        || '","v":1}', 'UTF8');

    node := sha256('\x00'::bytea || leaf);
    hashes := node;
    WHILE seq & width <> 0 LOOP
        SELECT substring(before.hashes FROM 32 * level + 1 FOR 32) INTO STRICT left_hash
            FROM public.ledger_leaf AS before WHERE before.seq = ledger_append.seq - width;
        node := sha256('\x01'::bytea || left_hash || node);
        hashes := hashes || node;
        width := width << 1;
        level := level + 1;
    END LOOP;

    INSERT INTO public.ledger_leaf (seq, leaf, hashes, record, revision)
        VALUES (seq, leaf, hashes, record, revision);
END
"""

CREATE = f"""
CREATE OR REPLACE FUNCTION public.{NAME}(
    type_ text, record uuid, commitment text, actor uuid, moment timestamp with time zone,
    OUT seq bigint, OUT time_ timestamp with time zone)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $ledger${SOURCE}$ledger$;
REVOKE ALL ON FUNCTION public.{NAME}({ARGUMENTS}) FROM PUBLIC;
"""

DROP = f"DROP FUNCTION public.{NAME}({ARGUMENTS});"

# The head's row is moved on by one leaf, and never back: whoever asks.
HEAD_NAME = "ledger_head_moves_on"
HEAD_SOURCE = """
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.id = OLD.id
        AND NEW.size = OLD.size + 1 AND NEW.time >= OLD.time THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% of the ledger''s head is refused', TG_OP
        USING ERRCODE = 'restrict_violation';
END
"""

HEAD_GUARD = f"""
CREATE OR REPLACE FUNCTION public.ledger_head_moves_on() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $head${HEAD_SOURCE}$head$;
CREATE TRIGGER head_row BEFORE UPDATE OR DELETE ON public.ledger_head
    FOR EACH ROW EXECUTE FUNCTION public.ledger_head_moves_on();
CREATE TRIGGER head_table BEFORE TRUNCATE ON public.ledger_head
    FOR EACH STATEMENT EXECUTE FUNCTION public.ledger_head_moves_on();
ALTER TABLE public.ledger_head ENABLE ALWAYS TRIGGER head_row;
ALTER TABLE public.ledger_head ENABLE ALWAYS TRIGGER head_table;
"""

FIRST_HEAD = "INSERT INTO public.ledger_head (id, size, time) VALUES (1, 0, '1970-01-01Z')"

HEAD_UNGUARD = """
DROP TRIGGER head_row ON public.ledger_head;
DROP TRIGGER head_table ON public.ledger_head;
DROP FUNCTION public.ledger_head_moves_on();
"""
