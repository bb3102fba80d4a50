-- Who keeps a record answers what is wrong with it: one more word, that stands beside the objection for whom the record is about.

alter table lx.record_word
  add column answers uuid,
  add column answered_by uuid,
  drop constraint record_word_kind_check,
  drop constraint record_word_check,
  add constraint record_word_kind check (kind in ('confirmed', 'objection', 'answer')),
  add constraint record_word_text check (length(text) <= 500 and (kind = 'confirmed') = (text = '')),
  add constraint record_word_answer check ((kind = 'answer') = (answers is not null) and (kind = 'answer') = (answered_by is not null)),
  add foreign key (county, answers) references lx.record_word (county, id);
comment on table lx.record_word is 'class:J; what the person or household a record is about said of it 本人确认、本人意见, by the code of the slip, about the version they saw; and what its keepers answer 答复';
comment on column lx.record_word.answers is 'the objection that is answered, once';
create unique index record_word_answers on lx.record_word (county, answers) where answers is not null;
create policy keeper_answers on lx.record_word for insert to rt_office with check (
  county = nullif(current_setting('lx.county', true), '')
  and division >= nullif(current_setting('lx.lo', true), '') and division < nullif(current_setting('lx.hi', true), '')
  and kind = 'answer');
grant insert on lx.record_word to rt_office;

-- An objection waits in the inbox of those who keep the record, without a matter.
alter table lx.inbox_item
  add column record uuid,
  add foreign key (county, record) references lx.record (county, id),
  drop constraint inbox_item_about,
  add constraint inbox_item_about check (
    num_nonnulls(matter, duty, record) = 1
    and (duty is null) = (duty_from is null) and (duty is null) = (duty_to is null));
comment on column lx.inbox_item.record is 'the record that an objection waits at; null where a matter or a disclosure waits';
create unique index inbox_item_record on lx.inbox_item (county, record, body) where record is not null and done_at is null;
