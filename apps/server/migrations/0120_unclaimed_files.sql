-- A visitor sends a photo first and the request that carries it after: until then the photo belongs to nothing, and the visitor's
-- transaction must find it to tie it to the request. Ids are random, and nothing is served by this policy alone.
create policy unclaimed on lx.file for select to rt_public using (
  county = nullif(current_setting('lx.county', true), '') and uploaded_by is null
  and not exists (select from lx.file_use u where u.county = file.county and u.file = file.id));
