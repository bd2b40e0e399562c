ALTER TABLE "run_steps" ADD COLUMN "provider" text;--> statement-breakpoint
ALTER TABLE "run_steps" ADD COLUMN "requests" integer;--> statement-breakpoint
ALTER TABLE "run_steps" ADD COLUMN "first_ms" integer;--> statement-breakpoint
ALTER TABLE "run_steps" ADD COLUMN "answer_ms" integer;--> statement-breakpoint
ALTER TABLE "run_steps" ADD COLUMN "output_tokens" integer;--> statement-breakpoint
CREATE INDEX "run_steps_day" ON "run_steps" USING btree ("organization_id","started_at");