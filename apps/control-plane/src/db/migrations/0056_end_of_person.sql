grant usage, create on schema public to vibecaas_functions;
--> statement-breakpoint
set local role vibecaas_functions;
--> statement-breakpoint
-- What the platform kept beside an account goes with it.
create function end_of_person() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  delete from public.disabled_people d where d.user_id = old."id";
  delete from public.people_seen p where p.user_id = old."id";
  delete from public.impersonations i where i.user_id = old."id" or i.admin_id = old."id";
  delete from public.device_logins d where d.allowed_by = old."id";
  return null;
end $$;
--> statement-breakpoint
revoke all on function end_of_person from public;
--> statement-breakpoint
set local role vibecaas_owner;
--> statement-breakpoint
revoke create on schema public from vibecaas_functions;
--> statement-breakpoint
create trigger end_of_person after delete on auth."user"
  for each row execute function end_of_person();
