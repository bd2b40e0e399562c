ALTER TABLE "apps" ADD COLUMN "follows" jsonb;--> statement-breakpoint
ALTER TABLE "apps" ADD COLUMN "script" text DEFAULT 'start' NOT NULL;