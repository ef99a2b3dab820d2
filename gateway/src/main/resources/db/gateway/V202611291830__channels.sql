-- The role of a sales channel's backend.
alter table users drop constraint users_roles_check;
alter table users add constraint users_roles_check
  check (roles <@ array['CUSTOMER', 'CHANNEL', 'MERCHANT', 'OPERATOR', 'AUDITOR']);
