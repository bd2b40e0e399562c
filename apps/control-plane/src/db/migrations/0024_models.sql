CREATE TABLE "model_providers" (
	"provider" text PRIMARY KEY NOT NULL,
	"sealed_key" text,
	"key_ends" text,
	"address" text,
	"set_at" timestamp (3) with time zone NOT NULL,
	"set_by_id" text NOT NULL,
	"set_by_name" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "model_roles" (
	"role" text PRIMARY KEY NOT NULL,
	"models" text,
	"temperature" double precision,
	"output_tokens_max" integer,
	"tokens_max" bigint,
	"cents_max" integer,
	"set_at" timestamp (3) with time zone NOT NULL,
	"set_by_id" text NOT NULL,
	"set_by_name" text NOT NULL
);
--> statement-breakpoint
grant select, insert, update, delete on model_providers, model_roles to vibecaas_app;
--> statement-breakpoint
-- Every replica keeps in memory what is set here: this makes it read again when a change commits.
create function tell_model_change() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform pg_notify('models', '');
  return null;
end $$;
--> statement-breakpoint
create trigger tell_change after insert or update or delete on model_providers
  for each statement execute function tell_model_change();
--> statement-breakpoint
create trigger tell_change after insert or update or delete on model_roles
  for each statement execute function tell_model_change();
