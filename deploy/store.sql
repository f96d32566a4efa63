-- store.sql - least privilege in PostgreSQL: psql -v ON_ERROR_STOP=1 -f deploy/store.sql DATABASE, as
-- its owner. Passwords are set afterwards (\password), or certificates are used.
-- The tables are made by the first command of mystery_owner: mystery history --store postgres://...
-- SPDX-License-Identifier: MIT
CREATE ROLE mystery_owner LOGIN;
CREATE ROLE mystery_worker LOGIN;
CREATE ROLE mystery_reader LOGIN;
CREATE SCHEMA mystery AUTHORIZATION mystery_owner;
ALTER ROLE mystery_owner SET search_path = mystery;
ALTER ROLE mystery_worker SET search_path = mystery;
ALTER ROLE mystery_reader SET search_path = mystery;
GRANT USAGE ON SCHEMA mystery TO mystery_worker, mystery_reader;
-- A worker keeps audits and replaces what is its own; a reader looks.
ALTER DEFAULT PRIVILEGES FOR ROLE mystery_owner IN SCHEMA mystery
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO mystery_worker;
ALTER DEFAULT PRIVILEGES FOR ROLE mystery_owner IN SCHEMA mystery
    GRANT SELECT ON TABLES TO mystery_reader;
