-- An invitation's place among the open ones is free once it is gone, also when it went with its project.
create function end_of_invitation() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  delete from public.quota_reservations q
    where q.organization_id = old.organization_id and q.resource = 'invitations' and q.subject = old.id;
  return null;
end $$;
--> statement-breakpoint
create trigger end_of_invitation after delete on invitations
  for each row execute function end_of_invitation();
