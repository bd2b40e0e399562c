ALTER TABLE "runs" ADD COLUMN "promoting" text;--> statement-breakpoint
ALTER TABLE "machines" ADD COLUMN "draft_of" text;--> statement-breakpoint
ALTER TABLE "machines" ADD COLUMN "draft_filled_at" timestamp (3) with time zone;