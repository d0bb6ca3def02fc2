CREATE TABLE `forgotten` (
	`service_id` integer NOT NULL,
	`start_ms` integer NOT NULL,
	`records` integer NOT NULL,
	`lasting` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`service_id`, `start_ms`)
) WITHOUT ROWID;
