CREATE TABLE "device_logins" (
	"secret_hash" "bytea" PRIMARY KEY NOT NULL,
	"code" text NOT NULL,
	"name" text NOT NULL,
	"ip" text NOT NULL,
	"allowed_by" text,
	"asked_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "device_logins_code" UNIQUE("code")
);
--> statement-breakpoint
grant select, insert, update, delete on device_logins to vibecaas_functions;
--> statement-breakpoint
grant usage, create on schema public to vibecaas_functions;
--> statement-breakpoint
set local role vibecaas_functions;
--> statement-breakpoint
create function ask_for_device(hash bytea, wanted_code text, called text, place text, since timestamptz, until timestamptz)
returns boolean
language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
  with asked as (
    insert into public.device_logins (secret_hash, code, name, ip, asked_at, expires_at)
    values (hash, wanted_code, called, place, since, until) on conflict do nothing returning 1
  )
  select exists (select from asked);
end;
--> statement-breakpoint
-- What asks by a code and was not answered yet.
create function device_asking(wanted_code text, at_time timestamptz)
returns table (name text, ip text, asked_at timestamptz, expires_at timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select d.name, d.ip, d.asked_at, d.expires_at from public.device_logins d
  where d.code = wanted_code and d.expires_at > at_time and d.allowed_by is null;
end;
--> statement-breakpoint
create function allow_device(wanted_code text, person text, at_time timestamptz) returns text
language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
  update public.device_logins d set allowed_by = person
  where d.code = wanted_code and d.expires_at > at_time and d.allowed_by is null returning d.name;
end;
--> statement-breakpoint
-- Who allowed it, once: the row goes with the answer. No row: nobody asks so, or not any more.
create function take_device(hash bytea, at_time timestamptz) returns table (user_id text, name text, email text)
language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
  with taken as (
    delete from public.device_logins d
    where d.secret_hash = hash and d.expires_at > at_time and d.allowed_by is not null
    returning d.allowed_by
  )
  select u."id", u."name", u."email" from taken t join auth."user" u on u."id" = t.allowed_by
  union all
  select null, null, null from public.device_logins d
  where d.secret_hash = hash and d.expires_at > at_time and d.allowed_by is null;
end;
--> statement-breakpoint
create function prune_device_logins(before timestamptz) returns bigint
language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
  with removed as (delete from public.device_logins d where d.expires_at < before returning 1)
  select count(*) from removed;
end;
--> statement-breakpoint
revoke all on function ask_for_device, device_asking, allow_device, take_device, prune_device_logins from public;
--> statement-breakpoint
grant execute on function ask_for_device, device_asking, allow_device, take_device, prune_device_logins to vibecaas_app;
--> statement-breakpoint
set local role vibecaas_owner;
--> statement-breakpoint
revoke create on schema public from vibecaas_functions;
