CREATE TABLE `rollups` (
	`service_id` integer NOT NULL,
	`step_ms` integer NOT NULL,
	`start_ms` integer NOT NULL,
	`summary` text NOT NULL,
	PRIMARY KEY(`service_id`, `step_ms`, `start_ms`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TRIGGER `rollups_end_with_new_parts` AFTER INSERT ON `summaries` BEGIN
	DELETE FROM `rollups` WHERE `service_id` = new.`service_id` AND `step_ms` = 3600000 AND `start_ms` > new.`start_ms` - 3600000 AND `start_ms` < new.`start_ms` + new.`step_ms`;
	DELETE FROM `rollups` WHERE `service_id` = new.`service_id` AND `step_ms` = 86400000 AND `start_ms` > new.`start_ms` - 86400000 AND `start_ms` < new.`start_ms` + new.`step_ms`;
END;
--> statement-breakpoint
CREATE TRIGGER `rollups_end_with_changed_parts` AFTER UPDATE ON `summaries` BEGIN
	DELETE FROM `rollups` WHERE `service_id` = new.`service_id` AND `step_ms` = 3600000 AND `start_ms` > new.`start_ms` - 3600000 AND `start_ms` < new.`start_ms` + new.`step_ms`;
	DELETE FROM `rollups` WHERE `service_id` = new.`service_id` AND `step_ms` = 86400000 AND `start_ms` > new.`start_ms` - 86400000 AND `start_ms` < new.`start_ms` + new.`step_ms`;
END;
--> statement-breakpoint
CREATE TRIGGER `rollups_end_with_removed_parts` AFTER DELETE ON `summaries` BEGIN
	DELETE FROM `rollups` WHERE `service_id` = old.`service_id` AND `step_ms` = 3600000 AND `start_ms` > old.`start_ms` - 3600000 AND `start_ms` < old.`start_ms` + old.`step_ms`;
	DELETE FROM `rollups` WHERE `service_id` = old.`service_id` AND `step_ms` = 86400000 AND `start_ms` > old.`start_ms` - 86400000 AND `start_ms` < old.`start_ms` + old.`step_ms`;
END;
