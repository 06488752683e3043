-- why:   an agent's function may set the stage; who did it is told apart from operators and reviews
-- locks: conversation, for as long as its rows are read to check the domain
-- breaks older nodes: no, they never write the new value

alter domain staged_by drop constraint staged_by_check;
alter domain staged_by add constraint staged_by_check check (value in ('review', 'operator', 'ingest', 'agent'));
