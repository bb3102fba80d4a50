-- What hangs on the boards of a place is found by its posting, whose act is one of few among many.
create index act_posting on lx.act (county, division, occurred_at) where act = 'post';
