-- What an act writes is the same statement for every village, so its plan is made once a connection. The server's connections plan each
-- read anew (a range of one village and of a county want different plans); inherited here, that cost 40 % of an intake.
alter function lx.write_matters(jsonb) set plan_cache_mode = 'force_generic_plan';
alter function lx.resident_opens(jsonb) set plan_cache_mode = 'force_generic_plan';
alter function lx.receipt_acts(bytea, jsonb) set plan_cache_mode = 'force_generic_plan';
alter function lx.count_matter() set plan_cache_mode = 'force_generic_plan';
alter function lx.forget_contact() set plan_cache_mode = 'force_generic_plan';
