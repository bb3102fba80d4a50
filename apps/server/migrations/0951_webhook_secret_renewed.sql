-- A secret of a webhook can be renewed: its number goes into what it is made from, so that it still stands in no table.
alter table lx.webhook add secret_number integer not null default 0 check (secret_number >= 0), add secret_since timestamptz;
comment on column lx.webhook.secret_number is 'how often the signing secret was renewed; part of what it is made from';
comment on column lx.webhook.secret_since is 'when it was renewed last; for a day after, messages are signed with the one before too';
grant update (secret_number, secret_since) on lx.webhook to rt_office;
