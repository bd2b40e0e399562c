-- Every request asks who sent it, and replicas remember the answer: here is the question, and the
-- news that make them forget.
grant usage on schema auth to vibecaas_functions;
--> statement-breakpoint
grant select ("id", "token", "userId", "expiresAt") on auth."session" to vibecaas_functions;
--> statement-breakpoint
grant select ("id", "name", "email") on auth."user" to vibecaas_functions;
--> statement-breakpoint
grant usage, create on schema public to vibecaas_functions;
--> statement-breakpoint
set local role vibecaas_functions;
--> statement-breakpoint
-- The person behind a session's token, with what they may reach. An unknown token has no row.
create function session_principal(session_token text) returns table (
  session_id text, user_id text, name text, email text, expires_at timestamptz,
  platform_admin boolean, personal_organization_id text, memberships jsonb)
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select s."id", u."id", u."name", u."email", s."expiresAt",
    exists (select from public.platform_admins a where a.user_id = u."id"),
    (select o.id from public.organizations o where o.personal_of = u."id"),
    coalesce((
      select jsonb_agg(jsonb_build_object('organizationId', m.organization_id, 'role', m.role)
        order by m.created_at, m.organization_id)
      from public.memberships m where m.user_id = u."id"
    ), '[]'::jsonb)
  from auth."session" s join auth."user" u on u."id" = s."userId"
  where s."token" = session_token;
end;
--> statement-breakpoint
revoke all on function session_principal from public;
--> statement-breakpoint
grant execute on function session_principal to vibecaas_app;
--> statement-breakpoint
set local role vibecaas_owner;
--> statement-breakpoint
revoke create on schema public from vibecaas_functions;
--> statement-breakpoint
-- Heard by every replica when, and only when, the change commits.
create function tell_session_change() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform pg_notify('sessions', 'session:' || old."id");
  return null;
end $$;
--> statement-breakpoint
create function tell_rights_change() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform pg_notify('sessions', 'user:' || coalesce(new.user_id, old.user_id));
  return null;
end $$;
--> statement-breakpoint
create function tell_person_change() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform pg_notify('sessions', 'user:' || old."id");
  return null;
end $$;
--> statement-breakpoint
create trigger tell_change after update or delete on auth."session"
  for each row execute function tell_session_change();
--> statement-breakpoint
create trigger tell_change after update or delete on auth."user"
  for each row execute function tell_person_change();
--> statement-breakpoint
create trigger tell_change after insert or update or delete on memberships
  for each row execute function tell_rights_change();
--> statement-breakpoint
create trigger tell_change after insert or update or delete on platform_admins
  for each row execute function tell_rights_change();
