-- A default team goes only with its organization, the default organization never, and neither stops being the default.
CREATE TRIGGER `teams_default_stays` BEFORE DELETE ON `teams` WHEN old.`is_default` = 1 AND EXISTS (SELECT 1 FROM `organizations` WHERE `id` = old.`organization_id`) BEGIN
	SELECT RAISE(ABORT, 'a default team stays');
END;
--> statement-breakpoint
CREATE TRIGGER `teams_default_kept` BEFORE UPDATE OF `is_default` ON `teams` WHEN old.`is_default` <> new.`is_default` BEGIN
	SELECT RAISE(ABORT, 'a default team stays one');
END;
--> statement-breakpoint
CREATE TRIGGER `organizations_default_stays` BEFORE DELETE ON `organizations` WHEN old.`is_default` = 1 BEGIN
	SELECT RAISE(ABORT, 'the default organization stays');
END;
--> statement-breakpoint
CREATE TRIGGER `organizations_default_kept` BEFORE UPDATE OF `is_default` ON `organizations` WHEN old.`is_default` <> new.`is_default` BEGIN
	SELECT RAISE(ABORT, 'the default organization stays one');
END;
--> statement-breakpoint
-- The check of `users_place` takes an unknown role for a known one: null in a list is neither true nor false.
CREATE TRIGGER `users_role_given` BEFORE INSERT ON `users` WHEN new.`role` = 'developer' AND new.`org_role` IS NULL BEGIN
	SELECT RAISE(ABORT, 'a developer has a role');
END;
--> statement-breakpoint
CREATE TRIGGER `users_role_kept` BEFORE UPDATE OF `role`, `org_role` ON `users` WHEN new.`role` = 'developer' AND new.`org_role` IS NULL BEGIN
	SELECT RAISE(ABORT, 'a developer has a role');
END;
