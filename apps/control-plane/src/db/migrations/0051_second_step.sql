-- The table of the sign-in library's second step, as better-auth 1.7.5 makes it.
alter table auth."user" add column "twoFactorEnabled" boolean;
--> statement-breakpoint
create table auth."twoFactor" (
  "id" text not null primary key,
  "secret" text not null,
  "backupCodes" text not null,
  "userId" text not null references auth."user" ("id") on delete cascade,
  "verified" boolean,
  "failedVerificationCount" integer,
  "lockedUntil" timestamptz
);
--> statement-breakpoint
create index "twoFactor_secret_idx" on auth."twoFactor" ("secret");
--> statement-breakpoint
create index "twoFactor_userId_idx" on auth."twoFactor" ("userId");
--> statement-breakpoint
grant select, insert, update, delete on auth."twoFactor" to vibecaas_auth;
--> statement-breakpoint
grant select ("twoFactorEnabled") on auth."user" to vibecaas_functions;
--> statement-breakpoint
grant usage, create on schema public to vibecaas_functions;
--> statement-breakpoint
set local role vibecaas_functions;
--> statement-breakpoint
drop function members_here();
--> statement-breakpoint
-- Members of the transaction's organization, by name and address.
create function members_here() returns table (
  user_id text, name text, email text, role text, second_step boolean, created_at timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select m.user_id, u."name", u."email", m.role, coalesce(u."twoFactorEnabled", false), m.created_at
  from public.memberships m join auth."user" u on u."id" = m.user_id
  where m.organization_id = nullif(current_setting('app.organization', true), '');
end;
--> statement-breakpoint
revoke all on function members_here from public;
--> statement-breakpoint
grant execute on function members_here to vibecaas_app;
--> statement-breakpoint
set local role vibecaas_owner;
--> statement-breakpoint
revoke create on schema public from vibecaas_functions;
