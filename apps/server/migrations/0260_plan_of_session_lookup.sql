-- The lookup of a session is by keys alone, so one plan serves everybody; the server's connections would make it anew for each request.
alter function lx.session_of(text, timestamptz, date) set plan_cache_mode = 'force_generic_plan';
