ALTER TABLE "audit_records" ADD COLUMN "project_id" text;--> statement-breakpoint
ALTER TABLE "audit_records" ADD COLUMN "salt" text;--> statement-breakpoint
ALTER TABLE "audit_records" ADD COLUMN "digest" text;--> statement-breakpoint
ALTER TABLE "audit_records" ADD COLUMN "number" bigint;--> statement-breakpoint
ALTER TABLE "audit_records" ADD COLUMN "previous" text;--> statement-breakpoint
ALTER TABLE "audit_records" ADD COLUMN "hash" text;--> statement-breakpoint
ALTER TABLE "audit_records" ADD COLUMN "erased_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "audit_records" ADD CONSTRAINT "audit_records_number" UNIQUE("organization_id","number");--> statement-breakpoint
CREATE INDEX "audit_records_actor" ON "audit_records" USING btree ("organization_id","actor_id","id");--> statement-breakpoint
CREATE INDEX "audit_records_project" ON "audit_records" USING btree ("organization_id","project_id","id");--> statement-breakpoint
CREATE TABLE "audit_heads" (
	"organization_id" text PRIMARY KEY NOT NULL,
	"number" bigint NOT NULL,
	"hash" text NOT NULL
);
--> statement-breakpoint
select guard_tenant_table('audit_heads');
--> statement-breakpoint
grant select on audit_heads to vibecaas_app;
--> statement-breakpoint
grant select, insert, update on audit_heads to vibecaas_functions;
--> statement-breakpoint
create policy named_functions on audit_heads to vibecaas_functions using (true);
--> statement-breakpoint
-- What can be erased of a record: words, and the salt without which its digest tells nothing of them.
grant select, update (actor_name, ip, details, salt, erased_at) on audit_records to vibecaas_functions;
--> statement-breakpoint
create policy named_functions on audit_records to vibecaas_functions using (true);
--> statement-breakpoint
grant usage, create on schema public to vibecaas_functions;
--> statement-breakpoint
set local role vibecaas_functions;
--> statement-breakpoint
-- Gives a record its place in its organization's chain. The head is locked until the commit, so there
-- are neither gaps nor forks; records are therefore the last thing that a transaction writes.
create function chain_record() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  head public.audit_heads;
begin
  if new.digest is null then
    raise exception 'a record without a digest cannot be chained' using errcode = 'not_null_violation';
  end if;
  insert into public.audit_heads as h (organization_id, number, hash)
  values (new.organization_id, 0, repeat('0', 64))
  on conflict (organization_id) do update set number = h.number returning * into head;
  new.number := head.number + 1;
  new.previous := head.hash;
  new.hash := encode(sha256(convert_to(head.hash || E'\n' || new.number || E'\n' || new.digest, 'UTF8')), 'hex');
  update public.audit_heads set number = new.number, hash = new.hash
    where organization_id = new.organization_id;
  new.project_id := coalesce(new.project_id,
    (select o.project_id from public.objects o where o.id = new.subject),
    case when new.subject like 'prj\_%' then new.subject end);
  return new;
end $$;
--> statement-breakpoint
-- Takes what is known of a person out of all records, theirs and those about them; answers how many. Their
-- id, what was done and when stay, and so does the chain.
create function erase_from_audit(person text) returns bigint
language sql security definer set search_path = pg_catalog, pg_temp
begin atomic
  with erased as (
    update public.audit_records
    set actor_name = case when actor_id = person then 'Erased person' else actor_name end,
      ip = null, details = '{}'::jsonb, salt = null, erased_at = now()
    where (actor_id = person or subject = person) and erased_at is null
    returning 1
  )
  select count(*) from erased;
end;
--> statement-breakpoint
revoke all on function chain_record, erase_from_audit from public;
--> statement-breakpoint
grant execute on function erase_from_audit to vibecaas_app;
--> statement-breakpoint
grant execute on function chain_record to vibecaas_owner;
--> statement-breakpoint
set local role vibecaas_owner;
--> statement-breakpoint
revoke create on schema public from vibecaas_functions;
--> statement-breakpoint
create trigger chain before insert on audit_records for each row execute function chain_record();
--> statement-breakpoint
create function refuse_change_but_erasure() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and current_user = 'vibecaas_functions' then return null; end if;
  raise exception '% is append-only: % is refused', tg_table_name, lower(tg_op)
    using errcode = 'insufficient_privilege';
end $$;
--> statement-breakpoint
drop trigger append_only on audit_records;
--> statement-breakpoint
create trigger append_only before update or delete or truncate on audit_records
  for each statement execute function refuse_change_but_erasure();
