ALTER TABLE "app_releases" ADD COLUMN "settings_version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "app_releases" ADD COLUMN "command" jsonb;--> statement-breakpoint
ALTER TABLE "app_releases" ADD COLUMN "variables" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "apps" ADD COLUMN "purpose" text DEFAULT 'live' NOT NULL;--> statement-breakpoint
ALTER TABLE "apps" ADD COLUMN "settings_version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "apps" ADD COLUMN "settings_applied" integer;--> statement-breakpoint
ALTER TABLE "machines" ADD COLUMN "name" text;--> statement-breakpoint
ALTER TABLE "machines" ADD COLUMN "purpose" text DEFAULT 'live' NOT NULL;--> statement-breakpoint
ALTER TABLE "apps" DROP COLUMN "fence";--> statement-breakpoint
ALTER TABLE "machines" DROP COLUMN "fence";--> statement-breakpoint
-- What was started until now had the settings that its row has.
alter table apps no force row level security;
update apps set settings_applied = settings_version where commit is not null;
alter table apps force row level security;
