-- How many lists of tokens were signed 发出电子票数, kept when the box is closed: whoever has paper now and took tokens before must have had them made void.

alter table lx.secret_ballot add column lists_signed integer check (lists_signed >= 0);
comment on column lx.secret_ballot.lists_signed is 'lists of tokens signed, those given up for paper included; known once it is closed';
grant update (lists_signed) on lx.secret_ballot to rt_office;
