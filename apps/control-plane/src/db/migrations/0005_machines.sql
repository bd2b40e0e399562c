ALTER TABLE "microvms" ADD COLUMN "app_ended_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "microvms" ADD COLUMN "app_failure" text;--> statement-breakpoint
ALTER TABLE "preview_codes" ADD COLUMN "session_id" text NOT NULL;--> statement-breakpoint
grant usage, create on schema public to vibecaas_functions;
--> statement-breakpoint
set local role vibecaas_functions;
--> statement-breakpoint
-- Which of these machines have a row: the others were left behind and are removed.
create function known_microvms(ids text[]) returns table (id text)
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select m.id from public.microvms m where m.id = any(ids);
end;
--> statement-breakpoint
-- Whether a sign-in has not ended: what was opened with it ends with it.
create function session_lives(session_id text, person text) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select exists (
    select from auth."session" s
    where s."id" = session_id and s."userId" = person and s."expiresAt" > now()
  );
end;
--> statement-breakpoint
revoke all on function known_microvms, session_lives from public;
--> statement-breakpoint
grant execute on function known_microvms, session_lives to vibecaas_app;
--> statement-breakpoint
set local role vibecaas_owner;
--> statement-breakpoint
revoke create on schema public from vibecaas_functions;
