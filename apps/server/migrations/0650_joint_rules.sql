-- Rules joined 合并规则: several procedures that govern one kind of matter become one version of its own when the first matter needs it, so that
-- the matter is pinned to exactly what it was opened under. A joined version only repeats what activated versions say; no other may be added.
create policy joint on lx.pack_version for insert to rt_office with check (pack = 'joint');
grant insert on lx.pack_version to rt_office;
