ALTER TABLE `api_operations` ADD `name_parts` text DEFAULT '' NOT NULL;
--> statement-breakpoint
-- By hand: the words of an operation are also the parts of its names. Otherwise both triggers are as they were.
DROP TRIGGER `apis_found`;
--> statement-breakpoint
CREATE TRIGGER `apis_found` AFTER INSERT ON `apis` BEGIN
	INSERT INTO `search_entries` (`kind`, `product_id`, `api_id`, `title`, `subtitle`) VALUES ('api', new.`product_id`, new.`id`, new.`name`, new.`version`);
	INSERT INTO `search_entries` (`kind`, `product_id`, `api_id`, `slug`, `method`, `title`, `subtitle`, `tags`, `body`) SELECT 'operation', new.`product_id`, new.`id`, `slug`, `method`, `summary`, `path`, `tag`, `slug` || ' ' || coalesce(json_extract(`detail`, '$.operationId'), '') || ' ' || `name_parts` FROM `api_operations` WHERE `document_id` = new.`document_id` ORDER BY `position`;
END;
--> statement-breakpoint
DROP TRIGGER `apis_document_found`;
--> statement-breakpoint
CREATE TRIGGER `apis_document_found` AFTER UPDATE OF `document_id` ON `apis` WHEN new.`document_id` IS NOT old.`document_id` BEGIN
	DELETE FROM `search_entries` WHERE `api_id` = new.`id` AND `kind` = 'operation';
	INSERT INTO `search_entries` (`kind`, `product_id`, `api_id`, `slug`, `method`, `title`, `subtitle`, `tags`, `body`) SELECT 'operation', new.`product_id`, new.`id`, `slug`, `method`, `summary`, `path`, `tag`, `slug` || ' ' || coalesce(json_extract(`detail`, '$.operationId'), '') || ' ' || `name_parts` FROM `api_operations` WHERE `document_id` = new.`document_id` ORDER BY `position`;
	UPDATE `search_entries` SET `body` = coalesce((SELECT `title` FROM `api_documents` WHERE `id` = new.`document_id`), '') WHERE `api_id` = new.`id` AND `kind` = 'api';
END;
