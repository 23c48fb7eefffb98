-- What somebody may try who took over the application's connection. All of it must be refused,
-- with the state 42501 (insufficient privilege) unless another is named behind -->.

-- Change what is sealed
UPDATE decisions_record SET decision = 'do-not-share'
UPDATE ONLY decisions_snapshot SET body = ''
UPDATE decisions_event e SET at = now() FROM decisions_record r WHERE r.id = e.record_id
WITH gone AS (DELETE FROM decisions_event RETURNING *) SELECT count(*) FROM gone
DELETE FROM decisions_record USING decisions_draft
TRUNCATE decisions_snapshot
TRUNCATE decisions_draft CASCADE
MERGE INTO decisions_record r USING decisions_draft d ON r.draft_id = d.id WHEN MATCHED THEN DELETE
MERGE INTO ledger_head h USING ledger_leaf l ON h.size = l.seq WHEN MATCHED THEN UPDATE SET size = 0
INSERT INTO guidance_storededition SELECT * FROM guidance_storededition ON CONFLICT (digest) DO UPDATE SET stored_at = now()
INSERT INTO ledger_checkpoint VALUES (1, '', now()) ON CONFLICT (size) DO UPDATE SET note = ''
DO $$ BEGIN EXECUTE 'UPDATE ledger_statement SET salt = salt'; END $$
PREPARE later AS DELETE FROM decisions_ledgerentry; EXECUTE later
DECLARE c CURSOR FOR SELECT * FROM decisions_recordpdf FOR UPDATE
DECLARE c CURSOR FOR SELECT * FROM decisions_recordpdf; UPDATE decisions_recordpdf SET body = '' WHERE CURRENT OF c
SELECT * FROM decisions_record FOR NO KEY UPDATE
UPDATE pg_catalog.pg_class SET relowner = 'infoshare_app'::regrole WHERE relname = 'ledger_leaf'
DELETE FROM pg_catalog.pg_trigger WHERE tgname LIKE 'only_grows%'

-- Write the ledger by hand
INSERT INTO ledger_leaf (seq, leaf, hashes, revision) VALUES (0, '', '', 0)
INSERT INTO ledger_leaf SELECT * FROM ledger_leaf ON CONFLICT DO NOTHING
COPY ledger_leaf FROM STDIN
COPY ledger_leaf (seq, leaf, hashes, revision) FROM '/dev/null'
INSERT INTO ledger_head VALUES (2, 0, now())
UPDATE ledger_head SET size = size + 1
SELECT * FROM ledger_head FOR UPDATE
SELECT * FROM ledger_head FOR KEY SHARE
LOCK TABLE ledger_head IN EXCLUSIVE MODE
LOCK TABLE ledger_leaf IN SHARE MODE
SELECT public.ledger_head_moves_on()
SELECT public.infoshare_refuse_change()

-- Change who did it or how it counts
UPDATE people_user SET pseudonym = gen_random_uuid()
UPDATE people_user SET email = 'other@people.example'
UPDATE people_membership SET role = 'auditor'
UPDATE people_organisation SET name = 'Another'
UPDATE decisions_draft SET id = gen_random_uuid()
UPDATE decisions_draft SET started_at = now()
DELETE FROM decisions_draft
DELETE FROM decisions_revision
DELETE FROM people_user
INSERT INTO django_migrations (app, name, applied) VALUES ('x', 'y', now())
DELETE FROM django_migrations
SELECT nextval('decisions_event_id_seq')
SELECT setval('decisions_event_id_seq', 1)
SELECT setval('procrastinate_jobs_id_seq', 1)
SELECT last_value FROM decisions_event_id_seq

-- Take the guards away
SET session_replication_role = replica
SELECT set_config('session_replication_role', 'replica', false)
ALTER ROLE infoshare_app SET session_replication_role = 'replica'
ALTER TABLE decisions_record DISABLE TRIGGER ALL
ALTER TABLE decisions_record DISABLE TRIGGER only_grows_row
ALTER TABLE ledger_leaf ENABLE REPLICA TRIGGER only_grows_row
DROP TRIGGER only_grows_row ON decisions_event
CREATE TRIGGER aaa BEFORE INSERT ON ledger_leaf FOR EACH ROW EXECUTE FUNCTION infoshare_refuse_change()
CREATE RULE quiet AS ON INSERT TO decisions_event DO INSTEAD NOTHING
CREATE OR REPLACE RULE quiet AS ON DELETE TO decisions_event DO INSTEAD NOTHING
ALTER TABLE decisions_record ADD COLUMN more text
ALTER TABLE decisions_record DROP CONSTRAINT decisions_record_pkey
ALTER TABLE decisions_record ENABLE ROW LEVEL SECURITY
CREATE POLICY hides ON decisions_record USING (false)
ALTER TABLE decisions_record OWNER TO infoshare_app
ALTER TABLE decisions_record RENAME TO elsewhere
CREATE INDEX ON decisions_record (reference)
COMMENT ON TABLE decisions_record IS 'nothing'
CLUSTER decisions_record USING decisions_record_pkey
REINDEX TABLE decisions_record
DROP TABLE ledger_leaf CASCADE
DROP SCHEMA public CASCADE
DROP OWNED BY infoshare_owner
REASSIGN OWNED BY infoshare_owner TO infoshare_app
CREATE EVENT TRIGGER each ON ddl_command_end EXECUTE FUNCTION infoshare_refuse_change()

-- Put another in its place
CREATE OR REPLACE FUNCTION public.ledger_append(type_ text, record uuid, commitment text, actor uuid, moment timestamptz, OUT seq bigint, OUT time_ timestamptz) LANGUAGE sql AS $$ SELECT 0::bigint, now() $$
ALTER FUNCTION public.ledger_append SECURITY INVOKER
ALTER FUNCTION public.ledger_append SET search_path = pg_temp
ALTER FUNCTION public.infoshare_refuse_change() OWNER TO infoshare_app
DROP FUNCTION public.ledger_append
CREATE FUNCTION public.sha256(bytea) RETURNS bytea LANGUAGE sql AS $$ SELECT $1 $$
CREATE FUNCTION public.escape() RETURNS void LANGUAGE sql SECURITY DEFINER AS $$ SELECT $$
CREATE FUNCTION pg_temp.sha256(bytea) RETURNS bytea LANGUAGE sql AS $$ SELECT $1 $$
CREATE OPERATOR public.|| (LEFTARG = bytea, RIGHTARG = bytea, FUNCTION = byteacat)
CREATE TEMP TABLE ledger_head (id int, size bigint, time timestamptz)
CREATE TEMP VIEW ledger_leaf AS SELECT 1
CREATE TEMP SEQUENCE counts
CREATE TABLE public.ledger_more ()
CREATE TABLE public.child () INHERITS (ledger_leaf)
CREATE VIEW public.view AS SELECT * FROM ledger_leaf
CREATE TYPE public.ledger_type AS (a int)
CREATE SCHEMA infoshare_app
CREATE SCHEMA AUTHORIZATION infoshare_app

-- Become somebody else
SET ROLE infoshare_owner
SET ROLE postgres
SET LOCAL ROLE infoshare_owner
SET SESSION AUTHORIZATION postgres
SELECT set_config('role', 'infoshare_owner', false)
GRANT infoshare_owner TO infoshare_app
GRANT pg_write_all_data TO infoshare_app
GRANT UPDATE ON decisions_record TO infoshare_app --> 01007
GRANT INSERT ON ledger_leaf TO PUBLIC --> 01007
REVOKE SELECT ON ledger_leaf FROM infoshare_app --> 01007
GRANT CREATE ON SCHEMA public TO infoshare_app --> 01007
ALTER DEFAULT PRIVILEGES FOR ROLE infoshare_owner GRANT ALL ON TABLES TO infoshare_app
CREATE ROLE another SUPERUSER
ALTER ROLE infoshare_app SUPERUSER
ALTER ROLE infoshare_owner PASSWORD 'known'
ALTER DATABASE postgres OWNER TO infoshare_app

-- Leave the database
COPY decisions_snapshot TO PROGRAM 'cat'
COPY infoshare_cache FROM PROGRAM 'echo'
COPY decisions_snapshot TO '/tmp/infoshare-escape'
SELECT pg_read_file('postgresql.conf')
SELECT pg_read_binary_file('PG_VERSION')
SELECT pg_ls_dir('.')
SELECT pg_file_sync('x') --> 42883
SELECT lo_create(0)
SELECT lo_from_bytea(0, 'hidden')
SELECT lo_import('/etc/hostname')
SELECT lo_export(1, '/tmp/infoshare-escape')
SELECT pg_reload_conf()
SELECT pg_switch_wal()
SELECT pg_create_physical_replication_slot('kept')
CREATE PUBLICATION everything FOR ALL TABLES
CREATE FOREIGN DATA WRAPPER other
CREATE EXTENSION plpython3u --> 0A000
DROP EXTENSION plpgsql CASCADE
CREATE LANGUAGE other HANDLER plpgsql_call_handler
LOAD '/tmp/other.so'
SET lo_compat_privileges = on
SET allow_system_table_mods = on

-- Misuse the one function
SELECT public.ledger_append('sealed', NULL, 'no commitment', NULL, now()) --> 23514
SELECT public.ledger_append('"},{"', NULL, repeat('a', 64), NULL, now()) --> 23514
SELECT public.ledger_append('sealed', NULL, repeat('a', 64), NULL, 'infinity') --> 23514
SELECT public.ledger_append('viewed', NULL, repeat('a', 64), NULL, now(), seq => 7) --> 42883
CALL public.ledger_append('viewed', NULL, repeat('a', 64), NULL, now()) --> 42883
