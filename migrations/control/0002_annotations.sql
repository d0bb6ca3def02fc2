CREATE TABLE `annotations` (
	`id` text PRIMARY KEY NOT NULL,
	`at_ms` integer NOT NULL,
	`kind` text NOT NULL,
	`title` text NOT NULL,
	`service` text,
	`url` text,
	`created_by` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `annotations_at` ON `annotations` (`at_ms`);