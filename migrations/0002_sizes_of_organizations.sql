CREATE TABLE `organization_sizes` (
	`organization_id` text PRIMARY KEY NOT NULL,
	`members` integer DEFAULT 0 NOT NULL,
	`teams` integer DEFAULT 0 NOT NULL,
	`apps` integer DEFAULT 0 NOT NULL,
	FOREIGN KEY (`organization_id`) REFERENCES `organizations`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `team_sizes` (
	`team_id` text PRIMARY KEY NOT NULL,
	`members` integer DEFAULT 0 NOT NULL,
	FOREIGN KEY (`team_id`) REFERENCES `teams`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `organizations_name` ON `organizations` (`name_key`,`id`);--> statement-breakpoint
CREATE INDEX `organizations_state_name` ON `organizations` (`state`,`name_key`,`id`);--> statement-breakpoint
CREATE INDEX `teams_name` ON `teams` (`name_key`,`id`);--> statement-breakpoint
CREATE INDEX `teams_organization_created` ON `teams` (`organization_id`,`created_at`,`id`);
--> statement-breakpoint
INSERT INTO `organization_sizes` (`organization_id`, `members`, `teams`, `apps`) SELECT `id`, (SELECT count(*) FROM `users` WHERE `organization_id` = `organizations`.`id`), (SELECT count(*) FROM `teams` WHERE `organization_id` = `organizations`.`id`), (SELECT count(*) FROM `apps` WHERE `organization_id` = `organizations`.`id`) FROM `organizations`;
--> statement-breakpoint
INSERT INTO `team_sizes` (`team_id`, `members`) SELECT `id`, (SELECT count(*) FROM `team_members` WHERE `team_id` = `teams`.`id`) FROM `teams`;
--> statement-breakpoint
CREATE TRIGGER `organizations_sized` AFTER INSERT ON `organizations` BEGIN
	INSERT INTO `organization_sizes` (`organization_id`) VALUES (new.`id`);
END;
--> statement-breakpoint
CREATE TRIGGER `teams_counted` AFTER INSERT ON `teams` BEGIN
	INSERT INTO `team_sizes` (`team_id`) VALUES (new.`id`);
	UPDATE `organization_sizes` SET `teams` = `teams` + 1 WHERE `organization_id` = new.`organization_id`;
END;
--> statement-breakpoint
CREATE TRIGGER `teams_discounted` AFTER DELETE ON `teams` BEGIN
	UPDATE `organization_sizes` SET `teams` = `teams` - 1 WHERE `organization_id` = old.`organization_id`;
END;
--> statement-breakpoint
CREATE TRIGGER `users_counted` AFTER INSERT ON `users` WHEN new.`organization_id` IS NOT NULL BEGIN
	UPDATE `organization_sizes` SET `members` = `members` + 1 WHERE `organization_id` = new.`organization_id`;
END;
--> statement-breakpoint
CREATE TRIGGER `users_discounted` AFTER DELETE ON `users` WHEN old.`organization_id` IS NOT NULL BEGIN
	UPDATE `organization_sizes` SET `members` = `members` - 1 WHERE `organization_id` = old.`organization_id`;
END;
--> statement-breakpoint
CREATE TRIGGER `users_recounted` AFTER UPDATE OF `organization_id` ON `users` WHEN old.`organization_id` IS NOT new.`organization_id` BEGIN
	UPDATE `organization_sizes` SET `members` = `members` - 1 WHERE `organization_id` = old.`organization_id`;
	UPDATE `organization_sizes` SET `members` = `members` + 1 WHERE `organization_id` = new.`organization_id`;
END;
--> statement-breakpoint
CREATE TRIGGER `apps_counted` AFTER INSERT ON `apps` BEGIN
	UPDATE `organization_sizes` SET `apps` = `apps` + 1 WHERE `organization_id` = new.`organization_id`;
END;
--> statement-breakpoint
CREATE TRIGGER `apps_discounted` AFTER DELETE ON `apps` BEGIN
	UPDATE `organization_sizes` SET `apps` = `apps` - 1 WHERE `organization_id` = old.`organization_id`;
END;
--> statement-breakpoint
CREATE TRIGGER `apps_recounted` AFTER UPDATE OF `organization_id` ON `apps` WHEN old.`organization_id` <> new.`organization_id` BEGIN
	UPDATE `organization_sizes` SET `apps` = `apps` - 1 WHERE `organization_id` = old.`organization_id`;
	UPDATE `organization_sizes` SET `apps` = `apps` + 1 WHERE `organization_id` = new.`organization_id`;
END;
--> statement-breakpoint
CREATE TRIGGER `team_members_counted` AFTER INSERT ON `team_members` BEGIN
	UPDATE `team_sizes` SET `members` = `members` + 1 WHERE `team_id` = new.`team_id`;
END;
--> statement-breakpoint
CREATE TRIGGER `team_members_discounted` AFTER DELETE ON `team_members` BEGIN
	UPDATE `team_sizes` SET `members` = `members` - 1 WHERE `team_id` = old.`team_id`;
END;
--> statement-breakpoint
CREATE TRIGGER `team_members_recounted` AFTER UPDATE OF `team_id` ON `team_members` WHEN old.`team_id` <> new.`team_id` BEGIN
	UPDATE `team_sizes` SET `members` = `members` - 1 WHERE `team_id` = old.`team_id`;
	UPDATE `team_sizes` SET `members` = `members` + 1 WHERE `team_id` = new.`team_id`;
END;
