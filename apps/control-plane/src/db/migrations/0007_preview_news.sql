-- Gateways remember for a moment which project has a name and who may see it: here are the news
-- that make them ask again. Heard by every replica when, and only when, the change commits.
create function tell_preview_change() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform pg_notify('previews', coalesce(new.slug, old.slug));
  return null;
end $$;
--> statement-breakpoint
create trigger tell_change after insert or update of preview, wanted or delete on projects
  for each row execute function tell_preview_change();
